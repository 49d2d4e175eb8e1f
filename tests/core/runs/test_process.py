import os
import subprocess
import sys
from dataclasses import replace

from core.runs.process import Process
from tests.core.runs.builders import ELSEWHERE, eventually

WAIT_FOR_STDIN = [sys.executable, "-c", "input()"]


def test_this_process_is_alive_and_can_be_written_down():
    process = Process.of(os.getpid())
    assert process.is_here
    assert process.is_alive
    assert Process.parse(str(process)) == process


def test_a_number_that_another_process_has_now_is_not_taken_for_the_old_one():
    assert not replace(Process.of(os.getpid()), began="earlier").is_alive


def test_a_process_of_another_machine_is_not_judged_here():
    assert not ELSEWHERE.is_here
    assert not ELSEWHERE.is_alive


def test_a_zombie_is_not_alive():
    with subprocess.Popen(WAIT_FOR_STDIN, stdin=subprocess.PIPE) as child:
        process = Process.of(child.pid)
        assert process.is_alive
        child.kill()
        eventually(lambda: not process.is_alive)
        assert child.returncode is None, "nobody has reaped it yet"


def test_a_process_that_does_not_listen_is_made_to_end():
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", deaf], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "deaf\n"
        Process.of(child.pid).end(patience_seconds=0.1)
        assert child.wait(30) == -9
