"""While nobody knows yet what is wrong with the images: the check in the background, how far it is, and what comes
then."""

from ui import check_progress
from ui.text import _


def show(dataset_id: str) -> None:
    """Begins the check of a dataset that has no report, if it has not begun, and draws how far it is."""
    told = check_progress.Told(
        counted=_("{done:,} of {total:,} images looked at"),
        beginning=_("Beginning to look at the images …"),
        then=_(
            "Then this screen shows what was found and what to do about it: copies, pictures with two labels, images "
            "that are dark, blurry or blank, classes that are too small. You can leave this screen, or close it: the "
            "work goes on in the background."
        ),
        stopped=_("The check of the images did not come to its end."),
        again=_("Check again"),
        again_key="quality_check_again",
        is_primary=True,
    )
    check_progress.show(dataset_id, told)
