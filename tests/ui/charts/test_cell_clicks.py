import streamlit

from ui.charts import cell_clicks


def clicked(chosen=None):
    """The chart that is drawn with ``chosen``: its key and the cell that it outlines by itself."""
    key, start = cell_clicks.drawn(chosen)
    streamlit.session_state.setdefault(key, {"selection": {"cell": []}})
    return key, start


def click(key, *cells):
    streamlit.session_state[key] = {
        "selection": {"cell": [{"true": true, "predicted": predicted} for true, predicted in cells]}
    }
    found = []
    cell_clicks.click(key, found.append)
    return found[0]


def test_a_click_gives_the_cell_and_leaves_the_chart_as_it_is(session_state):
    key, start = clicked()
    assert start is None
    cell = click(key, ("dog", "고양이"))
    assert cell == ("dog", "고양이")
    assert clicked(cell) == (key, None), "the browser has outlined it already"
    assert click(key) is None


def test_a_cell_that_was_chosen_elsewhere_makes_a_chart_that_outlines_it(session_state):
    first, _ = clicked()
    cell = click(first, ("dog", "dog"))
    second, start = clicked(("dog", "고양이"))
    assert second != first
    assert start == ("dog", "고양이")
    assert click(second, cell) == cell, "so that a click on what was clicked before is heard"


def test_a_chart_that_was_left_begins_with_the_chosen_cell(session_state):
    key, _ = clicked()
    cell = click(key, ("dog", "dog"))
    del session_state[key]  # as Streamlit does when another screen is looked at
    assert clicked(cell)[1] == cell
