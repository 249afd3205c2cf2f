from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_ledger.errors import ExportFailed
from tui_ledger.export.files import atomic_file, export_failed, make_folder, write_text


def entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_file_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_text(tmp_path / "sheet.csv", "a,b\r\n")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "sheet.csv").stat().st_mode) == 0o600
    assert (tmp_path / "sheet.csv").read_bytes() == b"a,b\r\n"
    assert entries(tmp_path) == {"sheet.csv"}


def test_the_name_appears_only_when_everything_is_written(tmp_path: Path) -> None:
    target = tmp_path / "sheet.xlsx"
    with atomic_file(target) as file:
        file.write(b"half")
        file.flush()
        assert not target.exists()
    assert target.read_bytes() == b"half"


def interrupt(target: Path, interruption: BaseException) -> None:
    with atomic_file(target, overwrite=True) as file:
        file.write(b"new")
        raise interruption


@pytest.mark.parametrize("interruption", [RuntimeError("a bug"), KeyboardInterrupt()])
def test_an_interruption_leaves_nothing_behind_and_the_old_file_as_it_was(
    tmp_path: Path, interruption: BaseException
) -> None:
    target = write_text(tmp_path / "sheet.csv", "old")
    with pytest.raises(type(interruption)):
        interrupt(target, interruption)
    assert target.read_text() == "old"
    assert entries(tmp_path) == {"sheet.csv"}


def test_an_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = write_text(tmp_path / "sheet.csv", "old")

    with pytest.raises(ExportFailed, match=r"exists already, and was left as it is: choose another name\."):
        write_text(target, "new")
    assert target.read_text() == "old"

    write_text(target, "new", overwrite=True)
    assert target.read_text() == "new"
    assert entries(tmp_path) == {"sheet.csv"}


@pytest.mark.parametrize("has_hard_links", [True, False])
def test_a_file_that_appears_while_writing_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_hard_links: bool
) -> None:
    if not has_hard_links:
        monkeypatch.setattr(os, "link", refuse_links)
    target = tmp_path / "sheet.csv"
    with pytest.raises(ExportFailed, match="exists already"):
        write_while(target, lambda: target.write_text("theirs"))
    assert target.read_text() == "theirs"
    assert entries(tmp_path) == {"sheet.csv"}


def write_while(target: Path, happens: Callable[[], object], overwrite: bool = False) -> None:
    with atomic_file(target, overwrite) as file:
        file.write(b"ours")
        happens()


def refuse_links(*paths: object, **options: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse_links)
    write_text(tmp_path / "sheet.csv", "text")
    assert (tmp_path / "sheet.csv").read_text() == "text"
    assert entries(tmp_path) == {"sheet.csv"}


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("is_dangling", [False, True])
def test_a_symbolic_link_is_never_followed(tmp_path: Path, overwrite: bool, is_dangling: bool) -> None:
    victim, link = tmp_path / "victim", tmp_path / "sheet.csv"
    if not is_dangling:
        victim.write_text("precious")
    link.symlink_to(victim)

    with pytest.raises(ExportFailed, match="symbolic link"):
        write_text(link, "text", overwrite)

    assert link.is_symlink()
    assert victim.exists() is not is_dangling
    assert is_dangling or victim.read_text() == "precious"


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_link_put_in_the_way_while_writing_is_not_followed(tmp_path: Path, overwrite: bool) -> None:
    victim, target = tmp_path / "victim", tmp_path / "sheet.csv"
    victim.write_text("precious")

    with pytest.raises(ExportFailed):
        write_while(target, lambda: target.symlink_to(victim), overwrite)

    assert victim.read_text() == "precious"
    assert entries(tmp_path) == {"victim", "sheet.csv"}


@pytest.mark.parametrize("overwrite", [False, True])
def test_folders_and_devices_are_never_replaced(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ExportFailed, match="it is a folder: name a file in it"):
        write_text(tmp_path / "folder", "text", overwrite)
    with pytest.raises(ExportFailed, match="no regular file"):
        write_text(tmp_path / "pipe", "text", overwrite)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("missing/sheet.csv", "there is no folder"),
        ("file/sheet.csv", "is no folder"),
        ("x" * 300, "its name is too long"),
        ("a\0b", "its name holds a NUL character"),
        (".", "it is a folder"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_named_in_one_sentence(tmp_path: Path, place: str, reason: str) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ExportFailed, match=reason) as raised:
        write_text(tmp_path / place, "text")

    assert "\n" not in str(raised.value)
    assert str(raised.value).endswith("No half file was left.")
    assert entries(tmp_path) == {"file"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ExportFailed, match="may not be written to"):
            write_text(tmp_path / "sheet.csv", "text")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="there is no /sys, which takes no files from anybody")
def test_a_folder_that_takes_no_files_from_anybody_is_named() -> None:
    with pytest.raises(ExportFailed, match=r"the folder /sys (may not be|is on a medium that cannot be) written to"):
        write_text(Path("/sys/sheet.csv"), "text")


FILL_THE_DISK = """
import resource, signal, sys
from pathlib import Path
from tui_ledger.errors import ExportFailed
from tui_ledger.export.files import write_text
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_text(Path(sys.argv[1]), "x" * 100_000, overwrite=True)
except ExportFailed as refusal:
    print(refusal)
"""


@pytest.mark.parametrize("has_earlier", [False, True])
def test_when_the_system_takes_no_more_bytes_no_half_file_is_left(tmp_path: Path, has_earlier: bool) -> None:
    target = tmp_path / "sheet.csv"
    if has_earlier:
        target.write_text("old")

    run = subprocess.run([sys.executable, "-c", FILL_THE_DISK, str(target)], capture_output=True, text=True, check=True)

    assert "larger than this system allows" in run.stdout
    assert run.stderr == ""
    assert entries(tmp_path) == ({"sheet.csv"} if has_earlier else set())
    assert not has_earlier or target.read_text() == "old"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "cannot be written to"),
        (errno.EIO, "cannot be read or written"),
    ],
)
def test_what_the_system_says_becomes_the_reason(tmp_path: Path, number: int, reason: str) -> None:
    with pytest.raises(ExportFailed, match=reason), atomic_file(tmp_path / "sheet.csv"):
        raise OSError(number, os.strerror(number))
    assert entries(tmp_path) == set()


def test_a_full_disk_is_named_where_it_is_not_the_files_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert "the disk is full. No half" in str(export_failed(tmp_path / "sheet.xlsx", full))
    if Path("/proc/self").exists():  # a file system with no room at all
        monkeypatch.setattr("tempfile.tempdir", "/proc")
        assert "the disk is full that holds /proc, where its parts" in str(export_failed(tmp_path / "sheet.xlsx", full))


def test_a_folder_that_is_there_and_takes_no_files_is_not_said_to_be_missing(tmp_path: Path) -> None:
    missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    assert f"{tmp_path} may not be written to" in str(export_failed(tmp_path / "sheet.xlsx", missing))
    assert "there is no folder" in str(export_failed(tmp_path / "none" / "sheet.xlsx", missing))


WRITE_A_LARGE_STATEMENT = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from tui_ledger.errors import ExportFailed
from tui_ledger.export.workbook import write_statement
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.reports.balance_sheet import balance_sheet
with Ledger.in_memory(currency="EUR") as ledger, ledger.write():
    for number in range(400):
        ledger.open_account(f"Assets:Account {number}", AccountType.ASSET)
    report = balance_sheet(ledger, show_zero=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write_statement(report, Path(sys.argv[1]), created=datetime.now(UTC))
except ExportFailed as refusal:
    print(refusal)
"""


def test_a_statement_whose_parts_find_no_room_leaves_none_of_them(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE_A_LARGE_STATEMENT, str(tmp_path / "sheet.xlsx")]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    )

    assert "larger than this system allows" in run.stdout
    assert run.stderr == ""
    assert entries(tmp_path) == set()


def test_control_characters_of_a_path_do_not_reach_the_message(tmp_path: Path) -> None:
    with pytest.raises(ExportFailed) as raised:
        write_text(tmp_path / "no\x1b[31m" / "sheet.csv", "text")
    assert "\x1b" not in str(raised.value)


def test_a_new_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    made = make_folder(tmp_path / "exports")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert make_folder(made) == made

    (tmp_path / "file").write_text("")
    with pytest.raises(ExportFailed):
        make_folder(tmp_path / "file" / "exports")
