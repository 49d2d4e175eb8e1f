"""Two nets side by side: this one, those of the runs, and the templates."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.architecture import Layer, Readout, Shape, Summary, summarize
from core.architecture.comparison import Pair, aligned
from core.architecture.cost import activation_bytes
from core.architecture.naming import number
from core.architecture.templates import TEMPLATES, template_layers
from core.message import times
from core.objective import with_fitting_output
from core.recipe import Recipe
from core.runs import store as runs
from ui import session
from ui.bricks.drawing import svg_file
from ui.layer_settings import settings
from ui.numbers import file_size
from ui.text import _, translate

_FIRST, _SECOND = "net_comparison_first", "net_comparison_second"


def show() -> None:
    """Draws the button that opens the comparison."""
    if st.button(_("Compare"), key="net_comparison_open", icon=":material/compare_arrows:", type="tertiary"):
        _open()


def _open() -> None:
    @st.dialog(_("Two nets side by side"), width="large", icon=":material/compare_arrows:")
    def dialog() -> None:
        recipe = session.draft()
        nets = {_("This net"): recipe.layers} | _others(recipe)
        titles = [choice.selectbox(label, list(nets), index=index, key=key) for choice, label, index, key in _choices()]
        left, right = (summarize(nets[title], recipe.image.shape) for title in titles)
        _show_pictures(left, right, recipe.image.shape)
        _show_totals(left, right, recipe.training.batch_size)
        _show_layers(aligned(left.readouts, right.readouts))

    dialog()


def _choices() -> list[tuple]:
    left, right = st.columns(2)
    return [(left, _("Left"), 0, _FIRST), (right, _("Right"), 1, _SECOND)]


def _others(recipe: Recipe) -> dict[str, tuple[Layer, ...]]:
    """The nets of the runs, the newest first, then the templates, by their titles."""
    of_project = runs.of_project(session.database(), session.project().id)
    of_runs = {_("Run {number}").format(number=run.number): run.recipe.layers for run in of_project}
    classes = len(session.needed_dataset().class_names)
    templates = {
        _(template.title): with_fitting_output(template_layers(name), recipe.training.loss, classes)
        for name, template in TEMPLATES.items()
    }
    return of_runs | templates


def _show_pictures(left: Summary, right: Summary, image: Shape) -> None:
    with st.grid(2, min_column_width=400, gap="small"):
        for side in (left, right):
            st.image(svg_file(side, image), width="stretch", alt=_("The net as bricks"))


def _show_totals(left: Summary, right: Summary, batch_size: int) -> None:
    sides = (left, right)
    memory = [activation_bytes(side.activations, batch_size) for side in sides]
    rows = {
        _("Layers"): [f"{len(side.readouts):,}" for side in sides],
        _("Parameters"): [f"{side.parameters:,}" for side in sides],
        _("Multiply-adds"): [f"{side.multiply_adds:,}" for side in sides],
        _("Activation memory"): [translate(file_size(size)) for size in memory],
    }
    st.table(pd.DataFrame.from_dict(rows, orient="index", columns=[_("Left"), _("Right")]))


def _show_layers(pairs: Sequence[Pair]) -> None:
    table = pd.DataFrame(
        {
            _("Left"): [_layer(pair.left) for pair in pairs],
            _("its shape"): [_shape(pair.left) for pair in pairs],
            _("Right"): [_("the same") if pair.is_same_layer else _layer(pair.right) for pair in pairs],
            _("its shape") + " ": [_shape(pair.right) for pair in pairs],  # a frame wants names that differ
        }
    )
    st.dataframe(table, hide_index=True, alt=_("The layers of both nets, equal ones beside each other"))


def _layer(readout: Readout | None) -> str:
    if readout is None:
        return ""
    return f"{number(readout.place)}  {readout.layer.kind}  {settings(readout.layer)}"


def _shape(readout: Readout | None) -> str:
    if readout is None:
        return ""
    return times(readout.output_shape) if readout.output_shape else "?"
