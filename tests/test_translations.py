"""Every text that a person reads is collected, has its Korean, and is filled in with the same values."""

import ast
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from ui.catalogue import LANGUAGES, catalogue_file

ROOT = Path(__file__).parents[1]
TRANSLATED = [language for language in LANGUAGES if language != "en"]
KEYWORDS = parse_keywords(
    tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"][0]["keywords"]
)

# What Streamlit shows as text: the first argument of these calls, and these arguments of any call.
CALLS_WITH_TEXT = frozenset({
    "badge", "button", "caption", "checkbox", "color_picker", "download_button", "error", "exception", "expander",
    "file_uploader", "form_submit_button", "header", "info", "link_button", "markdown", "menu_button", "metric",
    "multiselect", "number_input", "pills", "popover", "progress", "radio", "segmented_control", "selectbox",
    "select_slider", "slider", "spinner", "status", "subheader", "success", "text", "text_area", "text_input", "title",
    "toast", "toggle", "warning", "write",
})  # fmt: skip
ARGUMENTS_WITH_TEXT = {"label", "help", "placeholder", "caption", "title", "alt"}


def collected() -> dict:
    """What `make messages` collects: a text or a pair (singular, plural), each with the places that say it."""
    places: dict = {}
    for folder in ("pages", "ui", "core"):
        found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        for file, line, message, *_ in found:
            places.setdefault(_identity(message), []).append(f"{folder}/{file}:{line}")
    for line, message, *_ in extract_from_file("python", ROOT / "app.py", keywords=KEYWORDS):
        places.setdefault(_identity(message), []).append(f"app.py:{line}")
    return places


def translated(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def places() -> dict:
    return collected()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language, places):
    known = {_identity(message.id) for message in translated(language) if _is_translated(message)}
    missing = {text: where[0] for text, where in places.items() if text not in known and _singular(text) not in known}
    assert missing == {}, "run `make messages` and translate what is new"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_is_used(language, places):
    catalogue = translated(language)
    singulars = {_singular(text) for text in places}
    unused = [message.id for message in catalogue if message.id and _singular(message.id) not in singulars]
    assert unused + list(catalogue.obsolete) == [], "run `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_filled_in_with_the_values_of_its_source(language):
    wrong = {}
    for message in translated(language):
        expected = set().union(*(placeholders(form) for form in _forms(message.id)))
        for form in _forms(message.string):
            if message.id and form and not is_filled_in_alike(placeholders(form), expected):
                wrong[form] = sorted(name for name, *_ in expected)
    assert wrong == {}, "each translation, and the placeholders that its source has"


def test_no_text_is_shown_without_being_translated():
    files = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    assert [place for file in files for place in untranslatable(file.read_text(encoding="utf-8"), file.name)] == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('st.title("Images")', True),
        ('st.title(_("Images"))', False),
        ('column.button(f"{count} images")', True),
        ('column.button(f"{count} × {count}")', False),
        ('st.text_input(_("Name"), help="The name")', True),
        ('st.page_link("pages/data/images.py", label=_("Images"))', False),
        ('st.markdown(":material/check: 3")', False),
        ('", ".join(names).title()', False),
    ],
)
def test_a_text_that_is_not_translated_is_found(code, is_found):
    assert bool(untranslatable(code, "example")) is is_found


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("no values", set()),
        ("{count:,} of {ratio:.1%}", {("count", ",", None), ("ratio", ".1%", None)}),
        ("{{not a value}} {name!r}", {("name", "", "r")}),
    ],
)
def test_placeholders_are_named_with_their_format(template, expected):
    assert placeholders(template) == expected


@pytest.mark.parametrize(
    ("translation", "source", "is_alike"),
    [
        ("{b}의 {a}", ["{a} of {b}"], True),
        ("{a}", ["{a} of {b}"], False),
        ("{c}", ["{a}"], False),
        ("{a}", ["{a:,}"], False),
        ("{count:,}장", ["{count} image", "{count:,} images"], True),
        ("{count}장", ["{count} image", "{count:,} images"], True),
        ("{count}장", ["one image", "{count} images"], True),
    ],
)
def test_a_translation_that_is_filled_in_otherwise_is_found(translation, source, is_alike):
    expected = set().union(*map(placeholders, source))
    assert is_filled_in_alike(placeholders(translation), expected) is is_alike


def test_no_text_hides_in_an_f_string():
    """Before Python 3.12 the extractor does not look into them."""
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.JoinedStr)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id in ("_", "ngettext")
        if inner.args and isinstance(inner.args[0], ast.Constant)
    ]
    assert hidden == [], "take the text out of the f-string"


def is_filled_in_alike(translation: set, source: set) -> bool:
    """Whether both name the same values, each with a format that the source gives it in one of its forms."""
    return translation <= source and {name for name, *_ in translation} == {name for name, *_ in source}


def placeholders(template: str) -> set:
    return {(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(template) if name is not None}


def untranslatable(code: str, file: str) -> list[str]:
    """The texts in ``code`` that go to the screen as they are written."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    return [f"{file}:{text.lineno}: {ast.unparse(text)}" for call in calls for text in _texts(call) if _has_words(text)]


def _texts(call: ast.Call) -> list[ast.expr]:
    """What the call shows, where it is a call of Streamlit (or looks like one)."""
    if not isinstance(call.func, ast.Attribute) or isinstance(call.func.value, ast.Constant):
        return []
    named = [keyword.value for keyword in call.keywords if keyword.arg in ARGUMENTS_WITH_TEXT]
    return [*named, *(call.args[:1] if call.func.attr in CALLS_WITH_TEXT else [])]


def _has_words(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(_has_words(part) for part in node.values)
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    words = [word for word in node.value.split() if not word.startswith(":")]  # such as :material/check:
    return any(letter.isalpha() for word in words for letter in word)


def _identity(message: str | tuple) -> str | tuple[str, str]:
    """A text, or a pair of forms; the extractor gives what stands after them (a count) as well."""
    return message if isinstance(message, str) else (message[0], message[1])


def _singular(text: str | tuple) -> str:
    return _forms(text)[0]


def _forms(text: str | tuple) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _is_translated(message) -> bool:
    return not message.fuzzy and all(_forms(message.string))
