"""The size that every image is brought to before the network sees it."""

import numpy as np
import streamlit as st

from core.dataset.decode import decode, to_array
from core.dataset.image_size import ImageSize
from core.dataset.store import Dataset, original
from core.message import times
from ui import image_wall, session, shown_value
from ui.text import _
from ui.thumbnails import spread

_LARGEST = 1024
_EXAMPLES = 5
_SIDE = 64


def show(dataset: Dataset) -> None:
    """Draws height, width and colour, the images in that size, and a way back to the suggested size."""
    image_size = session.draft().image
    _fields(image_size)
    examples = _examples(dataset, image_size)
    numbers = range(1, len(examples) + 1)
    alts = [_("Example {number} in the chosen size").format(number=number) for number in numbers]
    image_wall.show(examples, side=_SIDE, alts=alts)
    st.caption(_("So the network sees them. Smaller images train faster; larger ones keep more detail."))
    if image_size != dataset.image_size:
        label = _("Back to {size}, which suits these images").format(size=times(dataset.image_size.shape))
        st.button(
            label, key="image_size_form_suggested", icon=":material/undo:", on_click=_set, args=(dataset.image_size,)
        )


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


def _save() -> None:
    _set(ImageSize(**{field: st.session_state[_key(field)] for field in ("height", "width", "channels")}))


def _set(image_size: ImageSize) -> None:
    session.save_draft(session.draft().model_copy(update={"image": image_size}))


@st.cache_data(
    max_entries=32,
    show_spinner=False,
    hash_funcs={Dataset: lambda dataset: dataset.id, ImageSize: lambda size: size.shape},
)
def _examples(dataset: Dataset, image_size: ImageSize) -> list[np.ndarray]:
    positions = spread(dataset.images["label"].to_numpy(), _EXAMPLES)
    return [to_array(decode(original(dataset, position).read_bytes()), image_size) for position in positions]


def _key(field: str) -> str:
    return f"image_size_form_{field}"
