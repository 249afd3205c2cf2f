"""Which toasts stand at once? As few as can be read: a new one takes the place of the one that would go first."""

from __future__ import annotations

from collections.abc import Iterable

from textual.notifications import Notification

MOST_AT_ONCE = 2


def out_of_the_way(standing: Iterable[Notification]) -> list[Notification]:
    """Of all toasts, oldest first, those that make room: the latest stays, and of the others what is shown longest."""
    earlier = sorted(list(standing)[:-1], key=lambda one: one.raised_at + one.timeout)
    return earlier[: max(0, len(earlier) + 1 - MOST_AT_ONCE)]
