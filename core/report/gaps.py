"""What a report would not have, since nobody has done it yet."""

from collections.abc import Mapping
from typing import Final

from core.message import Message, mark, say
from core.report.kept import Kept
from core.runs.analyses import AnalysisKind

NO_TEST: Final = mark("Nobody has opened the test set for the model of this run, so there is no test figure.")
NO_BASELINES: Final = mark("The baselines have not been trained yet.")
NO_SHORTCUTS: Final = mark("Nobody has looked for shortcuts yet.")
NO_PAIRS: Final = mark("The images have not been searched for look-alikes, so only identical ones are known.")
NO_RUN_BEFORE: Final = mark("There is no trained run before this one in the project.")


def gaps(kept: Kept) -> tuple[Message, ...]:
    """One sentence for each; the same that the report says in its place."""
    missing: Mapping[str, bool] = {
        NO_TEST: kept.test is None,
        NO_BASELINES: not kept.has(AnalysisKind.BASELINES),
        NO_SHORTCUTS: not kept.dataset.predicts_numbers and not kept.has(AnalysisKind.SHORTCUTS),
        NO_PAIRS: not kept.has_pairs,
        NO_RUN_BEFORE: kept.before is None,
    }
    return tuple(say(sentence) for sentence, is_missing in missing.items() if is_missing)
