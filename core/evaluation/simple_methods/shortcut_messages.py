"""What the cues found, in words."""

from core.evaluation.simple_methods.shortcuts import CueFinding, Shortcuts
from core.message import Message, say, say_count


def summary(shortcuts: Shortcuts) -> Message:
    """How many cues are suspected, or whether none is or the images are too few to tell; and what that means."""
    if shortcuts.suspected:
        return _suspicion(len(shortcuts.suspected))
    if shortcuts.left_open:
        return _left_open(shortcuts, shortcuts.left_open[0])
    strongest = max(shortcuts.of.values(), key=lambda finding: finding.accuracy)
    return say(
        "None of these cues comes close to telling the classes: the best of them, {cue}, is right on "
        "{accuracy:.0%}, always answering the most frequent class on {guessing:.0%}. That speaks "
        "against these shortcuts, not against all.",
        cue=say(strongest.cue.told),
        accuracy=strongest.accuracy,
        guessing=shortcuts.guessing,
    )


def _suspicion(cues: int) -> Message:
    return say_count(
        "{count} cue tells the classes clearly better than guessing, without a look at what is in the picture. It may "
        "be real, or an artefact of how the images were made: look at it below before you trust the net.",
        "{count} cues tell the classes clearly better than guessing, without a look at what is in the picture. They "
        "may be real, or artefacts of how the images were made: look at them below before you trust the net.",
        count=cues,
    )


def _left_open(shortcuts: Shortcuts, strongest: CueFinding) -> Message:
    low, high = strongest.interval
    return say(
        "Too few validation images to tell: {cue} alone is right on {accuracy:.0%}, which can mean {low:.0%} to "
        "{high:.0%}, and a cue is suspected from {threshold:.0%} on. Neither suspected nor ruled out; more validation "
        "images would decide it.",
        cue=say(strongest.cue.told),
        accuracy=strongest.accuracy,
        low=low,
        high=high,
        threshold=shortcuts.threshold,
    )


def told(shortcuts: Shortcuts, finding: CueFinding) -> Message:
    """How much a cue tells that is suspected, and what that means."""
    return say(
        "From {cue} alone, {accuracy:.0%} of the validation images get the right class, {guessing:.0%} by guessing the "
        "most frequent one: {strength:.0%} of what guessing gets wrong is found. A net can use that instead of what is "
        "in the picture. {meaning}",
        cue=say(finding.cue.told),
        accuracy=finding.accuracy,
        guessing=shortcuts.guessing,
        strength=shortcuts.strength(finding),
        meaning=say(finding.cue.meaning),
    )
