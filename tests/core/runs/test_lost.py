import signal

import pytest

from core.runs.lost import ended_message, shut_down_message, silent_message

KILLED, CRASHED, WORDLESS = "was killed, most likely because memory ran out", "crashed in native code", "without a word"


@pytest.mark.parametrize(
    ("exit_code", "reason"),
    [
        (-signal.SIGKILL, KILLED),
        (-signal.SIGSEGV, f"{CRASHED} (signal SIGSEGV)"),
        (-signal.SIGBUS, f"{CRASHED} (signal SIGBUS)"),
        (-signal.SIGABRT, f"{CRASHED} (signal SIGABRT)"),
        (-signal.SIGILL, f"{CRASHED} (signal SIGILL)"),
        (-signal.SIGFPE, f"{CRASHED} (signal SIGFPE)"),
        (-signal.SIGTERM, WORDLESS),
        (3, WORDLESS),
        (0, WORDLESS),
        (None, WORDLESS),
    ],
)
def test_a_run_whose_process_is_gone_says_why_what_to_do_and_where_its_log_is(workspace, exit_code, reason):
    sentence = str(ended_message(workspace, "mine", exit_code))
    assert reason in sentence
    assert "ontinue the run from its last checkpoint" in sentence
    assert str(workspace.runs / "mine" / "worker.log") in sentence


def test_a_run_that_was_ended_can_be_continued(workspace):
    for message in (silent_message(workspace, "mine", 60), shut_down_message()):
        assert "Continue the run from its last checkpoint" in str(message)
