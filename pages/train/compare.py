"""Compare: all runs of the project in one table, and the chosen ones beside each other."""

from ui import screen, session
from ui.comparing import comparison
from ui.text import _

screen.header(_("Compare"), _("Find out which setting made which difference, and which difference is only chance."))

project = session.project()
session.needed_dataset()
comparison.show(project.id)
screen.next_step(_("Go on to the evaluation"), "pages/judge/evaluate.py", key="compare_next")
