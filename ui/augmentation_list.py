"""How training images are changed at random: a list of augmentations, each on what the one before it made."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from core.augmentation import AUGMENTATIONS, Augmentation
from core.augmentation.label_risk import label_risk
from ui import augmentation_edits, session, training_edits, value_form
from ui.markdown import plain
from ui.parts import part_badge
from ui.text import _, translate

_ADD = "augmentation_list_add"


def show(augmentation: Sequence[Augmentation]) -> None:
    """Draws each with its settings, and the menu of those that can be added."""
    st.markdown(
        _(
            "Changes the {train} images at random, anew in each epoch. {validation} and {test} images stay as they are."
        ).format(train=part_badge("train"), validation=part_badge("validation"), test=part_badge("test"))
    )
    for position, each in enumerate(augmentation):
        with st.container(border=True, gap="xsmall"):
            _show(each, position, len(augmentation))
    st.menu_button(
        _("Add an augmentation"),
        list(AUGMENTATIONS),
        key=_ADD,
        icon=":material/add:",
        format_func=lambda kind: f"**{kind}** :small[{_(AUGMENTATIONS[kind].summary)}]",
        on_click=lambda: augmentation_edits.add(st.session_state[_ADD]),
    )


def _show(augmentation: Augmentation, position: int, count: int) -> None:
    generation = session.generation()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{position + 1}** {augmentation.kind}", width="stretch")
        move_up = augmentation_edits.move_up
        _action("up", position, _("Move up"), "arrow_upward", partial(move_up, generation, position), position > 0)
        down = partial(move_up, generation, position + 1)
        _action("down", position, _("Move down"), "arrow_downward", down, position < count - 1)
        _action("remove", position, _("Remove"), "delete", partial(augmentation_edits.remove, generation, position))
    st.caption(_(augmentation.summary))
    risk = label_risk(augmentation, session.needed_dataset().class_names)
    if risk is not None:
        st.warning(plain(translate(risk.message)), icon=":material/warning:")
    prefix = training_edits.key(f"augmentation_{position}_{augmentation.kind}")
    with st.grid(2, min_column_width=120, gap="small"):
        value_form.show(augmentation, prefix, partial(augmentation_edits.type_in, generation, position))


def _action(
    name: str, position: int, title: str, icon: str, edit: Callable[[], None], is_possible: bool = True
) -> None:
    st.button(
        f":material/{icon}:",
        key=f"augmentation_list_{name}_{position}",
        type="tertiary",
        help=title,
        disabled=not is_possible,
        on_click=edit,
    )
