import pytest

from core.architecture.layers.dense import Dense
from core.message import say
from core.objective import Adam, EarlyStopping, ReduceLROnPlateau, Training
from core.objective.course_problems import course_problems
from core.objective.schedules import CosineDecay, StepDecay
from core.problem import Fix, Problem
from ui.training_problems import of_section

COURSE = [
    ({"early_stopping": EarlyStopping(patience=5)}, "course"),
    ({"reduce_on_plateau": ReduceLROnPlateau(patience=5)}, "course"),
    ({"schedule": CosineDecay(warmup_epochs=5)}, "rate"),
    ({"schedule": StepDecay(decay_epochs=5)}, "rate"),
]
OTHERS = [Fix(say("Another net"), layers=(Dense(units=2),)), Fix(say("Another loss"), training={"loss": "poisson"})]


@pytest.mark.parametrize(("setting", "section"), COURSE)
def test_a_problem_of_the_course_stands_where_its_setting_does(setting, section):
    training = Training(loss="categorical_crossentropy", optimizer=Adam(), epochs=5, **setting)
    problems = course_problems(training)
    assert len(problems) == 1
    assert of_section(problems, section) == problems


@pytest.mark.parametrize("fix", [*OTHERS, None])
def test_every_other_problem_stands_with_the_loss(fix):
    problem = Problem(None, say("It is wrong."), (fix,) if fix else ())
    assert of_section([problem], "loss") == (problem,)
    assert of_section([problem], "rate") == of_section([problem], "course") == ()
