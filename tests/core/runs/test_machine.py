from pathlib import Path

from core.runs.machine import has_gpu


def test_a_graphics_card_is_known_by_its_tool(tmp_path, monkeypatch):
    tool = tmp_path / "nvidia-smi"
    tool.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert has_gpu()


def test_without_tool_and_device_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert has_gpu() is Path("/dev/nvidia0").exists()
