"""A run through its epochs: here the tests answer, as a process with TensorFlow would."""

import numpy as np
import pytest

from core.dataset.store import load
from core.evaluation import judge
from core.runs import inspection_queue, store
from core.runs.epoch_answers import EpochAnswers, forget_answers
from core.runs.epoch_weights import epoch_file
from core.runs.heat_maps import HeatMaps
from core.split import read_assignment
from tests.pages.worked_runs import finished

PAGE = "pages/judge/evaluate.py"
EPOCHS = (1, 2, 3)


@pytest.fixture
def run(monkeypatch, kept, project_with_digits):
    """A finished run; its model takes the class behind the true one for the first image."""
    run = finished(kept, project_with_digits, epochs=3, kept_epoch=2)
    monkeypatch.setattr(judge, "predict", lambda _model, _images, _rows: answers_of(kept, run, wrong=[0]))
    return run


def answers_of(kept, run, wrong: list[int]) -> np.ndarray:
    """Right for all validation images but those at the positions ``wrong``."""
    rows = read_assignment(store.run_folder(kept.workspace, run.id) / "split.csv").rows("validation")
    labels = load(kept.workspace.datasets, run.dataset_id).images["label"].to_numpy()[rows].copy()
    labels[wrong] = (labels[wrong] + 1) % 10
    return np.where(np.eye(10)[labels] == 1, np.float32(0.9), np.float32(0.1 / 9))


@pytest.fixture
def epoch_answers(kept, run) -> dict[int, np.ndarray]:
    """All but the first two images are right after the first epoch, all after the second, all but one after the
    third."""
    wrong = ([0, 1], [], [1])
    return {epoch: answers_of(kept, run, each) for epoch, each in zip(EPOCHS, wrong, strict=True)}


@pytest.fixture
def run_with_epochs(kept, run):
    """With the weights of its epochs, which grow."""
    for epoch in EPOCHS:
        path = epoch_file(store.run_folder(kept.workspace, run.id), epoch)
        path.parent.mkdir(exist_ok=True)
        kernel = np.full((3, 3, 1, 2), epoch / 10, np.float32)
        with path.open("wb") as file:
            np.savez(file, **{"0/kernel": kernel, "2/kernel": np.full((3, 3, 4, 2), epoch / 10, np.float32)})
    return run


@pytest.fixture
def screen(open_screen, run_with_epochs):
    return open_epochs(open_screen(PAGE))


def open_epochs(screen):
    screen.segmented_control(key="evaluate_view").set_value("epochs").run()
    return ran(screen)


@pytest.fixture
def answered(screen, kept, take, run, epoch_answers):
    """The screen with the answers of all epochs."""
    asked = take()
    answers = EpochAnswers.store(store.run_folder(kept.workspace, run.id), epoch_answers)
    assert inspection_queue.finish(kept.database, asked.id, {"epochs": list(answers.epochs)})
    return ran(screen.run())


def texts(screen) -> str:
    return "\n".join(element.value for kind in (screen.markdown, screen.caption, screen.subheader) for element in kind)


def ran(screen):
    assert not screen.exception
    return screen


def slide(screen, epoch: int) -> None:
    ran(screen.select_slider(key="epochs_epoch").set_value(epoch).run())


def panel(screen, name: str) -> None:
    ran(screen.segmented_control(key="epochs_panel").set_value(name).run())


def captions(screen) -> list[str]:
    return [caption for image in screen.get("image") for caption in image.captions if caption]


def test_a_run_from_before_epochs_were_kept_says_so(open_screen, run):
    assert "This run keeps no weights of its epochs" in texts(open_epochs(open_screen(PAGE)))


def test_the_answers_of_all_epochs_are_asked_for_once(screen, kept, run, take):
    assert take().payload == {"run_id": run.id}
    ran(screen.run())
    assert "At work…" in texts(screen)
    assert len(inspection_queue.open_inspections(kept.database, None)) == 1


def test_it_begins_with_the_epoch_that_was_kept(answered):
    assert "After epoch 2, **18 of 18** are right: 100.0%." in texts(answered)
    assert "**2** were learned and **0** unlearned" in texts(answered)


def test_answers_that_are_in_the_folder_of_the_run_are_not_asked_for(open_screen, kept, run_with_epochs, epoch_answers):
    EpochAnswers.store(store.run_folder(kept.workspace, run_with_epochs.id), epoch_answers)
    screen = open_epochs(open_screen(PAGE))
    assert "After epoch 2, **18 of 18** are right" in texts(screen)
    assert not inspection_queue.open_inspections(kept.database, None)


def test_where_the_answers_are_gone_it_says_what_to_do(answered, kept, run):
    forget_answers(store.run_folder(kept.workspace, run.id))
    assert "Reload this page to ask for them again" in texts(ran(answered.run()))


def test_the_slider_moves_the_figure_the_matrix_and_the_mistakes(answered):
    slide(answered, 1)
    assert "After epoch 1, **16 of 18** are right: 88.9%." in texts(answered)
    assert "**2** images are wrong." in texts(answered)
    assert "learned and" not in texts(answered), "there is no epoch before"
    assert sum("→" in caption for caption in captions(answered)) == 2
    slide(answered, 3)
    assert "**1** image is wrong. Since the kept epoch before, **0** were learned and **1** unlearned." in texts(
        answered
    )
    (mistake,) = [caption for caption in captions(answered) if "→" in caption]
    assert mistake.endswith("new")
    matrix = next(table.value for table in answered.dataframe if table.value.shape == (10, 10))
    assert (matrix.to_numpy().sum(), matrix.to_numpy().trace()) == (18, 17)


def test_what_was_learned_is_shown(answered):
    assert "**Learned since the kept epoch before**" in texts(answered)
    assert sum(":material/check:" in caption for caption in captions(answered)) == 2


def test_the_course_has_its_table(answered):
    (rows,) = (table.value for table in answered.dataframe if "epoch" in table.value)
    assert rows["epoch"].tolist() == [1, 2, 3]
    assert rows["value"].tolist() == pytest.approx([16 / 18, 1, 17 / 18])


def test_the_filters_have_one_scale_in_every_epoch(answered):
    panel(answered, "filters")
    assert "2 of 2 filters. Each filter sees 4 channels" in texts(answered)
    slide(answered, 1)
    assert "Full shade: a weight of ±0.3." in texts(answered)
    ran(answered.selectbox(key="epoch_filters_layer").set_value((0,)).run())
    assert "2 of 2 filters. Black is below 0, mid-grey is 0, white is above." in texts(answered)


def test_where_it_looked_is_asked_for_all_epochs_at_once_and_follows_the_slider(answered, kept, take):
    panel(answered, "attention")
    ran(answered.button(key="epoch_heat_map_ask").click().run())
    asked = take()
    assert (asked.payload["epochs"], asked.payload["place"]) == ("all", [2])
    maps = np.zeros((3, 28, 28), np.float32)
    maps[0, 0, 0], maps[1, 27, 27] = 1, 2
    heat = HeatMaps.of(EPOCHS, maps, (10, 10), np.full((3, 10), 0.1))
    assert inspection_queue.finish(kept.database, asked.id, heat.to_result(), heat.to_data())
    ran(answered.run())
    assert "here: bottom right" in texts(answered)
    assert "All epochs have one scale. The warmest place after this one has 100.0% of the warmth" in texts(answered)
    slide(answered, 1)
    assert "here: top left" in texts(answered)
    assert "The warmest place after this one has 50.0% of the warmth" in texts(answered)
    slide(answered, 3)
    assert "the map is 0 everywhere" in texts(answered)
