"""By how much the best of a search flatters itself: reckoned at first, measured on the images once asked for."""

import pandas as pd
import streamlit as st

from core.errors import LayerlabError
from core.evaluation.best_of_search.measuring import candidates, judgeable, kept, reckoned, task_of
from core.message import Message, say
from core.runs import analyses
from core.runs.analyses import Task
from core.tuning.searches import Search
from core.tuning.trial_states import PRUNED
from ui import background_work, run_trouble, session
from ui.background_work import Told, Work
from ui.markdown import plain
from ui.text import _, ngettext, translate


def show(search: Search, table: pd.DataFrame, images: int) -> None:
    """Draws how much it is and where that comes from. ``table`` as of `core.tuning.trials.trials`; the trials were
    judged on so many validation ``images``."""
    task = task_of(search, table)
    found = kept(session.database(), task) or reckoned(search.space, table, images)
    message = _of_losses() if found is None else found.message
    st.markdown(f":material/casino: {plain(translate(message))}")
    st.caption(among(table, keeps_best=search.recipe.training.keep_best is not None))
    if len(candidates(table)) > 1 and (found is None or not found.is_measured):
        _offer(search, table, task)


def among(table: pd.DataFrame, *, keeps_best: bool) -> str:
    """Which trials the best was chosen among, and what of the choice is not counted."""
    complete, pruned = len(candidates(table)), int((table["state"] == PRUNED).sum())
    sentences = [
        ngettext(
            "The choice is among {count:,} complete trial.", "The choice is among {count:,} complete trials.", complete
        ).format(count=complete)
    ]
    if pruned:
        sentences.append(
            ngettext(
                "The pruned one could not be the best; but that it was ended was decided on the same images, which "
                "flatters a little more.",
                "The {count:,} pruned ones could not be the best; but that they were ended was decided on the same "
                "images, which flatters a little more.",
                pruned,
            ).format(count=pruned)
        )
    if keeps_best:
        sentences.append(_("Each trial also kept its best epoch by these images, which is not counted here either."))
    return " ".join(sentences)


def _of_losses() -> Message:
    return say(
        "The best of several trials looks better than it is. By how much, no formula tells for a loss: it has to be "
        "measured on the images."
    )


def _offer(search: Search, table: pd.DataFrame, task: Task) -> None:
    """Once no further trial can become the best, and while there are runs to be judged."""
    if not search.is_at_rest:
        st.caption(_("It can be measured on the images as soon as the search rests."))
        return
    if len(judgeable(table)) < 2:
        st.caption(_("It cannot be measured any more: the runs of the trials are deleted, or all but one."))
        return
    if analyses.state(session.database(), task) is not None:
        background_work.show(_work(task), _told())
        return
    st.button(
        _("Measure it on the images"),
        key="flattering_measure",
        icon=":material/straighten:",
        help=_(
            "Every complete trial answers the validation images, in the background. Then images are drawn anew again "
            "and again: how good is the trial that is best on those drawn, on those that were not?"
        ),
        on_click=_start,
        args=(task,),
    )


def _work(task: Task) -> Work:
    return Work(lambda: analyses.state(session.database(), task), lambda: _start(task))


def _start(task: Task) -> None:
    try:
        analyses.start(session.database(), session.workspace(), task)
    except LayerlabError as error:
        run_trouble.keep(error)


def _told() -> Told:
    return Told(
        counted=_("{done:,} of {total:,} trials are judged …"),
        beginning=_("The trials are being judged …"),
        then=_("You can go on meanwhile: it is done in the background."),
        stopped=_("The trials could not be judged."),
        again=_("Measure again"),
        again_key="flattering_again",
    )
