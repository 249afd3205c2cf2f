"""How long until the workbench has painted? Measured from outside, through a pseudo-terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

COLUMNS, LINES = 120, 40
_PATIENCE = 30.0
_QUIT = b"\x11"


def first_paint(book: Path, sign: bytes) -> tuple[float, float]:
    """Seconds from starting the workbench on a book until `sign` stands on the screen, and its peak memory in MB."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), LINES=str(LINES))
        os.execv(sys.executable, [sys.executable, "-m", "tui_ledger", str(book)])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        painted = _until(terminal, sign) - started
        os.write(terminal, _QUIT)
        return painted, _peak_megabytes(child, terminal)
    finally:
        os.close(terminal)


def _until(terminal: int, sign: bytes) -> float:
    seen, deadline = b"", time.perf_counter() + _PATIENCE
    while time.perf_counter() < deadline:
        if select.select([terminal], [], [], 0.05)[0]:
            seen += os.read(terminal, 65_536)
            if sign in seen:
                return time.perf_counter()
    raise TimeoutError(f"the workbench did not show {sign!r} within {_PATIENCE:.0f} s")


def _peak_megabytes(child: int, terminal: int) -> float:
    deadline = time.perf_counter() + _PATIENCE
    while time.perf_counter() < deadline:
        with contextlib.suppress(OSError):
            if select.select([terminal], [], [], 0.05)[0]:
                os.read(terminal, 65_536)
        ended, _, used = os.wait4(child, os.WNOHANG)
        if ended:
            return used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise TimeoutError("the workbench did not quit")
