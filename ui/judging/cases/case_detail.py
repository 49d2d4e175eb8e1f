"""One judged image, looked at closely: large, with all probabilities, its look-alikes in training and what to do."""

import pandas as pd
import streamlit as st

from core.dataset.store import pixels
from ui import image_wall
from ui.charts import class_probabilities
from ui.judging.cases import case_actions, case_twins
from ui.judging.cases.case_texts import description, title
from ui.judging.judged_images import JudgedImages
from ui.markdown import plain
from ui.numbers import percent
from ui.text import _

_SIDE = 224


def show(judged: JudgedImages, shown: pd.DataFrame, row: int) -> None:
    """Draws the image ``row``, which is among ``shown``, rows of `core.evaluation.mistakes.cases.cases`."""
    case = next(shown[shown["row"] == row].itertuples())
    names = judged.evaluation.class_names
    with st.container(border=True, key="case_detail"):
        st.subheader(title(case, names), anchor=False)
        with st.grid(2, min_column_width=300, gap="medium") as grid:
            with grid.cell():
                image = pixels(judged.dataset, judged.dataset.image_size)[row]
                image_wall.show([image], side=_SIDE, alts=[description(case, names)], captions=[plain(case.path)])
            with grid.cell():
                text = sentence(case, names)
                st.markdown(text)
                rows = class_probabilities.table(
                    judged.evaluation.probabilities[case.Index], names, case.label, case.predicted
                )
                class_probabilities.show(rows, text.replace("*", ""), key="case_detail_table")
        case_twins.show(judged, row)
        _show_actions(judged, row)


def sentence(case, class_names) -> str:
    """The answer and how probable the true class was to the net."""
    true, predicted = plain(class_names[case.label]), plain(class_names[case.predicted])
    if case.label == case.predicted:
        return _("The net answers **{name}** with {confidence}, and is right.").format(
            name=true, confidence=percent(case.confidence)
        )
    return _(
        "The net answers **{predicted}** with {confidence}; **{true}**, which is true, gets {probability}."
    ).format(
        predicted=predicted,
        confidence=percent(case.confidence),
        true=true,
        probability=percent(case.true_probability),
    )


def _show_actions(judged: JudgedImages, row: int) -> None:
    place = judged.place(row)
    question = _("Is the label wrong, or the image of no use?")
    st.markdown(f"**{question}**")
    if place is None:
        st.caption(_("This image is not among the images of the project any more. Nothing can be done with it here."))
        return
    if not judged.is_current:
        _show_class_now(judged, row, place)
    case_actions.show(judged, [place], case_actions.OF_OPENED, field=f"_{place}")


def _show_class_now(judged: JudgedImages, row: int, place: int) -> None:
    """Where the image has another class in the project by now."""
    if judged.current.predicts_numbers:
        return
    before, now = (
        dataset.images["class_name"].iloc[at] for dataset, at in ((judged.dataset, row), (judged.current, place))
    )
    if before != now:
        st.caption(_("By now this image has the class {name}.").format(name=plain(now)))
