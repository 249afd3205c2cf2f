"""How long from a key until the screen has been drawn? Through a pseudo-terminal, ours and hledger-ui in turn."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.terminal import COLUMNS, LINES

SILENCE = 0.03
"""So long nothing comes, and what came last was the end of the drawing."""
PATIENCE = 60.0
DOWN, UP, PAGE_DOWN, PAGE_UP, HOME, END = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~", b"\x1b[H", b"\x1b[F"
ENTER = b"\r"

_COUNTED = re.compile(rb"[0-9,]+ transactions?")


class Terminal:
    """A program on a pseudo-terminal, and what it writes."""

    def __init__(self, child: int, terminal: int) -> None:
        self.child, self._terminal = child, terminal

    def press(self, key: bytes, within: float = PATIENCE) -> float:
        """Seconds from a key to the last byte that was drawn for it."""
        self.settle(0.002)
        started = time.perf_counter()
        os.write(self._terminal, key)
        return self._drawn(started + within) - started

    def press_until(self, key: bytes, sign: re.Pattern[bytes]) -> float:
        """Seconds from a key until something like `sign` has been drawn."""
        self.settle(0.002)
        started = time.perf_counter()
        os.write(self._terminal, key)
        self.wait_for(sign)
        return time.perf_counter() - started

    def type(self, keys: Sequence[bytes]) -> None:
        """Keys one after the other, each drawn before the next."""
        for key in keys:
            self.press(key)

    def settle(self, silence: float) -> None:
        """Reads what is still being drawn."""
        while select.select([self._terminal], [], [], silence)[0]:
            os.read(self._terminal, 1 << 16)

    def wait_for(self, sign: re.Pattern[bytes]) -> None:
        """Until something like `sign` has been drawn; raises TimeoutError."""
        seen, deadline = b"", time.perf_counter() + PATIENCE
        while sign.search(seen) is None:
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{sign.pattern!r} did not come")
            if select.select([self._terminal], [], [], 0.05)[0]:
                seen += os.read(self._terminal, 1 << 16)

    def _drawn(self, deadline: float) -> float:
        """When the last byte came: the first one is waited for, then silence."""
        last, wait = time.perf_counter(), 1.0
        while time.perf_counter() < deadline and select.select([self._terminal], [], [], wait)[0]:
            os.read(self._terminal, 1 << 16)
            last, wait = time.perf_counter(), SILENCE
        return last


@contextmanager
def running(*command: str) -> Iterator[Terminal]:
    """A program in a terminal of a usual size; killed at the end."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), LINES=str(LINES), TEXTUAL_ANIMATIONS="none")
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        yield Terminal(child, terminal)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def measure_keys(book: Path, account: str, payee: str, text: str, journal: Path, rounds: int) -> None:
    """Cursor, page, home and end in journal and register, switching screens, and filtering by a payee and by a text
    anywhere; then the same keys in hledger-ui's register of the same account in a journal of its own."""
    with running(sys.executable, "-m", "tui_ledger", str(book)) as ours:
        ours.wait_for(re.compile(re.escape(book.stem.encode())))
        ours.settle(1.0)
        switches = [ours.press(key) for _ in range(rounds) for key in (b"2", b"3", b"1")]
        ours.press(b"2")
        in_journal = _moved(ours, rounds)
        ours.type([b"\x07", *(bytes([letter]) for letter in account.encode()), ENTER])
        ours.settle(0.3)
        in_register = _moved(ours, rounds)
        ours.press(b"2")
        by_payee = [_filtered(ours, payee) for _ in range(rounds)]
        by_text = [_filtered(ours, text) for _ in range(rounds)]
    theirs = _hledger_ui(journal, account, rounds)
    _line("a key in the journal until it is drawn", in_journal, (6, 16))
    _line("a key in the register until it is drawn", in_register, (6, 16))
    if theirs:
        _line("the same keys in hledger-ui's register", theirs, None)
    _line("switching the screen", switches, (100, 100))
    _line(f"the filter {payee!r}, until what it found is drawn", by_payee, (300, 300))
    _line(f"the filter {text!r}, until what it found is drawn", by_text, (300, 300))


def _moved(screen: Terminal, rounds: int) -> list[float]:
    keys = [END, UP, UP, UP, PAGE_UP, PAGE_UP, UP, HOME, DOWN, DOWN, DOWN, PAGE_DOWN, PAGE_DOWN, DOWN]
    for key in keys:
        screen.press(key)
    return [screen.press(key) for _ in range(rounds) for key in keys]


def _filtered(screen: Terminal, word: str) -> float:
    """The last letter is what finds: the ones before are typed as fast as they are drawn."""
    screen.press(b"/")
    for letter in word[:-1]:
        screen.press(letter.encode())
    screen.settle(1.0)
    took = screen.press_until(word[-1].encode(), _COUNTED)
    screen.settle(1.0)
    screen.type([b"\x1b"])
    screen.settle(0.5)
    return took


def _hledger_ui(journal: Path, account: str, rounds: int) -> list[float]:
    if shutil.which("hledger-ui") is None:
        print("hledger-ui is not installed: not compared with it")
        return []
    with running("hledger-ui", "-f", str(journal), "--register", account) as screen:
        screen.settle(15.0)
        return _moved(screen, rounds)


def _line(name: str, times: Sequence[float], targets: tuple[float, float] | None) -> None:
    median = statistics.median(times) * 1000
    worst = statistics.quantiles(times, n=20)[-1] * 1000
    wanted = "" if targets is None else f"  {targets[0]:g}ms, {targets[1]:g}ms"
    print(f"{name:58} {median:8.2f}ms {worst:8.2f}ms of 95 %{wanted}", flush=True)
