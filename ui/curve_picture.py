"""The curves of a run as a picture to keep: all its charts with titles and legend, on a light background."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st
import vl_convert

from ui.charts import curve_chart, rate_chart

RATE: Final = "learning_rate"
"""The name of the rows of the learning rate; those of a figure have the figure's."""

_WIDTH: Final = 420
_APART: Final = 30
_COLUMNS: Final = 2
_SHARPNESS: Final = 2
_VERSION: Final = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_INK, _PALE, _GRID = "#16242A", "#55646A", "#E4E9EB"
_FONT: Final = "Noto Sans, Helvetica Neue, Helvetica, Arial, Noto Sans CJK KR, Apple SD Gothic Neo, sans-serif"


@st.cache_data(max_entries=16, show_spinner=False)
def layout(figures: Sequence[str], epochs: int, rate_title: str, language: str) -> dict[str, Any]:
    """The picture without its rows and its title. ``language`` is that of now."""
    legend = alt.Legend(orient="top", direction="horizontal", symbolType="stroke", symbolStrokeWidth=4, symbolOpacity=1)
    charts = [
        curve_chart.chart(figure, epochs, points=figure, legend=legend).properties(
            title=curve_chart.title(figure), width=_WIDTH
        )
        for figure in figures
    ]
    rate = rate_chart.chart(epochs, points=RATE).properties(title=rate_title, width=_WIDTH)
    return _in_light(alt.concat(*charts, rate, columns=_COLUMNS, spacing=_APART)).to_dict()


def svg(laid_out: Mapping[str, Any], title: str, subtitle: str, rows: Mapping[str, pd.DataFrame]) -> str:
    """The picture as SVG. ``laid_out`` is as of `layout`; ``rows`` are as of the charts, by figure and `RATE`."""
    return vl_convert.vegalite_to_svg(_filled(laid_out, title, subtitle, rows), vl_version=_VERSION)


def png(laid_out: Mapping[str, Any], title: str, subtitle: str, rows: Mapping[str, pd.DataFrame]) -> bytes:
    """The same picture as PNG, with two pixels for each unit of the SVG."""
    return vl_convert.vegalite_to_png(_filled(laid_out, title, subtitle, rows), vl_version=_VERSION, scale=_SHARPNESS)


def _filled(laid_out: Mapping[str, Any], title: str, subtitle: str, rows: Mapping[str, pd.DataFrame]) -> str:
    datasets = {name: table.to_dict("records") for name, table in rows.items()}
    return json.dumps({**laid_out, "title": {"text": title, "subtitle": subtitle}, "datasets": datasets})


def _in_light(chart: alt.ConcatChart) -> alt.ConcatChart:
    return (
        chart.properties(background="#FFFFFF", padding=20)
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_PALE,
            titleColor=_PALE,
            titleFontWeight="normal",
            gridColor=_GRID,
            domainColor=_GRID,
            tickColor=_GRID,
        )
        .configure_legend(labelColor=_INK, labelFontSize=12, title=None)
        .configure_title(anchor="start", color=_INK, fontSize=14, subtitleColor=_PALE, subtitleFontSize=12)
    )
