"""The queue of all projects, as a person sees it who owns one of them."""

from core.runs import projects, store
from core.runs.queue import waiting_runs
from core.runs.states import RunState
from tests.pages.worked_runs import queued, running, with_seed

PAGE = "pages/train/runs.py"


def three_waiting(kept, project):
    """Run 1 is at work; runs 2, 3 and 4 wait."""
    running(kept, project)
    return [queued(kept, project, with_seed(project.draft, seed)) for seed in (1, 2, 3)]


def of_another_project(kept, project, name: str, count: int = 1):
    other = projects.create(kept.database, name)
    for seed in range(count):
        recipe = with_seed(project.draft, seed)
        store.enqueue(kept.database, kept.workspace, other.id, str(project.dataset_id), recipe)


def numbers(kept) -> list[int]:
    return [run.number for run in waiting_runs(kept.database)]


def texts(app) -> str:
    return "\n".join(element.value for kind in (app.markdown, app.caption, app.subheader) for element in kind)


def has_button(app, key: str) -> bool:
    return any(button.key == key for button in app.button)


def test_without_a_queue_there_is_no_panel(open_screen, kept, project_with_digits):
    running(kept, project_with_digits)
    assert "Projects take turns" not in texts(open_screen(PAGE))


def test_runs_that_wait_are_listed_in_their_order(open_screen, kept, project_with_digits):
    three_waiting(kept, project_with_digits)
    shown = texts(open_screen(PAGE))
    assert shown.index("**Run 2**") < shown.index("**Run 3**") < shown.index("**Run 4**")
    assert "Projects take turns." in shown


def test_a_run_is_moved_up_and_down(open_screen, kept, project_with_digits):
    second, third, fourth = three_waiting(kept, project_with_digits)
    app = open_screen(PAGE)
    app.button(key=f"run_queue_up_{fourth.id}").click().run()
    assert numbers(kept) == [2, 4, 3]
    app.button(key=f"run_queue_down_{second.id}").click().run()
    assert numbers(kept) == [4, 2, 3]
    assert app.button(key=f"run_queue_up_{fourth.id}").disabled
    assert app.button(key=f"run_queue_down_{third.id}").disabled


def test_a_run_is_taken_out(open_screen, kept, project_with_digits):
    _, third, _ = three_waiting(kept, project_with_digits)
    app = open_screen(PAGE)
    app.button(key=f"run_queue_out_{third.id}").click().run()
    assert store.get(kept.database, third.id).state is RunState.STOPPED
    assert numbers(kept) == [2, 4]


def test_a_run_that_has_begun_meanwhile_cannot_be_moved_and_the_reason_is_said(open_screen, kept, project_with_digits):
    first = queued(kept, project_with_digits)
    queued(kept, project_with_digits, with_seed(project_with_digits.draft, 1))
    app = open_screen(PAGE)
    store.request_stop(kept.database, first.id)
    app.button(key=f"run_queue_down_{first.id}").click().run()
    assert "only runs that wait can be moved" in app.error[0].value


def test_runs_of_other_projects_are_seen_by_the_name_of_the_project_without_controls(
    open_screen, kept, project_with_digits
):
    three_waiting(kept, project_with_digits)
    of_another_project(kept, project_with_digits, "Cats_and *dogs*")
    app = open_screen(PAGE)
    assert r"1\. Cats\_and \*dogs\*" in texts(app), "it has had no turn yet"
    [foreign] = [run for run in waiting_runs(kept.database) if run.project_id != project_with_digits.id]
    assert not has_button(app, f"run_queue_out_{foreign.id}")


def test_many_runs_of_others_in_a_row_share_a_line(open_screen, kept, project_with_digits):
    queued(kept, project_with_digits)
    for name in ("Cats", "Dogs", "Birds", "Fish"):
        of_another_project(kept, project_with_digits, name, count=2)
    assert "runs of other projects" in texts(open_screen(PAGE))
