from types import SimpleNamespace

import pytest

from tests.ui.bricks.nets import summary
from ui.bricks import diagram


@pytest.fixture
def shown(monkeypatch):
    """Shows the ResNet with its second layer open; gives what the browser gets, and the places that were opened."""
    sent, opened = {}, []
    monkeypatch.setattr(diagram, "_component", lambda **arguments: sent.update(arguments))
    net, image = summary("ResNet")
    diagram.show(net, image, (1,), opened.append)
    return sent, opened


def click(monkeypatch, sent, place):
    state = {"bricks_diagram": SimpleNamespace(opened=place)}
    monkeypatch.setattr(diagram.st, "session_state", state)
    sent["on_opened_change"]()


@pytest.mark.parametrize(("place", "expected"), [("0", [(0,)]), ("1.3", [(1, 3)])])
def test_a_click_opens_the_layer_of_the_brick(shown, monkeypatch, place, expected):
    sent, opened = shown
    click(monkeypatch, sent, place)
    assert opened == expected


@pytest.mark.parametrize("place", ["1.9", "40", "", None, 3])
def test_a_click_on_a_layer_that_is_gone_opens_nothing(shown, monkeypatch, place):
    sent, opened = shown
    click(monkeypatch, sent, place)
    assert opened == []


@pytest.mark.parametrize(("told", "width"), [({}, 960), ({"narrow": False}, 960), ({"narrow": True}, 640)])
def test_a_narrow_page_has_narrower_rows(monkeypatch, told, width):
    sent = {}
    monkeypatch.setattr(diagram, "_component", lambda **arguments: sent.update(arguments))
    monkeypatch.setattr(diagram.st, "session_state", {"bricks_diagram": told})
    diagram.show(*summary("ResNet"), (1,), print)
    assert f'viewBox="0 0 {width} ' in sent["data"]["drawing"]
    assert sent["data"]["narrow"] is (width == 640)
    assert sent["data"]["opened"] == "1"
