"""The size that every image is brought to before the network sees it, and what becomes of other proportions."""

import numpy as np
import streamlit as st

from core.dataset.image_size import ImageSize
from core.dataset.store import Dataset
from core.message import times
from ui import fit_examples, session, shown_value
from ui.text import _

_LARGEST = 1024


def show(dataset: Dataset) -> None:
    """Draws height, width, colour and fit, images before and after, and a way back to the suggested size."""
    image_size = session.draft().image
    _fields(image_size)
    if _has_other_proportions(dataset, image_size):
        _fit(image_size)
        fit_examples.show(dataset, image_size)
    else:
        fit_examples.show_chosen(dataset, image_size)
    st.caption(_("So the network sees them. Smaller images train faster; larger ones keep more detail."))
    suggested = dataset.image_size
    if image_size.shape != suggested.shape:
        label = _("Back to {size}, which suits these images").format(size=times(suggested.shape))
        back = suggested.model_copy(update={"fit": image_size.fit})
        st.button(label, key="image_size_form_suggested", icon=":material/undo:", on_click=_set, args=(back,))


def _fields(image_size: ImageSize) -> None:
    for field in ("height", "width", "channels"):
        shown_value.show(_key(field), getattr(image_size, field))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        height_help, width_help = (
            _("Rows of pixels in each image after resizing."),
            _("Columns of pixels in each image after resizing."),
        )
        st.number_input(_("Height"), 1, _LARGEST, key=_key("height"), help=height_help, on_change=_save, width=130)
        st.number_input(_("Width"), 1, _LARGEST, key=_key("width"), help=width_help, on_change=_save, width=130)
        names = {1: _("Grey"), 3: _("Colour")}
        st.segmented_control(
            _("Channels"),
            list(names),
            format_func=lambda channels: f"{names[channels]} · {channels}",
            key=_key("channels"),
            required=True,
            help=_("1 for grey images, 3 for colour images."),
            on_change=_save,
        )


def _fit(image_size: ImageSize) -> None:
    names = fit_examples.names()
    shown_value.show(_key("fit"), image_size.fit)
    st.segmented_control(
        _("Images of other proportions"),
        list(names),
        format_func=names.__getitem__,
        key=_key("fit"),
        required=True,
        help=_(
            "Stretch pulls the whole image to the size. Pad keeps its proportions and fills the rest with black. Crop "
            "keeps its proportions and cuts off what stands over."
        ),
        on_change=_save_fit,
    )


def _has_other_proportions(dataset: Dataset, image_size: ImageSize) -> bool:
    """Whether the fit makes any difference to these images."""
    widths, heights = (dataset.images[side].to_numpy(dtype=np.int64) for side in ("width", "height"))
    return bool((widths * image_size.height != heights * image_size.width).any())


def _save() -> None:
    """Of the fields that there are: the one of the fit is not drawn where it makes no difference."""
    chosen = {field: st.session_state[_key(field)] for field in ("height", "width", "channels")}
    _set(ImageSize(**chosen, fit=session.draft().image.fit))


def _save_fit() -> None:
    _set(session.draft().image.model_copy(update={"fit": st.session_state[_key("fit")]}))


def _set(image_size: ImageSize) -> None:
    session.save_draft(session.draft().model_copy(update={"image": image_size}))


def _key(field: str) -> str:
    return f"image_size_form_{field}"
