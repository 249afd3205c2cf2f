"""How does long work beside the screen end when nobody waits for it any more? At its next step."""

from __future__ import annotations

from collections.abc import Callable

from textual.worker import Worker


class WorkEnded(Exception):
    """The work was cancelled: whoever asked for it left, or asked anew."""


def ended_with(worker: Worker[object]) -> Callable[[int, int], None]:
    """What long work calls with (done, total) as it goes on; raises WorkEnded once its worker is cancelled."""

    def check(done: int, total: int) -> None:
        del done, total
        if worker.is_cancelled:
            raise WorkEnded

    return check
