from hypothesis import given
from hypothesis import strategies as st

from ui.history import LONGEST, History


def test_a_new_history_has_nothing_before_and_nothing_after():
    history = History(("a",))
    assert history.now == "a"
    assert not history.has_before
    assert not history.has_after


def test_what_was_done_comes_back_and_goes_again():
    history = History(("a",)).followed_by("b").followed_by("c")
    assert history.back().now == "b"
    assert history.back().back().now == "a"
    assert not history.back().back().has_before
    assert history.back().forward() == history


def test_a_new_state_makes_what_was_undone_be_forgotten():
    history = History(("a",)).followed_by("b").followed_by("c").back().back().followed_by("d")
    assert history == History(("a", "d"), 1)


def test_the_same_state_again_is_no_step_and_forgets_nothing():
    undone = History(("a",)).followed_by("b").back()
    assert undone.followed_by("a") == undone
    assert undone.has_after


def test_what_is_long_ago_is_forgotten():
    history = History((0,))
    for state in range(1, LONGEST + 10):
        history = history.followed_by(state)
    assert len(history.states) == LONGEST
    assert history.now == LONGEST + 9
    assert history.states[0] == 10


@given(st.lists(st.integers(0, 3) | st.sampled_from(["back", "forward"]), max_size=40))
def test_a_list_with_a_cursor_does_the_same(acts):
    history, states, position = History((0,)), [0], 0
    for act in acts:
        if act == "back" and position > 0:
            history, position = history.back(), position - 1
        elif act == "forward" and position < len(states) - 1:
            history, position = history.forward(), position + 1
        elif isinstance(act, int) and act != states[position]:
            history = history.followed_by(act)
            states[position + 1 :] = [act]
            position += 1
        assert (history.now, history.has_before, history.has_after) == (
            states[position],
            position > 0,
            position < len(states) - 1,
        )
