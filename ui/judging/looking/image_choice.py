"""Which of the judged images is looked at: a mistake or one that was right, with the next one a click away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from core.evaluation import Evaluation, Judged, NumberEvaluation
from core.evaluation.mistakes.cases import Answers, Choice, cases, chosen, ordered
from core.message import mark
from ui.numbers import percent, quantity
from ui.text import _

MOST = 300
"""More of them nobody looks for in a list."""

_ANSWERS: Final[dict[Answers, str]] = {
    "mistakes": mark("Mistakes · {count:,}"),
    "right": mark("Right · {count:,}"),
}


@dataclass(frozen=True)
class JudgedImage:
    """``row`` is its place in the dataset, ``place`` that in the evaluation. ``label`` and ``predicted`` are positions
    of classes; None where the image has a number."""

    row: int
    place: int
    title: str
    label: int | None = None
    predicted: int | None = None


def show(judged: Judged, key: str) -> JudgedImage:
    """Draws the choice; before anyone chooses it is the most confident mistake, or the answer that is furthest off."""
    images = numbers(judged) if isinstance(judged, NumberEvaluation) else _of_classes(judged, key)
    position_key = f"{key}_position"
    st.session_state[position_key] = min(st.session_state.get(position_key, 0), len(images) - 1)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        position = st.selectbox(
            _("Image"),
            range(len(images)),
            format_func=lambda each: images[each].title,
            key=position_key,
            persist_state="session",
        )
        _show_step(_("Previous image"), "chevron_left", position_key, -1, is_possible=position > 0)
        _show_step(_("Next image"), "chevron_right", position_key, 1, is_possible=position < len(images) - 1)
    return images[position]


def numbers(judged: NumberEvaluation) -> list[JudgedImage]:
    """The answers that are furthest off first."""
    furthest = judged.furthest(MOST)
    places = dict(zip(judged.predictions["row"], range(judged.images), strict=True))
    return [JudgedImage(each.row, places[each.row], _title_of_number(each)) for each in furthest.itertuples()]


def classes(evaluation: Evaluation, answers: Answers) -> list[JudgedImage]:
    """The mistakes from the most confident on, or the right answers from the least certain on."""
    table = ordered(chosen(cases(evaluation), Choice(answers)), "surest_mistakes")
    return [
        JudgedImage(each.row, each.Index, _title(each, evaluation.class_names), each.label, each.predicted)
        for each in table.head(MOST).itertuples()
    ]


def _of_classes(evaluation: Evaluation, key: str) -> list[JudgedImage]:
    counts = {"mistakes": evaluation.images - evaluation.right, "right": evaluation.right}
    offered = [answers for answers in _ANSWERS if counts[answers]]
    answers_key = f"{key}_answers"
    if st.session_state.get(answers_key) not in offered:
        st.session_state[answers_key] = offered[0]
    answers = st.segmented_control(
        _("Answers"),
        offered,
        format_func=lambda each: _(_ANSWERS[each]).format(count=counts[each]),
        required=True,
        key=answers_key,
        persist_state="session",
        on_change=_to_first,
        args=(f"{key}_position",),
        label_visibility="collapsed",
    )
    return classes(evaluation, answers)


def _show_step(title: str, icon: str, position_key: str, step: int, *, is_possible: bool) -> None:
    st.button(
        title,
        key=f"{position_key}_{icon}",
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=not is_possible,
        on_click=_step,
        args=(position_key, step),
    )


def _step(position_key: str, step: int) -> None:
    st.session_state[position_key] += step


def _to_first(position_key: str) -> None:
    st.session_state[position_key] = 0


def _title(case: Any, class_names: Sequence[str]) -> str:
    """``4 → 9 · 99.1% · 4/17.png``."""
    true, predicted = class_names[case.label], class_names[case.predicted]
    answer = true if case.label == case.predicted else f"{true} → {predicted}"
    return f"{answer} · {percent(case.confidence)} · {case.path}"


def _title_of_number(case: Any) -> str:
    return f"{quantity(case.value)} → {quantity(case.predicted)} · {case.path}"
