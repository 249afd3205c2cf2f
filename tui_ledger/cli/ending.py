"""What becomes of a command that the system asks to end? What it began is put in order, and it says so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ASKS_TO_END = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class AskedToEnd(BaseException):
    """The system asked the program to end; not caught on the way, as a KeyboardInterrupt is not."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Inside, a request to end raises AskedToEnd, so that a file that is being written is taken away and a write to the
    book taken back. What the caller wants otherwise, such as to outlive its terminal, holds; so does it in a thread."""
    taken = _left_to_the_system()
    for one in taken:
        signal.signal(one, _end)
    try:
        yield
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)


@contextmanager
def ending_at_once() -> Iterator[None]:
    """Inside, where the screen is drawn, the program ends as the system ends it."""
    taken = [one for one in _ASKS_TO_END if signal.getsignal(one) is _end]
    for one in taken:
        signal.signal(one, signal.SIG_DFL)
    try:
        yield
    finally:
        for one in taken:
            signal.signal(one, _end)


def _left_to_the_system() -> list[signal.Signals]:
    if threading.current_thread() is not threading.main_thread():
        return []
    return [one for one in _ASKS_TO_END if signal.getsignal(one) is signal.SIG_DFL]


def _end(number: int, _frame: FrameType | None) -> None:
    raise AskedToEnd(number)
