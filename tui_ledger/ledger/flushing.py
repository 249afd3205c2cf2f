"""How does what was written survive a power cut? The file is flushed, and the folder that holds its name."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def flush_file(path: Path) -> None:
    """Makes what a file holds survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder survive a power cut; systems that cannot open folders do it themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
