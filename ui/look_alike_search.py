"""While nobody knows yet which images look alike: the search in the background, how far it is, and what comes then."""

from ui import check_progress, session
from ui.text import _


def show() -> None:
    """Begins the search in the images of the open project, where there was none, and draws how far it is."""
    if session.look_alikes() is not None:
        return
    told = check_progress.Told(
        counted=_("Looking for look-alikes: {done:,} of {total:,} images."),
        beginning=_("Looking for look-alikes…"),
        then=_(
            "The images are compared in the background. Then those that look alike go into one part, and this screen "
            "shows the split. Nothing can be trained before."
        ),
        stopped=_("The search for look-alikes did not come to its end."),
        again=_("Search again"),
        again_key="look_alike_search_again",
        icon=":material/search:",
    )
    check_progress.show(session.needed_dataset().id, told)
