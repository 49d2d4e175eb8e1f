"""The net beside simple methods that learned from the same images: has it learned more than they have?"""

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation, Judged
from core.evaluation.simple_methods.baseline_verdict import unbeaten, verdict
from core.evaluation.simple_methods.baselines import Baselines
from core.evaluation.simple_methods.findings import read_baselines
from core.message import say, say_count, times
from core.runs.analyses import AnalysisKind
from core.runs.run import Run
from ui import session
from ui.background_work import Told
from ui.charts import figure_bars
from ui.judging import cautions, heading, judgements
from ui.judging.without_the_net import analysed
from ui.markdown import plain
from ui.parts import part_colours
from ui.text import _, translate


def show(evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """Draws the net of ``run`` beside the baselines, on the validation images whatever part ``evaluation`` is of."""
    heading.show(_("Beside simple methods"), "validation")
    if evaluation.part != "validation":
        st.caption(_("These are figures of the validation images: the simple methods never see the test images."))
        cautions.show_chosen_by(run)
    analysis = analysed.completed(run, AnalysisKind.BASELINES, _told())
    if analysis is None:
        return
    judged = evaluation if evaluation.part == "validation" else judgements.on_validation(run)
    _draw(judged, read_baselines(session.database(), analysis))


def table(judged: Judged, baselines: Baselines) -> pd.DataFrame:
    """The net, then the baselines from the simplest on: columns name, figure, low, high (missing where there is no
    range), and colour."""
    figure = judged.accuracy if isinstance(judged, Evaluation) else judged.mean_absolute_error
    colour = part_colours()["validation"]
    rows = [(_("The net"), figure, *(judged.interval or (None, None)), colour)]
    for each in baselines.of.values():
        interval = each.interval or (None, None)
        rows.append((_(each.method.title), each.figure, *interval, figure_bars.NEUTRAL))
    return pd.DataFrame(rows, columns=["name", "figure", "low", "high", "colour"])


def _told() -> Told:
    return Told(
        counted=_("{done:,} of {total:,} simple methods trained"),
        beginning=_("Beginning to train the simple methods …"),
        then=_(
            "They learn from the training images and are judged on the validation images, as the net was. This happens "
            "once for all runs on the same split, in the background."
        ),
        stopped=_("The simple methods were not trained to their end."),
        again=_("Train them again"),
        again_key="baselines_again",
    )


def _draw(judged: Judged, baselines: Baselines) -> None:
    rows = table(judged, baselines)
    text = translate(verdict(judged, baselines))
    title = _("Mean absolute error") if baselines.predicts_numbers else _("Accuracy")
    theme = st.context.theme.type or "light"
    bars = figure_bars.chart(rows, title=title, is_share=not baselines.predicts_numbers, theme=theme)
    st.altair_chart(bars, alt=text, width="stretch")
    box, icon = (st.warning, "balance") if unbeaten(judged, baselines) else (st.success, "check_circle")
    box(plain(text), icon=f":material/{icon}:")
    st.caption(_how(baselines))
    with st.expander(_("As a table"), key="baselines_table", type="compact"):
        _show_table(rows, title, is_share=not baselines.predicts_numbers)


def _show_table(rows: pd.DataFrame, title: str, *, is_share: bool) -> None:
    figures = {"figure": title, "low": _("Lowest"), "high": _("Highest")}
    form = "%.1f%%" if is_share else "%.4g"
    st.dataframe(
        rows[["name", *figures]].assign(**{name: rows[name] * (100 if is_share else 1) for name in figures}),
        hide_index=True,
        column_config={
            "name": st.column_config.TextColumn(_("Answered by"), pinned=True),
            **{name: st.column_config.NumberColumn(told, format=form) for name, told in figures.items()},
        },
        alt=_("The figure of the net and of each simple method, with what it can mean"),
    )


def _how(baselines: Baselines) -> str:
    """From what they learned."""
    images = say_count("{count:,} image", "{count:,} images", count=baselines.drawn)
    told = say("The simple methods learned from {images}, seen at {size}.", images=images, size=times(baselines.size))
    if baselines.drawn == baselines.training_images:
        return translate(told)
    more = say(
        "Of {all:,} training images, as many were drawn, with as many of each class in proportion.",
        all=baselines.training_images,
    )
    return f"{translate(told)} {translate(more)}"
