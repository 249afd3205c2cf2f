"""The rules of the house that no other check knows: what loads what, what lock files hold, what stands in files."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from platformdirs import user_cache_path, user_config_path, user_data_path, user_state_path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "tui_ledger"
MONEY_ROOMS = ("ledger/", "money.py", "reports/")
LONGEST_MODULE_LINES = 500
HEAVY_LIBRARIES = {"textual", "rich", "openpyxl", "babel", "psycopg"}
LOCK_FILES = ("requirements.lock", "requirements-dev.lock")
MADE_FOLDERS = {"build", "dist", "htmlcov", "__pycache__"}

# The patterns are put together here, so that this file passes its own test.
REGISTRIES = re.compile(r"\b(?:pypi|python" + r"hosted)\.org\b")
MACHINE_PATHS = re.compile(r"(?<![\w.~$}-])/" + "(?:home|Users|root|work)" + r"/\w")
ADDRESSES = re.compile(r"://|^\s*(?:-\w|--(?!hash=)\S*|[./~]\S*)| @ |\bfile:")


def test_importing_the_book_and_the_command_line_loads_no_heavy_library() -> None:
    program = "import sys, tui_ledger.ledger, tui_ledger.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = set(subprocess.check_output([sys.executable, "-c", program], text=True, cwd=CHECKOUT).split())
    assert "tui_ledger" in loaded
    assert loaded & HEAVY_LIBRARIES == set()


def test_a_test_finds_no_book_named_and_no_files_of_the_user(homes: Path) -> None:
    folders = (user_config_path, user_data_path, user_state_path, user_cache_path)
    assert [name for name in os.environ if name in ("TUI_LEDGER_BOOK", "TUI_LEDGER_STATE", "LEDGER_FILE")] == []
    assert Path.home().is_relative_to(homes)
    assert [found for found in (folder("tui-ledger") for folder in folders) if not found.is_relative_to(homes)] == []
    assert list(Path.home().iterdir()) == []


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_a_lock_file_names_no_address_and_no_path(lock_file: str) -> None:
    assert [line for line in text_lines(CHECKOUT / lock_file) if ADDRESSES.search(line)] == []


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_every_locked_requirement_has_one_version_and_a_hash(lock_file: str) -> None:
    requirements = list(locked_lines(lock_file))
    assert requirements
    assert [line for line in requirements if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    development = [wish for group in project["dependency-groups"].values() for wish in group if isinstance(wish, str)]
    assert unmet(runtime, pins("requirements.lock")) == []
    assert unmet(runtime + development, pins("requirements-dev.lock")) == []


def test_tests_run_with_the_versions_that_users_get() -> None:
    tested = pins("requirements-dev.lock")
    assert {name: tested.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


def test_no_file_names_a_path_of_one_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()}"
        for path in repository_files()
        for number, line in enumerate(text_lines(path), start=1)
        if MACHINE_PATHS.search(line) or REGISTRIES.search(line)
    ]
    assert found == []


def test_no_binary_fraction_is_made_where_money_lives() -> None:
    found = [
        f"{module}:{number}"
        for module in package_modules()
        if module.startswith(MONEY_ROOMS)
        for number, line in enumerate(text_lines(PACKAGE / module), start=1)
        if re.search(r"\bfloat\(", line)
    ]
    assert found == []


def test_every_module_says_in_its_first_line_what_it_answers() -> None:
    assert [module for module in package_modules() if not says_what_it_answers(PACKAGE / module)] == []


def test_no_module_is_too_long_to_be_one_room() -> None:
    lengths = {module: len(text_lines(PACKAGE / module)) for module in package_modules()}
    assert {module: lines for module, lines in lengths.items() if lines > LONGEST_MODULE_LINES} == {}


def package_modules() -> list[str]:
    modules = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    assert "ledger/__init__.py" in modules
    return modules


def says_what_it_answers(path: Path) -> bool:
    source = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source), clean=False) or ""
    return source.startswith(('"""', 'r"""')) and docstring.partition("\n")[0].strip() != ""


def repository_files() -> Iterator[Path]:
    """What git keeps; where there is no git, everything that is neither made nor hidden."""
    paths = [CHECKOUT / name for name in names_kept_by_git()] or list(walked())
    assert CHECKOUT / "pyproject.toml" in paths
    return (path for path in paths if path.is_file())


def names_kept_by_git() -> list[str]:
    git = shutil.which("git")
    if git is None or not (CHECKOUT / ".git").exists():
        return []
    listing = subprocess.run([git, "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=False)
    names = os.fsdecode(listing.stdout).split("\0")
    return [name for name in names if name] if "pyproject.toml" in names else []


def walked() -> Iterator[Path]:
    for folder, folders, names in os.walk(CHECKOUT):
        folders[:] = [name for name in folders if name == ".ci" or not (name.startswith(".") or name in MADE_FOLDERS)]
        yield from (Path(folder, name) for name in names)


def text_lines(path: Path) -> list[str]:
    """The lines of a text file; of any other file none."""
    content = path.read_bytes()
    return [] if b"\0" in content else content.decode("utf-8", errors="replace").splitlines()


def locked_lines(lock_file: str) -> Iterator[str]:
    """Each requirement of a lock file on one line, without the comments."""
    text = re.sub(r"^\s*#.*\n", "", (CHECKOUT / lock_file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return (line for line in text.replace("\\\n", " ").splitlines() if line.strip())


def pins(lock_file: str) -> dict[str, str]:
    requirements = (Requirement(line.partition("--hash")[0]) for line in locked_lines(lock_file))
    return {each.name: str(each.specifier).removeprefix("==") for each in requirements}


def unmet(wishes: list[str], locked: dict[str, str]) -> list[str]:
    requirements = map(Requirement, wishes)
    return [str(each) for each in requirements if each.name not in locked or locked[each.name] not in each.specifier]
