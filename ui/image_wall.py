"""Small images side by side, as many in a row as fit, without blur."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from ui.thumbnails import enlarged


def show(
    images: Sequence[np.ndarray], *, side: int, alts: Sequence[str], captions: Sequence[str] | None = None
) -> None:
    """Draws ``images`` (height, width, channels) ``side`` pixels wide; ``captions`` are Markdown."""
    with st.container(horizontal=True, gap="xsmall"):
        for position, (image, alt) in enumerate(zip(images, alts, strict=True)):
            st.image(
                enlarged(image, side),
                caption=captions[position] if captions else None,
                width=side,
                alt=alt,
                output_format="PNG",
            )
