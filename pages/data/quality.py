"""Quality: what is wrong with the images, and what to do about it before anything is trained on them."""

from core.runs import store as runs
from ui import (
    dataset_history,
    image_edits,
    quality_card,
    quality_check,
    quality_summary,
    quality_table,
    screen,
    session,
)
from ui.text import _

screen.header(_("Quality"), _("See what is wrong with the images, and mend it before a network learns it."))

dataset = session.needed_dataset()
report = session.quality_report()

image_edits.show_refusal(is_to_stay=report is None)  # the end of the check draws the screen anew
dataset_history.show(dataset, runs.of_project(session.database(), session.project().id))

if report is None:
    quality_check.show(dataset.id)
else:
    quality_summary.show(dataset, report)
    for finding in report.findings:
        quality_card.show(dataset, finding)
    if report.findings:
        quality_table.show(dataset, report)

screen.next_step(_("Go on to the split"), "pages/data/split.py", key="quality_next")
