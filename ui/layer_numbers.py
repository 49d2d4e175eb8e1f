"""The numbers of one layer, each with the sum behind it."""

from collections.abc import Sequence

import streamlit as st

from core.architecture import Readout
from core.architecture.comparison import dense_parameters
from core.architecture.cost import BYTES_PER_NUMBER, Term, activation_bytes, written_out
from core.architecture.field_formula import field_formulas
from core.architecture.layers.conv2d import Conv2D
from core.message import times
from ui.numbers import file_size
from ui.text import _, translate


def show(readout: Readout, batch_size: int) -> None:
    """Draws one line for each number of ``readout``; a click on it opens its formula."""
    if readout.output_shape is None or readout.input_shape is None:
        st.caption(_("There are no numbers as long as this layer, or one before it, cannot work."))
        return
    st.markdown(f"`{times(readout.input_shape)}` → `{times(readout.output_shape)}`")
    if readout.layer.disabled:
        st.caption(_("The layer is off: the net does without it."))
        return
    _show_shape(readout)
    _show_parameters(readout)
    _show_multiply_adds(readout)
    _show_memory(readout, batch_size)
    _show_field(readout)


def _show_shape(readout: Readout) -> None:
    formulas = readout.layer.size_formulas(readout.input_shape or ())
    with _number("shape", _("Output shape"), times(readout.output_shape or ())):
        if not formulas:
            st.caption(_("The shape stays as it is."))
        for name, formula in formulas:
            st.markdown(f"{_(name)}: `{formula}`")


def _show_parameters(readout: Readout) -> None:
    terms = readout.layer.parameter_terms(readout.input_shape or ())
    with _number("parameters", _("Parameters"), f"{readout.parameters:,}"):
        if not terms:
            st.caption(_("This layer has nothing to learn."))
            return
        _show_sum(terms)
        untrained = (readout.parameters or 0) - (readout.trained_parameters or 0)
        if untrained:
            st.caption(
                _("{trained:,} are trained; {untrained:,} are only remembered from batch to batch.").format(
                    trained=readout.trained_parameters, untrained=untrained
                )
            )
        _show_dense_instead(readout)


def _show_dense_instead(readout: Readout) -> None:
    if not isinstance(readout.layer, Conv2D):
        return
    input_shape, output_shape = readout.input_shape or (), readout.output_shape or ()
    dense = dense_parameters(input_shape, output_shape)
    st.caption(
        _(
            "A Dense layer from {inputs} to {outputs} would need {dense:,} parameters: {factor:,} times as many, "
            "because it shares none of them between positions."
        ).format(
            inputs=times(input_shape),
            outputs=times(output_shape),
            dense=dense,
            factor=round(dense / max(readout.parameters or 1, 1)),
        )
    )


def _show_multiply_adds(readout: Readout) -> None:
    terms = readout.layer.product_terms(readout.input_shape or ())
    with _number("multiply_adds", _("Multiply-adds"), f"{readout.multiply_adds:,}"):
        if terms:
            _show_sum(terms)
        st.caption(_("For one image. Only products with weights are counted."))


def _show_memory(readout: Readout, batch_size: int) -> None:
    numbers = readout.activations or 0
    size = activation_bytes(numbers, batch_size)
    with _number("memory", _("Activation memory"), translate(file_size(size))):
        st.markdown(f"`{numbers:,} × {batch_size:,} × {BYTES_PER_NUMBER} = {size:,}`")
        st.caption(_("Numbers handed on for one image × batch size × 4 bytes. Training keeps them until the update."))


def _show_field(readout: Readout) -> None:
    with _number("field", _("Receptive field"), times(readout.receptive_field or ())):
        for each in field_formulas(readout):
            cut = "" if each.cut is None else f", {translate(each.cut)}"
            st.markdown(f"{_(each.name)}: `{each.formula}`{cut}")
        st.caption(
            _("The largest patch of the image that one output sees. Under Sees, above, it is drawn on an image.")
        )


def _number(name: str, title: str, value: str) -> st.delta_generator.DeltaGenerator:
    return st.expander(f"{title} \u00a0 **{value}**", key=f"layer_numbers_{name}")


def _show_sum(terms: Sequence[Term]) -> None:
    """The sum in numbers, then the names of the numbers."""
    st.markdown(f"`{written_out(terms)}`")
    lines = (_in_words(term) for term in terms)
    st.caption("  \n".join(f"\\+ {line}" if number else line for number, line in enumerate(lines)))


def _in_words(term: Term) -> str:
    factors = " × ".join(_(factor.name) for factor in term.factors)
    return factors if factors == _(term.name) else f"{factors} ({_(term.name)})"
