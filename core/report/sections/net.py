"""The layers, what comes out of each, and what they cost."""

from functools import partial

from core.architecture import Readout
from core.architecture.naming import number
from core.message import Message, say, times
from core.recipe_changes.fields import distinctive
from core.report.blocks import Column, Figure, Paragraph, Picture, Section, Table, Text
from core.report.kept import Kept
from core.report.net_diagram import net_diagram


def section(kept: Kept) -> Section:
    """The diagram, the totals and a row for each layer."""
    summary, shape = kept.run.recipe.summary(), kept.run.recipe.image.shape
    parameters = summary.parameters if kept.run.parameters is None else kept.run.parameters
    diagram = Picture(
        partial(net_diagram, summary.readouts, shape),
        say("The net as a chain of blocks, from an image of {shape} to its answer", shape=times(shape)),
    )
    totals = Paragraph(
        say(
            "{parameters} parameters, of which {trained} are trained; {multiply_adds} multiply-adds for one image.",
            parameters=Figure(parameters),
            trained=Figure(summary.trained_parameters),
            multiply_adds=Figure(summary.multiply_adds),
        )
    )
    columns = (
        Column(say("No.")),
        Column(say("Layer")),
        Column(say("Settings")),
        Column(say("Output")),
        Column(say("Parameters"), True),
        Column(say("Multiply-adds"), True),
    )
    rows = tuple(_row(readout) for readout in summary.walk())
    return Section(say("Net"), (diagram, totals, Table(say("Layer by layer"), columns, rows)))


def _row(readout: Readout) -> tuple[Text, ...]:
    return (
        number(readout.place),
        readout.layer.kind,
        _settings(readout),
        times(readout.output_shape) if readout.output_shape else None,
        None if readout.parameters is None else Figure(readout.parameters),
        None if readout.multiply_adds is None else Figure(readout.multiply_adds),
    )


def _settings(readout: Readout) -> Message | str:
    return distinctive(readout.layer) or ""
