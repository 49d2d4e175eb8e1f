"""The search for a learning rate on the training's screen. A process with TensorFlow answers: here the tests do."""

from collections.abc import Callable

import pytest

from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.objective.optimizers import SGD, Adam
from core.runs import inspection_queue
from core.runs.rate_search import RateSearch
from tests.pages.model.draft_screen import DraftScreen

PAGE = "pages/model/training.py"
RATES = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1)
LOSSES = (2.3, 2.3, 2.1, 1.2, 0.8, 9.0)
FOUND = RateSearch(RATES, LOSSES, LOSSES, 0.002962)


@pytest.fixture
def screen(open_with) -> DraftScreen:
    return open_with(PAGE)


@pytest.fixture
def answer(kept, take) -> Callable[[RateSearch], None]:
    def answer_(search: RateSearch) -> None:
        assert inspection_queue.finish(kept.database, take().id, search.to_result())

    return answer_


def charts(screen: DraftScreen) -> int:
    return len(screen.app.get("vega_lite_chart"))


def test_a_learning_rate_is_searched_shown_and_taken_over(screen, answer):
    screen.click("rate_search_panel_ask")
    assert "Waits for a process with TensorFlow" in screen.texts
    answer(FOUND)
    screen.run()
    assert charts(screen) == 2, "the schedule and the search"
    assert "It falls fastest near **0.003**" in screen.texts
    assert "https://arxiv.org/abs/1506.01186" in screen.texts
    screen.click("rate_search_panel_use")
    assert screen.draft.training.optimizer == Adam(learning_rate=0.003)
    assert screen.field("learning_rate").value == pytest.approx(0.003), "the form follows"
    assert charts(screen) == 2, "the answer stays"
    assert screen.app.button(key="rate_search_panel_use").disabled
    screen.click("undo_undo")
    assert screen.draft.training.optimizer == Adam()


def test_what_the_search_does_not_depend_on_leaves_its_answer(screen, answer):
    screen.click("rate_search_panel_ask")
    answer(FOUND)
    screen.run()
    screen.fill("epochs", 40)
    screen.fill("Schedule", "OneCycle")
    assert charts(screen) == 2
    screen.fill("batch_size", 16)
    assert charts(screen) == 1
    screen.click("undo_undo")
    assert charts(screen) == 2


def test_another_optimizer_is_another_question(screen, answer):
    screen.click("rate_search_panel_ask")
    answer(FOUND)
    screen.run()
    screen.fill("Optimizer", "SGD")
    assert charts(screen) == 1
    assert screen.draft.training.optimizer == SGD()


def test_no_rate_is_offered_where_none_stands_out(screen, answer):
    screen.click("rate_search_panel_ask")
    answer(RateSearch(RATES, LOSSES, LOSSES, None))
    screen.run()
    assert "so no rate stands out" in screen.texts
    assert "rate_search_panel_use" not in [button.key for button in screen.app.button]


def test_the_answer_can_be_put_away(screen, answer):
    screen.click("rate_search_panel_ask")
    answer(FOUND)
    screen.run()
    screen.click("rate_search_panel_close")
    assert charts(screen) == 1


def test_nothing_is_searched_for_a_net_that_cannot_be_trained(open_with):
    screen = open_with(PAGE, (Flatten(), Dense(units=10)))
    assert screen.app.button(key="rate_search_panel_ask").disabled
