"""What a layer makes of an image, as pictures of its channels or bars of its units."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.runs.feature_maps import FeatureMaps
from ui import image_wall
from ui.text import _

SIDE = 72


def show(maps: FeatureMaps, class_names: Sequence[str] = ()) -> None:
    """Draws ``maps``; ``class_names`` are those of the dataset where they come from the last layer of a net."""
    if maps.is_vector:
        _show_units(maps, class_names)
        return
    shown = range(maps.shown.shape[-1])
    alts = [_("Channel {number}").format(number=channel + 1) for channel in shown]
    image_wall.show([maps.shown[..., channel] for channel in shown], side=SIDE, alts=alts)
    st.caption(
        _("{shown:,} of {channels:,} channels, each from its own lowest number (black) to its highest (white).").format(
            shown=len(shown), channels=maps.channels
        )
    )


def _show_units(maps: FeatureMaps, class_names: Sequence[str]) -> None:
    """The units of the answer have the names of the classes, others are counted from 1."""
    names = list(class_names) if len(class_names) == maps.channels else range(1, len(maps.shown) + 1)
    title = _("Class") if class_names else _("Unit")
    st.bar_chart(pd.DataFrame({title: names, _("Output"): maps.shown}), x=title, y=_("Output"), sort=False)
    st.caption(_("{shown:,} of {units:,} units.").format(shown=len(maps.shown), units=maps.channels))
