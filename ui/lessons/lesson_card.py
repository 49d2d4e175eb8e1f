"""One lesson before it begins: what is asked, what will be tried, a guess, and the button."""

from collections.abc import Sequence

import streamlit as st

from core.dataset.sources import SAMPLES
from core.lessons.beginning import Begun
from core.lessons.lesson import Lesson
from ui.lessons import starting
from ui.markdown import plain
from ui.text import _
from ui.tuning.names import heading_of, parameter_text

MOST_LINKS = 5


def show(lesson: Lesson, begun: Sequence[Begun]) -> None:
    """Draws ``lesson``; ``begun`` are the times that it was begun before, the newest first."""
    with st.container(border=True, key=f"lesson_card_{lesson.name}"):
        st.subheader(_(lesson.title), anchor=False)
        st.markdown(_(lesson.question))
        columns = st.grid(2, min_column_width=330, gap="medium")
        with columns.cell():
            guess = st.radio(
                _("What do you expect?"),
                list(lesson.guesses),
                index=None,
                format_func=lambda name: _(lesson.guesses[name]),
                key=f"lesson_card_{lesson.name}_guess",
            )
        with columns.cell():
            _show_trials(lesson)
        if starting.is_starting(lesson):
            starting.show()
        else:
            _show_button(lesson, guess)
            starting.show_trouble(lesson)
        _show_begun(lesson, begun)


def _show_trials(lesson: Lesson) -> None:
    """What the search will do, from the recipe and the space themselves."""
    st.markdown(_("**What will be tried**"))
    lines = [
        f"- {heading_of(path, lesson.recipe)}: {parameter_text(path, parameter)}"
        for path, parameter in lesson.space.parameters.items()
    ]
    st.markdown("\n".join(lines))
    sample = SAMPLES[lesson.sample]
    st.caption(
        _("{trials} trials of {epochs} epochs with {images:,} training images of the sample set {name}.").format(
            trials=lesson.trials,
            epochs=lesson.recipe.training.epochs,
            images=round(lesson.recipe.split.train * sample.images),
            name=_(sample.title),
        )
    )


def _show_button(lesson: Lesson, guess: str | None) -> None:
    if st.button(
        _("Begin the lesson"),
        key=f"lesson_card_{lesson.name}_begin",
        icon=":material/play_arrow:",
        disabled=guess is None or starting.is_any_starting(),
        help=_("First choose what you expect.") if guess is None else None,
    ):
        starting.begin(lesson, str(guess))


def _show_begun(lesson: Lesson, begun: Sequence[Begun]) -> None:
    if not begun:
        return
    key = f"lesson_card_{lesson.name}_begun"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.caption(_("Begun before:"), width="content")
        for each in begun[:MOST_LINKS]:
            if st.button(
                plain(each.project_name),
                key=f"lesson_card_open_{each.search_id}",
                type="tertiary",
                icon=":material/arrow_forward:",
            ):
                starting.go_to(each.project_id, each.search_id)
