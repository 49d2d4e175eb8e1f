"""What went wrong at the last click on the screen of the runs, said once."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.errors import LayerlabError
from core.runs.database import Database
from ui import session
from ui.markdown import plain
from ui.text import translate

_TROUBLE = "run_trouble"


def order(what: Callable[..., Any], run_id: str, *values: Any) -> None:
    """Has a function of `core.runs.control` done with a run; for callbacks. What it refuses is said on the screen."""
    database: Database = session.database()
    try:
        what(database, run_id, *values)
    except LayerlabError as error:
        keep(error)


def keep(error: LayerlabError) -> None:
    """Has ``error`` said when the screen is drawn next."""
    st.session_state[_TROUBLE] = translate(error.message)


def is_kept() -> bool:
    """Whether something is to be said: a part that draws itself alone has the whole screen drawn then."""
    return _TROUBLE in st.session_state


def show() -> None:
    """Says what is kept, once."""
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble:
        st.error(plain(trouble), icon=":material/error:")
