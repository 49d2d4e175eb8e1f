"""The course of the training: how long, in what batches, when it ends early, and which weights are kept."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import streamlit as st

from core.message import mark
from core.objective import (
    FRESH_EARLY_STOPPING,
    FRESH_REDUCE_ON_PLATEAU,
    EarlyStopping,
    Monitor,
    ReduceLROnPlateau,
    Training,
)
from core.runs.machine import has_gpu
from ui import session, shown_value, training_edits, value_form
from ui.text import _, ngettext

_KEPT: Final = {
    None: mark("Those of the last epoch"),
    "val_loss": mark("Those with the lowest validation loss"),
    "val_accuracy": mark("Those with the highest validation accuracy"),
}
_FRESH: Final[Mapping[str, EarlyStopping | ReduceLROnPlateau]] = {
    "early_stopping": FRESH_EARLY_STOPPING,
    "reduce_on_plateau": FRESH_REDUCE_ON_PLATEAU,
}


def show(training: Training, images: int, *, has_accuracy: bool = True) -> None:
    """Draws all of it, and how many updates follow for ``images`` training images; where there is no accuracy, only
    what looks at the loss is offered."""
    names = ["epochs", "batch_size", "seed"]
    with st.grid(3, min_column_width=110, gap="small"):
        value_form.show(training, training_edits.key("course"), training_edits.saving(), only=names)
    _show_updates(training, images)
    kept = [name for name in _KEPT if has_accuracy or name in (None, "val_loss", training.keep_best)]
    _choose_kept(training, kept)
    skip = () if has_accuracy else ("monitor",)
    _show_monitoring("early_stopping", _("Early stopping"), training.early_stopping, skip)
    _show_monitoring("reduce_on_plateau", _("Smaller steps on a plateau"), training.reduce_on_plateau, skip)
    if has_gpu() or training.mixed_precision:
        names = ["mixed_precision"]
        value_form.show(training, training_edits.key("course"), training_edits.saving(), only=names)


def _show_updates(training: Training, images: int) -> None:
    updates = training.updates_per_epoch(images)
    rest = images % training.batch_size
    with st.container(border=True, gap="xxsmall", key="course_form_updates"):
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


def _choose_kept(training: Training, offered: Sequence[Monitor | None]) -> None:
    key = training_edits.key("keep_best")
    shown_value.show(key, training.keep_best)
    st.selectbox(
        _("Weights of the finished model"),
        offered,
        key=key,
        format_func=lambda name: _(_KEPT[name]),
        help=_(Training.model_fields["keep_best"].description or ""),
        on_change=lambda: training_edits.change(keep_best=st.session_state[key]),
    )


def _show_monitoring(
    name: str, title: str, value: EarlyStopping | ReduceLROnPlateau | None, skip: Collection[str]
) -> None:
    """What watches the validation figure: off, or on with its settings but those to ``skip``."""
    key = training_edits.key(name)
    shown_value.show(key, value is not None)
    st.toggle(
        title,
        key=key,
        help=_(Training.model_fields[name].description or ""),
        on_change=lambda: training_edits.change(**{name: _fresh(name) if st.session_state[key] else None}),
    )
    if value is None:
        return
    with st.container(border=True, gap="small"):
        st.caption(_(type(value).summary))
        with st.grid(2, min_column_width=120, gap="small"):
            value_form.show(value, key, training_edits.saving(name), skip=skip)


def _fresh(name: str) -> EarlyStopping | ReduceLROnPlateau:
    """As it is switched on: patient, but not for longer than a quarter of the epochs."""
    fresh = _FRESH[name]
    most = max(session.draft().training.epochs // 4, 1)
    return fresh.changed(patience=min(fresh.patience, most))
