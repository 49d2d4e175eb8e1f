"""Which cell of the confusion matrix is outlined, by a click or by what was chosen elsewhere on the screen.

The browser remembers what was clicked in a chart, and tells nothing of a click on what it takes for clicked already. So
a cell that was chosen in another way makes another chart, which begins with it, while clicks leave the chart as it is.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

Cell = tuple[str, str]
"""The names of the true class and of the one that it was taken for: the fields true and predicted of the chart."""

SELECTION: Final = "cell"
"""The name of the selection in the chart."""

_DRAWN: Final = "cell_clicks_drawn"


def drawn(chosen: Cell | None) -> tuple[str, Cell | None]:
    """The key of the chart in which ``chosen`` is outlined, and the cell that it begins with before anyone clicks."""
    number, start, outlined = st.session_state.get(_DRAWN, (0, None, None))
    if outlined != chosen or _key(number) not in st.session_state:
        number, start = number + 1, chosen
    st.session_state[_DRAWN] = (number, start, chosen)
    return _key(number), start


def click(key: str, on_choose: Callable[[Cell | None], None]) -> None:
    """Calls ``on_choose`` with the cell that the chart ``key`` tells of; None where it was clicked away."""
    points = st.session_state[key]["selection"][SELECTION]
    cell = (points[0]["true"], points[0]["predicted"]) if points else None
    number, start, _outlined = st.session_state[_DRAWN]
    st.session_state[_DRAWN] = (number, start, cell)
    on_choose(cell)


def _key(number: int) -> str:
    return f"confusion_cells_{number}"
