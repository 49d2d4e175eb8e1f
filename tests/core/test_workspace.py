from pathlib import Path

import pytest

from core.workspace import Workspace


def test_a_workspace_is_one_folder_with_a_database_in_it(tmp_path: Path) -> None:
    workspace = Workspace.at(tmp_path)

    assert workspace.database_url == f"sqlite:///{tmp_path}/layerlab.db"
    assert (workspace.datasets, workspace.runs, workspace.logs) == tuple(
        tmp_path / name for name in ("datasets", "runs", "logs")
    )


ENVIRONMENTS = [
    ({}, "{here}/workspace", "sqlite:///{here}/workspace/layerlab.db"),
    ({"LAYERLAB_HOME": ""}, "{here}/workspace", "sqlite:///{here}/workspace/layerlab.db"),
    ({"LAYERLAB_HOME": "그림"}, "{here}/그림", "sqlite:///{here}/그림/layerlab.db"),
    ({"LAYERLAB_HOME": "/srv/lab"}, "/srv/lab", "sqlite:////srv/lab/layerlab.db"),
    ({"LAYERLAB_DATABASE_URL": ""}, "{here}/workspace", "sqlite:///{here}/workspace/layerlab.db"),
    ({"LAYERLAB_DATABASE_URL": "postgresql://db/lab"}, "{here}/workspace", "postgresql://db/lab"),
]


@pytest.mark.parametrize(("environment", "home", "database_url"), ENVIRONMENTS)
def test_the_environment_names_the_workspace(tmp_path, monkeypatch, environment, home, database_url) -> None:
    monkeypatch.chdir(tmp_path)

    workspace = Workspace.from_environment(environment)

    assert workspace.home == Path(home.format(here=tmp_path))
    assert workspace.database_url == database_url.format(here=tmp_path)


@pytest.mark.parametrize("environment", [environment for environment, *_ in ENVIRONMENTS])
def test_another_process_finds_the_same_workspace_from_another_folder(tmp_path, monkeypatch, environment) -> None:
    monkeypatch.chdir(tmp_path)
    workspace = Workspace.from_environment(environment)
    monkeypatch.chdir("/")

    assert Workspace.from_environment(workspace.environment()) == workspace


def test_naming_a_workspace_makes_nothing(tmp_path: Path) -> None:
    Workspace.at(tmp_path / "new")

    assert list(tmp_path.iterdir()) == []
