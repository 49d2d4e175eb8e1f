import pytest

from core.evaluation.confidence.calibration import CalibrationError
from tests.core.evaluation.generated import evaluation
from ui.judging.confidence import error_sentence, leaning

APART = "What it says and how often it is right are **5.2 percentage points** apart; **2–8%** is what that can mean."


@pytest.mark.parametrize(
    ("by_chance", "verdict"),
    [
        (0.031, "Chance alone makes up to 3.1 percentage points."),
        (0.06, "On so few images up to 6.0 percentage points means nothing: it would come by chance."),
    ],
)
def test_the_error_is_told_with_what_chance_makes(by_chance, verdict):
    assert error_sentence(CalibrationError(0.052, 0.02, 0.08, by_chance)) == f"{APART} {verdict}"


@pytest.mark.parametrize(("temperature", "ending"), [(3.0, "it is too sure of itself."), (0.3, "it could be surer.")])
def test_it_is_told_which_way_a_model_leans(temperature, ending):
    judged = evaluation(500, 4, temperature)
    text = leaning(judged)
    assert text.endswith(ending)
    assert f"is right in {judged.accuracy:.1%}" in text
