"""Two runs side by side: what was changed, whether the figures differ by more than chance, and what each mixes up."""

from collections.abc import Sequence

import streamlit as st

from core.errors import LayerlabError
from core.evaluation import Evaluation, Judged, NumberEvaluation
from core.evaluation.comparing.cautions import cautions
from core.evaluation.comparing.common_images import on_common_images
from core.evaluation.comparing.paired import PairedClasses
from core.evaluation.comparing.paired_numbers import PairedNumbers
from core.message import Message, say
from core.recipe_changes import Change, Concern, in_words
from core.runs import store as runs
from core.runs.evaluations import count_judged
from core.runs.run import Run
from core.runs.run_changes import changes_between
from ui import screen, session
from ui.charts import confusion
from ui.judging import comparison, judgements
from ui.judging.cautions import show_dependence
from ui.markdown import plain
from ui.parts import part_badge
from ui.run_states import has_model
from ui.text import _, translate

_MATRIX_PIXELS = 330


def show(run_ids: Sequence[str]) -> None:
    """Draws the comparison of two runs; the older one is the one before."""
    before, after = sorted((runs.get(session.database(), run_id) for run_id in run_ids), key=lambda run: run.number)
    st.subheader(
        _("From run {before} to run {after}").format(before=before.number, after=after.number),
        anchor=False,
    )
    _show_changes(changes_between(session.database(), before, after))
    if not (has_model(before) and has_model(after)):
        st.markdown(_("Whether their answers differ is told once both are completed or stopped."))
        return
    _show_difference(before, after)


def _show_changes(found: Sequence[Change]) -> None:
    """The sentence, as a warning where it is no fair comparison; below it, where it names no change, each on a line."""
    is_unfair = len(found) > 1 or any(change.concern in (Concern.DATA, Concern.SPLIT) for change in found)
    sentence = plain(translate(in_words(found)))
    with st.container(gap="small", key="two_runs_changes"):
        if is_unfair:
            st.warning(sentence, icon=":material/warning:")
        else:
            st.markdown(f"**{sentence}**")
        if len(found) > 1:
            st.markdown("\n".join(f"- {plain(translate(change.message))}" for change in found))


def _show_difference(before: Run, after: Run) -> None:
    try:
        with st.spinner(_("Asking both models…")):
            judged = [judgements.on_validation(run) for run in (before, after)]
    except LayerlabError as error:
        screen.explain(error)
        return
    with st.container(border=True, key="two_runs_verdict", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("**{title}**".format(title=_("Is the difference noise?")), width="content")
            st.markdown(part_badge("validation"), width="content")
        try:
            _show_verdict(before, after, *judged)
        except LayerlabError as error:  # there is no image that both were judged on, or their images are gone
            screen.explain(error)
    if all(isinstance(each, Evaluation) for each in judged):
        _show_matrices((before, after), judged)


def _show_verdict(before: Run, after: Run, first: Judged, second: Judged) -> None:
    if isinstance(first, NumberEvaluation) != isinstance(second, NumberEvaluation):
        st.markdown(_("One of the two predicts classes, the other numbers: their answers cannot be compared."))
        return
    dataset, other = (session.dataset_of(run.dataset_id) for run in (before, after))
    common = on_common_images(first, dataset, second, other)
    paired = PairedClasses(common) if isinstance(first, Evaluation) else PairedNumbers(common)
    names = _name(before), _name(after)
    st.markdown(plain(translate(paired.verdict(*names))))
    st.caption(comparison.common_images(common, names))
    show_dependence(common.first, before, dataset, compared_with=after)
    for caution in cautions(first.part, count_judged(session.database(), session.project().id, first.part)):
        st.caption(f":material/warning: {plain(translate(caution))}")
    st.page_link(
        "pages/judge/evaluate.py",
        label=_("More about it under Evaluate, Comparison"),
        icon=":material/arrow_forward:",
    )


def _show_matrices(compared: Sequence[Run], judged: Sequence[Evaluation]) -> None:
    st.subheader(_("What each takes for what"), anchor=False)
    places = st.grid(2, min_column_width=370, gap="medium")
    for run, evaluation in zip(compared, judged, strict=True):
        with places.cell():
            _show_matrix(run, evaluation)


def _show_matrix(run: Run, evaluation: Evaluation) -> None:
    cells = confusion.table(evaluation)
    st.markdown("**{name}**".format(name=_("Run {number}").format(number=run.number)))
    st.altair_chart(
        confusion.chart(cells, _MATRIX_PIXELS, st.context.theme.type or "light"),
        width="content",
        alt=_("Run {number}: matrix of true and predicted classes").format(number=run.number),
    )
    st.markdown(confusion.sentence(cells))
    with st.expander(_("The matrix as a table"), key=f"two_runs_matrix_{run.id}", type="compact"):
        names = list(evaluation.class_names)
        matrix = cells.pivot(index="true", columns="predicted", values="images").loc[names, names]
        st.dataframe(
            matrix.rename_axis(index=_("True class"), columns=None), alt=_("Images by true and predicted class")
        )


def _name(run: Run) -> Message:
    return say("run {number}", number=run.number)
