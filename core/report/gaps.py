"""What a report would not have, since nobody has done it yet."""

from collections.abc import Mapping
from typing import Final

from core.message import Message, mark, say
from core.report.kept import Kept

NO_TEST: Final = mark("The test set has not been opened for this run, so there is no test figure.")
NO_BASELINES: Final = mark("The baselines have not been trained yet.")
NO_SHORTCUTS: Final = mark("Nobody has looked for shortcuts yet.")
NO_PAIRS: Final = mark("The images have not been searched for look-alikes, so only identical ones are known.")
NO_RUN_BEFORE: Final = mark("There is no trained run before this one in the project.")


def gaps(kept: Kept) -> tuple[Message, ...]:
    """One sentence for each; the same that the report says in its place."""
    missing: Mapping[str, bool] = {
        NO_TEST: kept.test is None,
        NO_BASELINES: kept.baselines is None,
        NO_SHORTCUTS: kept.shortcuts is None and not kept.dataset.predicts_numbers,
        NO_PAIRS: kept.pairs is None,
        NO_RUN_BEFORE: kept.before is None,
    }
    return tuple(say(sentence) for sentence, is_missing in missing.items() if is_missing)
