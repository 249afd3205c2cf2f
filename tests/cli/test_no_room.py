"""A report for which the system has no room: one line, status 1, and neither half a file nor parts of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui_ledger.demo import make_demo

WRITE_EACH = """
import contextlib, io, json, resource, signal, sys
from tui_ledger.cli.run import run
book, *commands = sys.argv[1:]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, 64_000))
found = []
for command in commands:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(["--book", book, *command.split()])
    found.append([status, out.getvalue(), err.getvalue()])
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"))


def test_no_format_leaves_half_a_file_where_the_system_takes_no_more_bytes(demo: Path, tmp_path: Path) -> None:
    target, parts = tmp_path / "target", tmp_path / "parts"
    target.mkdir()
    parts.mkdir()
    (target / "earlier.csv").write_text("line,currency\n")
    names = [f"gl.{ending}" for ending in ("csv", "html", "json", "txt", "xlsx")]
    commands = [f"report general-ledger --from 2024-01-01 -o {target / name}" for name in [*names, "earlier.csv"]]
    commands += [f"export -o {target / 'whole.xlsx'}"]

    run = subprocess.run(
        [sys.executable, "-c", WRITE_EACH, str(demo), *commands],
        capture_output=True, text=True, check=True, env={**os.environ, "TMPDIR": str(parts)},
    )  # fmt: skip

    for status, out, err in json.loads(run.stdout):
        assert (status, out) == (1, "")
        assert err.count("\n") == 1
        assert "it would be larger than this system allows. No half file was left." in err
    assert {path.name: path.read_text() for path in target.iterdir()} == {"earlier.csv": "line,currency\n"}
    assert list(parts.iterdir()) == []
    assert run.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full to write an answer to")
@pytest.mark.parametrize(
    "command", ["report balance-sheet --json", "report general-ledger --format csv", "report list"]
)
def test_an_answer_nobody_can_take_is_said_in_one_line(demo: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "tui_ledger", str(demo), *command.split()],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert run.returncode == 1
    assert run.stderr == "tui-ledger: The answer could not be written (no room is left on the disk).\n"
