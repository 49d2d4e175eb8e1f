"""What the cues found, in words."""

from core.evaluation.simple_methods.shortcuts import CueFinding, Shortcuts
from core.message import Message, say, say_count


def summary(shortcuts: Shortcuts) -> Message:
    """How many cues are suspected, and what that means."""
    suspected = shortcuts.suspected
    if not suspected:
        strongest = max(shortcuts.of.values(), key=lambda finding: finding.accuracy)
        return say(
            "None of these cues comes close to telling the classes: the best of them, {cue}, is right on "
            "{accuracy:.0%}, always answering the most frequent class on {guessing:.0%}. That speaks "
            "against these shortcuts, not against all.",
            cue=say(strongest.cue.told),
            accuracy=strongest.accuracy,
            guessing=shortcuts.guessing,
        )
    return say_count(
        "{count} cue tells the classes clearly better than guessing, without a look at what is in the picture. It may "
        "be real, or an artefact of how the images were made: look at it below before you trust the net.",
        "{count} cues tell the classes clearly better than guessing, without a look at what is in the picture. They "
        "may be real, or artefacts of how the images were made: look at them below before you trust the net.",
        count=len(suspected),
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
