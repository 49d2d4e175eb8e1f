"""What a report tells: figures of the database, whatever the run, and never of a test set that is sealed."""

import pandas as pd
import pytest
from sklearn.metrics import balanced_accuracy_score, f1_score

from core.doctor import diagnose
from core.doctor.reading import case_of
from core.errors import RunError
from core.evaluation import evaluate, open_test
from core.evaluation.comparing.common_images import on_common_images
from core.evaluation.comparing.paired import PairedClasses
from core.evaluation.figures.class_figures import class_figures
from core.evaluation.simple_methods.findings import baselines_of, find, task_of
from core.message import Message
from core.report import Kept, gaps, report_of
from core.report.blocks import Gallery, Matrix, Paragraph, Table
from core.report.sections import (
    data,
    in_short,
    judgement,
    mistakes,
    sealed_test,
    simple_methods,
    since_before,
    training,
    validation,
)
from core.report.sections import split as split_section
from core.runs import analyses, store
from core.runs.analyses import AnalysisKind
from core.runs.decisions import Decision, save_decision
from core.runs.states import RunState
from core.runs.tables import EpochRow, EvaluationRow
from core.split import leak_report, read_assignment
from tests.core.report.collected import collected, figures, numbers_in
from tests.core.runs.builders import make_recipe
from tests.sealed import openings

OPENING = {"opened_by": "Kim <i>", "reason": "every choice | is made"}


@pytest.fixture
def judged(lab, asked):
    """Two runs with all that can be found out about them; the second one."""
    lab.run(kept_epoch=2)
    run = lab.run(make_recipe(seed=1))
    for each in store.of_project(lab.database, lab.project.id):
        evaluate(lab.database, lab.workspace, each.id)
    baselines_of(lab.database, lab.workspace, run.id)
    task = task_of(lab.workspace, run, AnalysisKind.SHORTCUTS)
    analyses.keep(lab.database, task, find(lab.workspace, task, lambda done, total: None))
    open_test(lab.database, lab.workspace, run.id, **OPENING)
    return run


def texts(value) -> str:
    return "\n".join(map(str, collected(Message, value)))


def tables(section) -> dict[str, Table]:
    return {str(table.title): table for table in collected(Table, section)}


@pytest.mark.parametrize("section", [in_short, sealed_test, simple_methods, since_before, training])
def test_every_figure_is_in_the_database(section, lab, judged):
    told = figures(section.section(Kept.of(lab.database, lab.workspace, judged.id)))
    assert told
    assert told - numbers_in(lab.database) == set()


def test_the_figures_of_the_validation_images_are_in_the_database_or_follow_from_the_kept_answers(lab, judged):
    section = validation.section(Kept.of(lab.database, lab.workspace, judged.id))
    table = tables(section)["Figures on the validation images"]
    accuracy, *derived = table.rows
    told = figures([block for block in section.blocks if block is not table]) | figures(accuracy)
    assert told - numbers_in(lab.database) == set()

    folder = store.run_folder(lab.workspace, judged.id)
    answers = pd.read_parquet(folder / "evaluation_validation.parquet")
    truth, predicted = answers["label"], answers["predicted"]
    assert [row[1].value for row in derived[:2]] == [
        pytest.approx(f1_score(truth, predicted, average="macro")),
        pytest.approx(balanced_accuracy_score(truth, predicted)),
    ]
    (bin_share,) = {round(confidence, 6) for confidence in answers["confidence"]}  # all answers fall into one bin
    assert derived[2][1].value == pytest.approx(abs(bin_share - (truth == predicted).mean()), abs=1e-6)


def test_a_number_that_is_changed_in_the_database_is_changed_in_the_report(lab, judged):
    with lab.database.writing() as session:
        row = session.query(EvaluationRow).filter_by(run_id=judged.id, part="validation").one()
        row.result = row.result | {"accuracy": 0.123, "interval": [0.0456, 0.789]}
        session.get_one(EpochRow, (judged.id, 2)).val_loss = 0.4321
    report = report_of(lab.database, lab.workspace, judged.id)
    told = figures(report)
    assert {0.123, 0.0456, 0.789, 0.4321} <= told
    assert "Of 8 images, 12.3% got the right class, and 4.6% to 78.9% is what that can mean." in texts(report)


def test_the_counts_are_those_of_the_folders_and_of_the_split(lab, judged):
    kept = Kept.of(lab.database, lab.workspace, judged.id)
    told = tables(data.section(kept))
    assert [[str(cell) for cell in row] for row in told["Images per class"].rows] == [
        ["<b>bold", "20", "50.0%"],
        ["a|b*c", "20", "50.0%"],
    ]
    ((reason, files),) = told["Refused files"].rows
    assert (files.value, isinstance(reason, Message)) == (2, True)
    in_parts = tables(split_section.section(kept))["Images in each part"]
    assert [[str(cell) for cell in row] for row in in_parts.rows] == [
        ["<b>bold", "12", "4", "4"],
        ["a|b*c", "12", "4", "4"],
        ["all", "24", "8", "8"],
    ]


def test_no_test_image_is_looked_at(lab, asked):
    run = lab.run()
    report = report_of(lab.database, lab.workspace, run.id)
    rows = read_assignment(store.run_folder(lab.workspace, run.id) / "split.csv").rows("validation")
    assert [len(images) for images in asked] == [len(rows)]
    assert openings(lab.database, lab.workspace, run) == 0
    assert "Nobody has opened the test set for the model of this run" in texts(report)


def test_the_opening_of_another_run_gives_no_figure_but_is_on_record(lab, asked):
    first, second = lab.run(), lab.run(make_recipe(seed=1))
    open_test(lab.database, lab.workspace, first.id, **OPENING)
    section = sealed_test.section(Kept.of(lab.database, lab.workspace, second.id))
    assert "Nobody has opened the test set for the model of this run" in texts(section)
    (row,) = tables(section)["Record of the openings of this test set"].rows
    assert [str(cell) for cell in row[1:]] == ["Kim <i>", "run 1", "every choice | is made", "50.0%", "8", "8"]


def test_after_the_second_opening_the_figure_flatters(lab, judged):
    assert "has begun to flatter" not in texts(sealed_test.section(Kept.of(lab.database, lab.workspace, judged.id)))
    open_test(lab.database, lab.workspace, judged.id, **OPENING)
    section = sealed_test.section(Kept.of(lab.database, lab.workspace, judged.id))
    assert "Opened 2 times: the figure has begun to flatter." in texts(section)
    assert "gains at most 20.8 points by luck alone" in texts(section)
    assert "Boucheron, Lugosi and Massart, 2013" in texts(section)


def test_what_nobody_has_done_is_said_and_what_was_done_is_not(lab, asked, judged):
    assert [str(gap) for gap in gaps(Kept.of(lab.database, lab.workspace, judged.id))] == [
        "The images have not been searched for look-alikes, so only identical ones are known."
    ]
    other = lab.run(make_recipe(split="train: 0.5, validation: 0.25, test: 0.25"))
    missing = gaps(Kept.of(lab.database, lab.workspace, other.id))
    assert [str(gap) for gap in missing] == [
        "Nobody has opened the test set for the model of this run, so there is no test figure.",
        "The baselines have not been trained yet.",
        "Nobody has looked for shortcuts yet.",
        "The images have not been searched for look-alikes, so only identical ones are known.",
    ]
    told = texts(report_of(lab.database, lab.workspace, other.id))
    assert [str(gap) for gap in missing if str(gap) not in told] == []


def test_a_run_is_set_against_the_one_before(lab, judged):
    section = since_before.section(Kept.of(lab.database, lab.workspace, judged.id))
    told = texts(section)
    assert "Only the seed changed, 0 → 1, so the difference shows what chance does." in told
    first, second = (evaluate(lab.database, lab.workspace, each.id) for each in (judged, _first(lab)))
    common = on_common_images(first, lab.dataset, second, lab.dataset)
    assert str(PairedClasses(common).verdict(Message("run 2"), Message("run 1"))) in told
    both = tables(section)["Both on their validation images"]
    assert [str(row[0]) for row in both.rows] == ["run 1", "run 2"]


def _first(lab):
    return store.of_project(lab.database, lab.project.id)[-1]


def test_the_first_run_has_none_before(lab, asked):
    section = since_before.section(Kept.of(lab.database, lab.workspace, lab.run().id))
    assert [str(block.message) for block in section.blocks] == [
        "There is no trained run before this one in the project."
    ]


def test_the_worst_mistakes_are_those_of_the_evaluation_in_their_order(lab, judged):
    (gallery,) = mistakes.section(Kept.of(lab.database, lab.workspace, judged.id)).blocks
    assert isinstance(gallery, Gallery)
    worst = evaluate(lab.database, lab.workspace, judged.id).mistakes()
    assert [thumbnail.path for thumbnail in gallery.thumbnails] == worst["path"].tolist()
    assert all(thumbnail.png.startswith(b"\x89PNG") for thumbnail in gallery.thumbnails)
    assert "<b>bold taken for a|b*c, 90.0% sure" in {str(thumbnail.caption) for thumbnail in gallery.thumbnails}


def test_a_long_run_tells_of_some_epochs_the_best_the_kept_and_the_last_one_among_them(lab, asked):
    run = lab.run(make_recipe(epochs=200), epochs=200, kept_epoch=77)
    (table,) = [
        table for title, table in tables(training.section(Kept.of(lab.database, lab.workspace, run.id))).items()
    ]
    told = [row[0].value for row in table.rows]
    assert {1, 77, 200} <= set(told)
    assert len(told) <= training.MOST_ROWS + 3
    assert str(table.title) == f"Epochs ({200 - len(told)} are left out)"


def test_what_the_curve_doctor_sees_is_told(lab):
    run = lab.run()
    told = [str(each.message) for each in collected(Paragraph, training.section(_kept(lab, run))) if each.is_caution]
    assert [text.split(".")[0] for text in told] == [str(finding.title) for finding in diagnose(_case(lab, run))]
    assert "The validation set is too small to tell. With 8 validation images, " in " ".join(told)


def _kept(lab, run) -> Kept:
    return Kept.of(lab.database, lab.workspace, run.id)


def _case(lab, run):
    return case_of(lab.database, lab.workspace, run)


def test_decisions_are_told_where_there_are_any(lab, judged):
    assert "How its answers are to be used" not in tables(_validation(lab, judged))
    save_decision(lab.database, judged.id, Decision(temperature=1.75, least_confidence=0.625))
    assert {1.75, 0.625} <= figures(tables(_validation(lab, judged))["How its answers are to be used"])


def _validation(lab, run):
    return validation.section(Kept.of(lab.database, lab.workspace, run.id))


def test_of_many_classes_the_most_frequent_confusions_are_told():
    names = [f"class {number}" for number in range(judgement.MOST_CLASSES + 1)]
    counts = [[9 if true == predicted else 0 for predicted in range(len(names))] for true in range(len(names))]
    per_class: dict[str, dict] = {name: {} for name in names}
    (nothing,) = judgement.confusion({"per_class": per_class, "confusion": counts})
    assert str(nothing.message) == "No class was taken for another one."
    counts[3][5], counts[0][20] = 2, 7
    (table,) = judgement.confusion({"per_class": per_class, "confusion": counts})
    assert [[str(cell) for cell in row] for row in table.rows] == [
        ["class 0", "class 20", "7"],
        ["class 3", "class 5", "2"],
    ]
    (matrix,) = judgement.confusion({"per_class": {"a": {}, "b": {}}, "confusion": [[3, 1], [0, 0]]})
    assert isinstance(matrix, Matrix)
    assert [matrix.share(0, 0), matrix.share(0, 1), matrix.share(1, 1)] == [0.75, 0.25, 0.0]


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.LOST])
def test_a_run_without_a_model_has_no_report(lab, state):
    run = lab.run(epochs=0, state=state)
    with pytest.raises(RunError, match="there is nothing to report yet"):
        report_of(lab.database, lab.workspace, run.id)


def test_images_that_were_opened_before_and_train_now_are_told(lab, judged):
    assert "opened as test images before" not in texts(report_of(lab.database, lab.workspace, judged.id))
    other = lab.run(make_recipe(split="train: 0.6, validation: 0.2, test: 0.2, seed: 5"))
    assert "opened as test images before" in texts(report_of(lab.database, lab.workspace, other.id))


def test_an_opening_for_a_run_that_is_gone_stays_on_record(lab, judged):
    other = lab.run(make_recipe(seed=2))
    store.delete(lab.database, lab.workspace, judged.id)
    section = sealed_test.section(Kept.of(lab.database, lab.workspace, other.id))
    (row,) = tables(section)["Record of the openings of this test set"].rows
    assert str(row[2]) == f"{judged.id} (deleted)"


def test_the_leaks_of_the_split_are_told(lab, asked):
    assert "No two images are alike" in texts(split_section.section(Kept.of(lab.database, lab.workspace, lab.run().id)))
    others = lab.with_twins()
    run = others.run(make_recipe(split="train: 0.6, validation: 0.2, test: 0.2, keep_together: nothing"))
    section = split_section.section(Kept.of(others.database, others.workspace, run.id))
    leaks = leak_report(run.recipe.split, others.dataset.images)
    assert leaks.after > 0
    told = texts(section)
    assert f"{leaks.clusters} times two or more images are alike." in told
    assert f"In this split, {leaks.after} have." in told
    assert [block.is_caution for block in section.blocks if "In this split" in texts(block)] == [True]


def test_what_the_recall_of_a_class_can_mean_is_what_the_evaluation_says(lab, judged):
    (table,) = (each for title, each in tables(_validation(lab, judged)).items() if title == "Class by class")
    ends = class_figures(evaluate(lab.database, lab.workspace, judged.id))
    assert [str(row[-1]) for row in table.rows] == [
        f"{low:.1%} to {high:.1%}" for low, high in zip(ends["recall_low"], ends["recall_high"], strict=True)
    ]
