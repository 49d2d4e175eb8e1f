import subprocess
import sys

from core.runs.locks import engine_lock, hold_web_lock, is_web_alive
from core.runs.process import PROJECT_ROOT

HOLD = """
import sys
from core.runs.locks import hold_web_lock
from core.workspace import Workspace
lock = hold_web_lock(Workspace.from_environment())
print("held", flush=True)
input()
"""


def test_an_exclusive_lock_has_one_holder(workspace):
    lock, other = engine_lock(workspace), engine_lock(workspace)
    assert lock.acquire()
    assert not other.acquire()
    lock.release()
    assert not lock.is_held
    assert other.acquire()


def test_several_web_processes_share_their_lock(workspace):
    assert not is_web_alive(workspace)
    first, second = hold_web_lock(workspace), hold_web_lock(workspace)
    first.release()
    assert is_web_alive(workspace)
    second.release()
    assert not is_web_alive(workspace)


def test_the_lock_of_a_killed_web_process_is_free(workspace):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT_ROOT,
        env={"LAYERLAB_HOME": str(workspace.home)},
    ) as web:
        assert web.stdout.readline() == b"held\n"
        assert is_web_alive(workspace)
        web.kill()
        web.wait()
    assert not is_web_alive(workspace)
