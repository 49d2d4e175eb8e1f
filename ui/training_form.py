"""The settings of a training: loss, optimizer, and its course."""

from typing import Any

import streamlit as st

from core.objective import LOSSES, OPTIMIZERS, Training
from ui import session, shown_value, value_form
from ui.text import _, ngettext

_LOSS = "training_form_loss"
_OPTIMIZER = "training_form_optimizer"


def show_loss(training: Training) -> None:
    """Draws the choice of the loss, each with when to take it, and the chosen one's formula for one image."""
    shown_value.show(_LOSS, training.loss)
    st.radio(
        _("Loss"),
        list(LOSSES),
        key=_LOSS,
        format_func=lambda name: _(LOSSES[name].title),
        captions=[_(loss.summary) for loss in LOSSES.values()],
        label_visibility="collapsed",
        on_change=lambda: _save("loss", st.session_state[_LOSS]),
    )
    with st.container(border=True, gap=None):
        st.caption(_("For one image"))
        st.latex(LOSSES[training.loss].formula)


def show_optimizer(training: Training) -> None:
    """Draws the choice of the optimizer and its own settings. Another optimizer begins with Keras's defaults."""
    kind = training.optimizer.kind
    shown_value.show(_OPTIMIZER, kind)
    st.selectbox(
        _("Optimizer"),
        list(OPTIMIZERS),
        key=_OPTIMIZER,
        label_visibility="collapsed",
        on_change=lambda: _save("optimizer", OPTIMIZERS[st.session_state[_OPTIMIZER]]()),
    )
    st.caption(_(type(training.optimizer).summary))
    with st.grid(2, min_column_width=140, gap="small"):
        value_form.show(training.optimizer, f"training_form_{kind}", _save_optimizer)


def show_course(training: Training, images: int) -> None:
    """Draws batch size, epochs and seed, and how many updates follow for ``images`` training images."""
    with st.grid(3, min_column_width=110, gap="small"):
        value_form.show(training, "training_form", _save, skip=("loss", "optimizer"))
    updates = training.updates_per_epoch(images)
    rest = images % training.batch_size
    with st.container(border=True, gap="xxsmall", key="training_form_updates"):
        st.markdown(
            _(
                "**{images:,}** training images ÷ **{batch_size:,}** per batch = **{updates:,}** updates per epoch, "
                "**{total:,}** in all."
            ).format(images=images, batch_size=training.batch_size, updates=updates, total=updates * training.epochs)
        )
        if rest:
            st.caption(
                ngettext(
                    "The last batch of each epoch has {count} image.",
                    "The last batch of each epoch has {count:,} images.",
                    rest,
                ).format(count=rest)
            )


def _save(name: str, value: Any) -> None:
    recipe = session.draft()
    session.save_draft(recipe.model_copy(update={"training": recipe.training.model_copy(update={name: value})}))


def _save_optimizer(name: str, value: Any) -> None:
    optimizer = session.draft().training.optimizer
    _save("optimizer", type(optimizer).model_validate(optimizer.model_dump() | {name: value}))
