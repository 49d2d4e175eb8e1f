"""The report as one HTML file that needs nothing else: no scripts, no network, and it prints well."""

from base64 import b64encode
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.report.blocks import Picture, Thumbnail, Translate, words
from core.report.report import Report

_TEMPLATE = "report.html"


def to_html(report: Report, translate: Translate = str, language: str = "en") -> str:
    """The page; ``language`` is that into which ``translate`` puts sentences. All texts are escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "words": partial(words, translate=translate),
        "drawn": partial(_drawn, translate=translate),
        "shown": _shown,
    }
    return environment.get_template(_TEMPLATE).render(report=report, language=language)


def _drawn(picture: Picture, translate: Translate) -> str:
    return _address("image/svg+xml", picture.svg(translate).encode())


def _shown(thumbnail: Thumbnail) -> str:
    return _address("image/png", thumbnail.png)


def _address(mime: str, content: bytes) -> str:
    """``content`` as the address of a picture."""
    return f"data:{mime};base64,{b64encode(content).decode()}"
