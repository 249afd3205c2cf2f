"""What is built from the repository holds the whole program, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tui_ledger import __version__

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "tui_ledger"
PLACES = re.compile(r"(?:\.ci|assets|benchmarks|tests|tui_ledger)/.+|exports/README\.md")
SINGLE_FILES = {
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "PKG-INFO",
    "README.md",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
}

pytest.importorskip("hatchling", reason="building needs hatchling, which make installs")


def test_the_wheel_holds_every_file_of_the_package_and_the_command(tmp_path: Path) -> None:
    with zipfile.ZipFile(built("wheel", tmp_path)) as wheel:
        names = set(wheel.namelist())
        commands = wheel.read(f"tui_ledger-{__version__}.dist-info/entry_points.txt").decode()
    described = {name for name in names if name.startswith(f"tui_ledger-{__version__}.dist-info/")}
    assert "tui_ledger/py.typed" in names
    compiled = {name for name in names if name.endswith(".mo")}
    assert names - described - compiled == package_files()
    assert compiled == {name.removesuffix(".po") + ".mo" for name in names if name.endswith(".po")}
    assert f"tui_ledger-{__version__}.dist-info/licenses/LICENSE" in described
    assert "tui-ledger = tui_ledger.cli:main" in commands


def test_the_source_distribution_can_test_itself_and_holds_no_junk(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as sdist:
        names = {member.name.partition("/")[2] for member in sdist.getmembers() if member.isfile()}
    assert names >= SINGLE_FILES | package_files() | {".ci/environment", "tests/conftest.py"}
    assert {name for name in names - SINGLE_FILES if not PLACES.fullmatch(name) or "__pycache__" in name} == set()


def built(target: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    result = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    (archive,) = folder.iterdir()
    return archive


def package_files() -> set[str]:
    paths = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(CHECKOUT).as_posix() for path in paths if path.suffix != ".mo"}
