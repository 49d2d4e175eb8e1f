"""The list of layers with what each makes of its input, one of them selected."""

from collections.abc import Sequence

import streamlit as st

from core.architecture import Layer, Readout, Summary
from core.message import times
from core.problem import Problem
from ui import purposes
from ui.text import _

WIDTHS = [1, 2.6, 2.7, 2.6, 1.6]
_SELECTED = "layer_list_selected"


def selected(layers: Sequence[Layer]) -> int:
    """The position of the layer that is open; -1 for an empty list."""
    return min(st.session_state.get(_SELECTED, 0), len(layers) - 1)


def select(position: int) -> None:
    """Opens the layer at ``position``."""
    st.session_state[_SELECTED] = max(position, 0)


def show(summary: Summary, image: tuple[int, int, int], problems: Sequence[Problem]) -> None:
    """Draws one row for the image and one for each layer; a row's button opens its layer."""
    troubled = {problem.layer: problem.forbids_training for problem in problems}
    open_position = selected([readout.layer for readout in summary.readouts])
    _heading()
    _row(None, f":gray-badge[{_('Image')}]", "", f"`{times(image)}`", "")
    for position, readout in enumerate(summary.readouts):
        kind = purposes.kind_badge(readout.layer, readout.layer.kind)
        mark = _mark(troubled[position]) if position in troubled else ""
        shape = f"`{times(readout.output_shape)}`" if readout.output_shape else ":gray[?]"
        parameters = f"`{readout.parameters:,}`" if readout.parameters is not None else ":gray[?]"
        _row(position, kind, f"{mark}{settings(readout.layer)}", shape, parameters, is_open=position == open_position)
    _totals(summary)


def settings(layer: Layer) -> str:
    """What makes this layer different from its defaults, in short: ``32 filters · 5 × 5 · relu``."""
    values = layer.model_dump(exclude={"kind"}, exclude_defaults=True)
    parts = [_setting(name, value) for name, value in values.items() if value is not None]
    if "pool_size" in type(layer).model_fields and "pool_size" not in values:
        parts.insert(0, times((2, 2)))
    return " · ".join(parts)


def _setting(name: str, value: object) -> str:
    if name in ("filters", "units"):
        return f"{value:,} {name}"
    if name in ("kernel_size", "pool_size"):
        return times(value if isinstance(value, tuple) else (value, value))  # type: ignore[arg-type]
    if isinstance(value, bool):
        return name if value else _("no {name}").format(name=name)
    if name in ("activation", "padding"):
        return str(value)
    return f"{name} {times(value) if isinstance(value, tuple) else value}"


def _heading() -> None:
    for column, text in zip(
        st.columns(WIDTHS, gap="xsmall", vertical_alignment="center"),
        ("", _("Layer"), _("Settings"), _("Output shape"), _("Parameters")),
        strict=True,
    ):
        column.caption(text)


def _row(position: int | None, kind: str, text: str, shape: str, parameters: str, is_open: bool = False) -> None:
    number, name, settings_column, shape_column, parameters_column = st.columns(
        WIDTHS, gap="xsmall", vertical_alignment="center"
    )
    if position is not None:
        number.button(
            f"**{position + 1}**" if is_open else f"{position + 1}",
            key=f"layer_list_open_{position}",
            type="secondary" if is_open else "tertiary",
            help=_("Open this layer"),
            on_click=select,
            args=(position,),
        )
    name.markdown(f"**{kind}**" if is_open else kind)
    settings_column.markdown(f":small[{text}]" if text else "")
    shape_column.markdown(shape)
    parameters_column.markdown(parameters)


def _mark(forbids_training: bool) -> str:
    return ":red[:material/error:] " if forbids_training else ":orange[:material/warning:] "


def _totals(summary: Summary) -> None:
    reachable: list[Readout] = [readout for readout in summary.readouts if readout.receptive_field]
    with st.container(horizontal=True, key="layer_list_totals"):
        st.metric(_("Parameters"), f"{summary.parameters:,}", help=_("Numbers that the training sets, in all layers."))
        st.metric(
            _("Multiply-adds"),
            f"{summary.multiply_adds:,}",
            help=_("Multiplications with an addition for one image: what an answer costs."),
        )
        if reachable:
            st.metric(
                _("Receptive field"),
                times(reachable[-1].receptive_field or ()),
                help=_("The patch of the image, in pixels, that one output of the last layer can see."),
            )
