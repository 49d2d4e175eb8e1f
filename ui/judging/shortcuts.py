"""Whether the classes can be told without a look at what is in the pictures, and the cues to look at."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation
from core.evaluation.simple_methods.findings import read_shortcuts
from core.evaluation.simple_methods.shortcut_messages import summary, told
from core.evaluation.simple_methods.shortcuts import MARGIN, Shortcuts
from core.runs.analyses import AnalysisKind
from core.runs.run import Run
from ui import session
from ui.background_work import Told
from ui.charts import figure_bars
from ui.judging import heading
from ui.judging.without_the_net import analysed, cue_examples
from ui.markdown import plain
from ui.text import _, translate

_SUSPECTED = {"light": "#D55E00", "dark": "#FF9A5A"}


def show(evaluation: Evaluation, run: Run, dataset: Dataset) -> None:
    """Draws what each cue tells of the classes of ``dataset``, as ``run`` sees and splits it."""
    heading.show(_("Can the class be told without the picture?"), "validation")
    analysis = analysed.completed(run, AnalysisKind.SHORTCUTS, _told())
    if analysis is None:
        return
    shortcuts = read_shortcuts(session.database(), analysis)
    _draw(shortcuts)
    cue_examples.show(shortcuts, run, dataset)


def table(shortcuts: Shortcuts, theme: str) -> pd.DataFrame:
    """A row for each cue: columns name, figure, low, high, colour, and balanced (the mean of the shares of the classes
    that were found)."""
    rows = [
        (
            _(finding.cue.title),
            finding.accuracy,
            *finding.interval,
            _SUSPECTED[theme] if shortcuts.is_suspected(finding) else figure_bars.NEUTRAL,
            finding.balanced_accuracy,
        )
        for finding in shortcuts.of.values()
    ]
    return pd.DataFrame(rows, columns=["name", "figure", "low", "high", "colour", "balanced"])


def _told() -> Told:
    return Told(
        counted=_("{done:,} of {total:,} cues looked at"),
        beginning=_("Beginning to look for shortcuts …"),
        then=_(
            "Border, file size, proportions, colour and sharpness are each asked for the class, without the rest of "
            "the picture. This happens once for all runs on the same split, in the background."
        ),
        stopped=_("The search for shortcuts did not come to its end."),
        again=_("Look again"),
        again_key="shortcuts_again",
    )


def _draw(shortcuts: Shortcuts) -> None:
    theme = st.context.theme.type or "light"
    rows = table(shortcuts, theme)
    text = translate(summary(shortcuts))
    box, icon = _verdict_box(shortcuts)
    box(plain(text), icon=f":material/{icon}:")
    bars = figure_bars.chart(rows, title=_("Accuracy"), is_share=True, theme=theme, guessing=shortcuts.guessing)
    st.altair_chart(bars, alt=text, width="stretch")
    st.caption(
        _(
            "The dashed line is guessing: always the most frequent class, right on {guessing:.0%}. A cue is suspected "
            "where even the low end of its range finds {margin:.0%} of what guessing gets wrong."
        ).format(guessing=shortcuts.guessing, margin=MARGIN)
    )
    st.caption(
        _("The cues learned from {learned:,} training images and were judged on {judged:,} validation images.").format(
            learned=shortcuts.drawn, judged=len(shortcuts.rows)
        )
    )
    for finding in shortcuts.suspected:
        st.markdown(f"- {plain(translate(told(shortcuts, finding)))}")
    with st.expander(_("As a table"), key="shortcuts_table", type="compact"):
        _show_table(rows, shortcuts)


def _verdict_box(shortcuts: Shortcuts) -> tuple[Callable[..., object], str]:
    """What holds the verdict, and its icon."""
    if shortcuts.suspected:
        return st.warning, "fork_right"
    return (st.info, "help") if shortcuts.left_open else (st.success, "check_circle")


def _show_table(rows: pd.DataFrame, shortcuts: Shortcuts) -> None:
    titles = {
        "figure": _("Accuracy"),
        "low": _("Lowest"),
        "high": _("Highest"),
        "balanced": _("Mean over the classes"),
    }
    st.dataframe(
        rows[["name", *titles]].assign(**{name: 100 * rows[name] for name in titles}),
        hide_index=True,
        column_config={
            "name": st.column_config.TextColumn(_("By this alone"), pinned=True),
            **{name: st.column_config.NumberColumn(title, format="%.1f%%") for name, title in titles.items()},
        },
        alt=_("How often each cue alone gives the right class"),
    )
    st.caption(
        _("By chance, the mean over the {classes} classes is {chance:.0%}.").format(
            classes=shortcuts.classes, chance=1 / shortcuts.classes
        )
    )
