"""The order in which the parts of Layerlab may know each other."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Inside core, a part may import itself and the parts above it. The training stands apart: it may import the others.
CORE_ORDER = (
    "message",
    "errors",
    "workspace",
    "problem",
    "interval",
    "dataset",
    "quality",
    "split",
    "augmentation",
    "architecture",
    "objective",
    "memory",
    "recipe_errors",
    "recipe",
    "recipe_changes",
    "net_file",
    "runs",
    "tuning",
    "evaluation",
    "doctor",
    "lessons",
    "report",
    "export",
    "cli",
    "__main__",
)
MAY_IMPORT = {"app": {"ui", "core"}, "pages": {"ui", "core"}, "ui": {"ui", "core"}, "core": {"core"}}

# Alembic runs this file itself, in a context that an import does not have.
RUN_BY_ALEMBIC = "core.runs.migrations.env"


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def part(name: str) -> str:
    """``core.dataset.store`` and ``core.dataset`` are both in the part ``dataset``; ``core`` itself is in none."""
    return [*name.split("."), ""][1]


def imported_modules(path: Path) -> list[str]:
    """The modules that the file imports; of ``from core import recipe``, both ``core`` and ``core.recipe``."""
    names = []
    for node in _run_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            base = _base(node, path)
            names += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return names


def _run_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The syntax tree below ``node``, without what only type checkers read."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from _run_nodes(child)


def _base(node: ast.ImportFrom, path: Path) -> str:
    if node.level == 0:
        return node.module or ""
    package = path.relative_to(ROOT).parent.parts
    return ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])


def is_from(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


SCREENS = [ROOT / "app.py", *sources("pages")]
CORE = sources("core")
PLAIN_CORE = [path for path in CORE if not is_from(module_name(path), "core.training")]
EVERYTHING = [*SCREENS, *sources("ui"), *CORE]

IMPORT_ONE_BY_ONE = """
import importlib, sys
forbidden = {forbidden!r}
seen = set()
for name in {names!r}:
    importlib.import_module(name)
    brought = sorted((set(forbidden) & set(sys.modules)) - seen)
    seen.update(brought)
    if brought:
        print(name, "loads", *brought)
"""


@pytest.mark.parametrize(
    ("modules", "forbidden"),
    [
        (PLAIN_CORE, ("streamlit", "tensorflow", "keras")),
        (sources("ui"), ("tensorflow", "keras")),
    ],
    ids=["core without its training", "ui"],
)
def test_a_fresh_interpreter_stays_light(modules, forbidden):
    names = [module_name(path) for path in modules]
    names = [name for name in names if name != RUN_BY_ALEMBIC and not name.endswith("__main__")]
    assert names
    result = subprocess.run(
        [sys.executable, "-c", IMPORT_ONE_BY_ONE.format(names=names, forbidden=forbidden)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (0, ""), result.stdout + result.stderr


def test_only_the_training_names_tensorflow_and_keras():
    files = [*SCREENS, *sources("ui"), *PLAIN_CORE]
    assert _offences(files, lambda name: is_from(name, "tensorflow", "keras", "core.training")) == []


def test_core_does_not_name_streamlit():
    assert _offences(CORE, lambda name: is_from(name, "streamlit")) == []


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_screens_import_what_they_share_and_that_imports_core(folder):
    files = [ROOT / "app.py"] if folder == "app" else sources(folder)
    closed = set(MAY_IMPORT) - MAY_IMPORT[folder]
    assert _offences(files, lambda name: is_from(name, *closed)) == []


def test_every_part_of_core_has_its_place_in_the_order():
    parts = {part(module_name(path)) for path in PLAIN_CORE} - {""}
    assert parts <= set(CORE_ORDER), "give the new part its place in CORE_ORDER"


@pytest.mark.parametrize("path", PLAIN_CORE, ids=module_name)
def test_a_part_of_core_imports_only_parts_above_it(path):
    own = part(module_name(path))
    below = CORE_ORDER[CORE_ORDER.index(own) + 1 :] if own else CORE_ORDER  # core/__init__.py imports nothing
    assert _offences([path], lambda name: name.startswith("core.") and part(name) in below) == []


def test_no_screen_lies_directly_under_pages():
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == []


def test_no_text_is_trusted_as_html():
    assert [str(path) for path in EVERYTHING if "unsafe_allow_html" in path.read_text(encoding="utf-8")] == []


def test_the_router_is_short():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60


def _offences(files: list[Path], is_offence: Callable[[str], bool]) -> list[str]:
    imports = [(path, name) for path in files for name in imported_modules(path)]
    return [f"{module_name(path)} imports {name}" for path, name in imports if is_offence(name)]
