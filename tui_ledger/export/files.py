"""How does a file get to its place whole or not at all?"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tui_ledger.errors import ExportFailed
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger.flushing import flush_folder
from tui_ledger.ledger.locations import aside_name
from tui_ledger.ledger.placing import linked
from tui_ledger.text import clean
from tui_ledger.words import N_, Said

_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)

_REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EFBIG: N_("it would be larger than this system allows"),
    errno.EACCES: N_("the folder {folder} may not be written to"),
    errno.EPERM: N_("the folder {folder} may not be written to"),
    errno.EROFS: N_("the folder {folder} is on a medium that cannot be written to"),
    errno.ENOENT: N_("there is no folder {folder}"),
    errno.ENOTDIR: N_("{folder} is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.EEXIST: N_("it exists already, and was left as it is"),
}


_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def atomic_file(path: Path, overwrite: bool = False) -> Iterator[BinaryIO]:
    """A new file to write to, readable by its owner only, that takes its name when the block ends without error.

    It is written aside in the same folder and flushed to the disk first. An existing regular file is replaced only
    with `overwrite`; symbolic links, folders and devices never. On any failure nothing is left behind, and what the
    system refused is raised as ExportFailed; other exceptions of the block pass through.
    """
    aside: Path | None = None
    try:
        _refuse_in_the_way(path, overwrite)
        aside = aside_name(path)
        with os.fdopen(os.open(aside, _NEW_FILE, _FILE_MODE), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(aside, path, overwrite)
        aside = None
        flush_folder(path.parent)
    except OSError as problem:
        raise export_failed(path, problem) from problem
    finally:
        if aside is not None:
            with suppress(OSError):
                aside.unlink()


def write_text(path: Path, text: str, overwrite: bool = False) -> Path:
    """Writes a text as UTF-8 by `atomic_file`; line ends stay as they are."""
    with atomic_file(path, overwrite) as file:
        file.write(text.encode("utf-8", errors="replace"))
    return path


def write_pieces(path: Path, pieces: Iterable[str], overwrite: bool = False) -> Path:
    """Writes a text that comes in pieces, as `write_text` does; what making them raises leaves no file."""
    with atomic_file(path, overwrite) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", errors="replace"))
    return path


def make_folder(folder: Path) -> Path:
    """Makes a folder only its owner can enter, where there is none yet; raises ExportFailed."""
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as problem:
        raise export_failed(folder, problem) from problem
    return folder


def export_failed(path: Path, problem: OSError) -> ExportFailed:
    """The sentence for what the system refused."""
    number = problem.errno or 0
    if number == errno.ENOENT and path.parent.is_dir():
        number = errno.EACCES
    if problem.errno in _FULL and (aside := _fuller_folder(path)) is not None:
        full = N_("the disk is full that holds {aside}, where its parts are kept meanwhile")
        return ExportFailed(path=shown_path(path), reason=Said(full, aside=shown_path(aside)))
    known = _REASONS.get(number)
    if known is not None:
        return ExportFailed(path=shown_path(path), reason=Said(known, folder=shown_path(path.parent)))
    return ExportFailed(path=shown_path(path), reason=system_reason(problem) or N_("the system refused"))


def _fuller_folder(path: Path) -> Path | None:
    """The folder for temporary files, where that has less room than the file's own."""
    import tempfile
    from shutil import disk_usage

    with suppress(OSError):
        aside = Path(tempfile.gettempdir())
        return aside if disk_usage(aside).free < disk_usage(path.parent).free else None
    return None


def shown_path(path: Path) -> str:
    """A path as it may be shown: without control characters."""
    return clean(str(path))


def _refuse_in_the_way(path: Path, overwrite: bool) -> None:
    if "\0" in str(path):
        raise ExportFailed(path=shown_path(path), reason=N_("its name holds a NUL character: choose another name"))
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise ExportFailed(path=shown_path(path), reason=N_("it is a symbolic link: name the file itself"))
    if stat.S_ISDIR(mode):
        raise ExportFailed(path=shown_path(path), reason=N_("it is a folder: name a file in it"))
    if not stat.S_ISREG(mode):
        raise ExportFailed(path=shown_path(path), reason=N_("it is no regular file: choose another name"))
    if not overwrite:
        raise ExportFailed(
            path=shown_path(path), reason=N_("it exists already, and was left as it is: choose another name")
        )


def _put_in_place(aside: Path, path: Path, overwrite: bool) -> None:
    """A rename replaces whatever took the name meanwhile, so without `overwrite` the name is taken by a link."""
    if overwrite:
        _refuse_in_the_way(path, overwrite)
        aside.replace(path)
    elif linked(aside, path):
        aside.unlink()
    else:
        _moved_onto_new(aside, path)


def _moved_onto_new(aside: Path, path: Path) -> None:
    os.close(os.open(path, _NEW_FILE, _FILE_MODE))
    try:
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
