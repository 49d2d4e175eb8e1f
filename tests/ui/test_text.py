"""The language of a session, and sentences put into it."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.message import Message, say, say_count
from ui.catalogue import translate_count, translate_message, translate_text
from ui.numbers import duration, file_size, number, percent

ONE_MESSAGE = "under a second"
ONE_MESSAGE_IN_KOREAN = "1초 미만"


def screen():
    import streamlit as st

    from ui import text

    text.keep_choice()
    st.button("Korean", key="korean", on_click=text.choose, args=["ko"])
    st.button("English", key="english", on_click=text.choose, args=["en"])
    st.text(text.language())
    st.text(text._("under a second"))


def shown(app: AppTest) -> list[str]:
    assert not app.exception
    return [element.value for element in app.text]


def opened(*, url: str | None = None, browser: str | None = None) -> AppTest:
    app = AppTest.from_function(screen, default_timeout=60)
    if url is not None:
        app.query_params["lang"] = url
    if browser is not None:
        app.context["locale"] = browser
    return app.run()


@pytest.mark.parametrize(
    ("url", "browser", "language"),
    [
        (None, None, "en"),
        (None, "en-US", "en"),
        (None, "ko-KR", "ko"),
        (None, "ko", "ko"),
        (None, "de-DE", "en"),
        ("ko", "en-US", "ko"),
        ("en", "ko-KR", "en"),
        ("tlh", "ko-KR", "ko"),
    ],
)
def test_the_url_goes_before_the_browser_and_english_is_the_last_resort(url, browser, language):
    assert shown(opened(url=url, browser=browser))[0] == language


def test_a_choice_changes_every_text_and_is_put_into_the_url():
    app = opened(browser="en-US")
    assert shown(app) == ["en", ONE_MESSAGE]
    app.button(key="korean").click().run()
    assert shown(app) == ["ko", ONE_MESSAGE_IN_KOREAN]
    assert app.query_params["lang"] == "ko"


def test_a_choice_goes_before_the_browser():
    app = opened(browser="ko-KR")
    app.button(key="english").click().run()
    assert shown(app) == ["en", ONE_MESSAGE]


def test_a_choice_outlives_a_change_of_page_that_clears_the_url():
    app = opened(url="ko", browser="en-US")
    app.query_params.clear()
    app.run()
    assert shown(app) == ["ko", ONE_MESSAGE_IN_KOREAN]
    assert app.query_params["lang"] == "ko"


def test_a_text_without_a_translation_stays_english():
    assert translate_text("nobody has translated this", "ko") == "nobody has translated this"


def test_no_text_stays_no_text():
    assert translate_text("", "ko") == ""


@pytest.mark.parametrize(("count", "form"), [(1, "{count} second"), (0, "{count} seconds"), (2, "{count} seconds")])
def test_english_has_a_form_for_one_and_a_form_for_the_others(count, form):
    assert translate_count("{count} second", "{count} seconds", count, "en") == form


def test_messages_inside_messages_are_translated_too():
    nested = say("{large} {small}", large=say_count("{count} minute", "{count} minutes", count=2), small="…")
    assert translate_message(nested, "en") == "2 minutes …"
    assert translate_message(nested, "ko") == "2분 …"


def test_values_keep_their_format():
    message = Message("{count:,} images of {ratio:.1%}", {"count": 12345, "ratio": 0.5})
    assert translate_message(message, "en") == "12,345 images of 50.0%"


@pytest.mark.parametrize(
    ("seconds", "english", "korean"),
    [
        (0, "under a second", "1초 미만"),
        (0.99, "under a second", "1초 미만"),
        (1, "1 second", "1초"),
        (12.4, "12 seconds", "12초"),
        (59.6, "1 minute", "1분"),
        (95, "1 minute 35 seconds", "1분 35초"),
        (3599.4, "59 minutes 59 seconds", "59분 59초"),
        (3599.6, "1 hour", "1시간"),
        (3600 + 120, "1 hour 2 minutes", "1시간 2분"),
        (26 * 3600, "26 hours", "26시간"),
    ],
)
def test_a_duration_is_said_as_people_say_it(seconds, english, korean):
    assert translate_message(duration(seconds), "en") == english
    assert translate_message(duration(seconds), "ko") == korean


@pytest.mark.parametrize(
    ("size", "english"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 KB"),
        (999_960, "1.0 MB"),
        (2_400_000, "2.4 MB"),
        (7_000_000_000, "7.0 GB"),
        (5e15, "5000.0 TB"),
    ],
)
def test_a_file_size_is_in_the_unit_that_fits(size, english):
    assert str(file_size(size)) == english


def test_numbers_have_thousands_separators_and_ratios_are_percentages():
    assert number(138357544) == "138,357,544"
    assert percent(0.96249) == "96.2%"
    assert percent(0.5, digits=0) == "50%"


@pytest.mark.parametrize("module", ["catalogue", "numbers"])
def test_what_needs_no_screen_knows_no_streamlit(module):
    tree = ast.parse(Path("ui", f"{module}.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not any(name.startswith("streamlit") for name in imported)
