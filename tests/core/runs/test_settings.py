import os
import subprocess

import pytest

from core.runs.engine import ENGINE
from core.runs.process import PROJECT_ROOT
from core.runs.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("environment", "settings"),
    [
        ({}, Settings(1, has_spare=True)),
        ({"LAYERLAB_SLOTS": "", "LAYERLAB_SPARE": ""}, Settings(1, has_spare=True)),
        ({"LAYERLAB_SLOTS": "3", "LAYERLAB_SPARE": "on"}, Settings(3, has_spare=True)),
        ({"LAYERLAB_SPARE": "off"}, Settings(1, has_spare=False)),
    ],
)
def test_the_environment_says_how_the_machine_is_used(environment, settings):
    assert Settings.from_environment(environment) == settings


@pytest.mark.parametrize(
    "environment",
    [
        *({"LAYERLAB_SLOTS": value} for value in ("0", "-1", "1.5", "two", "²", " ")),
        *({"LAYERLAB_SPARE": value} for value in ("no", "OFF", "0")),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_variable(environment):
    [(variable, value)] = environment.items()
    with pytest.raises(SettingsError, match=f"^{variable} says .* not '{value}'"):
        Settings.from_environment(environment)


@pytest.mark.parametrize(("slots", "cores", "threads"), [(1, 2, 2), (2, 8, 4), (3, 8, 2), (4, 2, 1)])
def test_each_run_has_its_share_of_the_cores(slots, cores, threads):
    assert Settings(slots).threads(cores) == threads


def test_an_engine_with_a_wrong_setting_says_so_and_ends(workspace):
    environment = os.environ | workspace.environment() | {"LAYERLAB_SLOTS": "many"}
    result = subprocess.run(ENGINE, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith("layerlab: LAYERLAB_SLOTS says how many runs")
    assert result.stderr.count("\n") == 1
