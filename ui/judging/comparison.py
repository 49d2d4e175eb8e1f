"""Two runs on the same images: whether one is better, or whether that is noise."""

from collections.abc import Mapping

import streamlit as st

from core.dataset.store import Dataset
from core.errors import RunError
from core.evaluation import Evaluation, Judged
from core.evaluation.comparing.cautions import cautions
from core.evaluation.comparing.common_images import CommonImages, on_common_images
from core.evaluation.comparing.paired import PairedClasses
from core.evaluation.comparing.paired_numbers import PairedNumbers
from core.message import Message, say
from core.runs import store as runs
from core.runs.evaluations import count_judged
from core.runs.run import Run
from ui import run_titles, screen, session
from ui.judging import judgements
from ui.judging.cautions import show_dependence
from ui.judging.pairs import paired_classes, paired_numbers
from ui.parts import part_badge
from ui.run_states import has_model
from ui.text import _, ngettext, translate

_OTHER = "comparison_other"


def show(evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """Draws the choice of another run of the project, and how the two compare; ``dataset`` is that of ``run``."""
    others = _others(run, dataset)
    if not others:
        st.markdown(_("No other run of this project has a model yet. Train one more to compare them."))
        return
    other = _choose(others)
    theirs = _judged(other, evaluation.part)
    if theirs is None:
        st.markdown(
            _("The test set was not opened for run {number}. Compare on the validation images.").format(
                number=other.number
            )
        )
        return
    try:
        common = on_common_images(evaluation, dataset, theirs, session.dataset_of(other.dataset_id))
    except RunError as error:
        screen.explain(error)
        return
    for caution in cautions(evaluation.part, _count_judged(evaluation.part)):
        st.warning(translate(caution), icon=":material/warning:")
    show_dependence(common.first, run, dataset, compared_with=other)
    _show_pair(common, (_name(run), _name(other)), dataset)


def _others(run: Run, dataset: Dataset) -> dict[str, Run]:
    """The other runs with a model that answer in the same way, with classes or with numbers."""
    of_project = runs.of_project(session.database(), session.project().id)
    return {
        each.id: each
        for each in of_project
        if each.id != run.id
        and has_model(each)
        and session.predicts_numbers(each.dataset_id) == dataset.predicts_numbers
    }


def _choose(others: Mapping[str, Run]) -> Run:
    best = runs.best_of(session.database(), list(others))
    chosen = st.selectbox(
        _("Compare with"),
        list(others),
        key=_OTHER,
        format_func=lambda each: run_titles.with_best(others[each], best.loc[each]),
        filter_mode=None,
        persist_state="session",
    )
    return others[chosen]


def _judged(other: Run, part: str) -> Judged | None:
    """None where the test set was not opened for ``other``: a comparison opens nothing."""
    if part == "test":
        return judgements.known(other, part)
    with st.spinner(_("Asking the model…")):
        return judgements.on_validation(other)


def _count_judged(part: str) -> int:
    return count_judged(session.database(), session.project().id, part)


def _name(run: Run) -> Message:
    return say("run {number}", number=run.number)


def _show_pair(common: CommonImages, names: tuple[Message, Message], dataset: Dataset) -> None:
    is_classes = isinstance(common.first, Evaluation)
    paired = PairedClasses(common) if is_classes else PairedNumbers(common)
    with st.container(border=True, key="comparison_verdict", gap="xsmall"):
        st.markdown(part_badge(common.first.part))
        st.markdown(f"**{translate(paired.verdict(*names))}**")
        st.caption(common_images(common, names))
        st.caption(
            _(
                "This judges the two models as they are. Trained again from another seed, the same settings would give "
                "somewhat different models."
            )
        )
    view = paired_classes if is_classes else paired_numbers
    view.show(paired, names, dataset)


def common_images(common: CommonImages, names: tuple[Message, Message]) -> str:
    """On how many images the runs are compared, and how many are left out."""
    images = common.first.images
    if not any(common.left_out):
        return ngettext(
            "Both runs were judged on the same image.", "Both runs were judged on the same {images:,} images.", images
        ).format(images=images)
    return ngettext(
        "Compared on the {images:,} image that both were judged on. Left out: {first:,} that only {first_name} was "
        "judged on, and {second:,} that only {second_name} was.",
        "Compared on the {images:,} images that both were judged on. Left out: {first:,} that only {first_name} was "
        "judged on, and {second:,} that only {second_name} was.",
        images,
    ).format(
        images=images,
        first=common.left_out[0],
        second=common.left_out[1],
        first_name=translate(names[0]),
        second_name=translate(names[1]),
    )
