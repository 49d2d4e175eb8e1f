"""What two runs of a project were made differently: their recipes, and the images they were trained on."""

from core.message import say
from core.recipe_changes import Change, Concern, changes
from core.runs import versions
from core.runs.database import Database
from core.runs.run import Run


def changes_between(database: Database, before: Run, after: Run) -> tuple[Change, ...]:
    """Every difference of the recipes, and before them that of the images, where those are of two versions."""
    of_recipe = changes(before.recipe, after.recipe)
    if before.dataset_id == after.dataset_id:
        return of_recipe
    known = [] if after.project_id is None else versions.history(database, after.project_id)
    names = {version.dataset_id: say("version {number}", number=version.number) for version in known}
    how = say(
        "{before} → {after}",
        before=names.get(before.dataset_id, before.dataset_id),
        after=names.get(after.dataset_id, after.dataset_id),
    )
    return Change("dataset", say("images"), how, Concern.DATA), *of_recipe
