"""Where can one jump on a screen, and by which letters? Every pane, field and name that can be seen and chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textual.errors import NoWidget
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget

from tui_ledger.ui.widgets.bars import KeyBar
from tui_ledger.ui.widgets.places import PlacesWidget

HOME_ROW, ROW_ABOVE, ROW_BELOW = "asdfghjkl", "qwertyuiop", "zxcvbnm"
LETTERS = HOME_ROW + ROW_ABOVE + ROW_BELOW


@dataclass(frozen=True, slots=True)
class Target:
    """Something to jump to: a widget that takes the focus or, with an `action` of Textual's, a place on it; `at` is
    where its letters stand on the screen."""

    widget: Widget
    at: Offset
    action: str = ""

    async def take(self, screen: Screen[Any]) -> None:
        """Go there."""
        if self.action:
            await self.widget.run_action(self.action)
        else:
            screen.set_focus(self.widget)


def targets_on(screen: Screen[Any]) -> list[Target]:
    """What can be jumped to: what takes the focus first, then names that can be chosen, each from top to bottom.

    What is scrolled out of sight is left out; the bar of keys has keys of its own.
    """
    panes = [Target(widget, at) for widget in screen.focus_chain if (at := _seen_at(screen, widget)) is not None]
    names = [target for widget in screen.query(PlacesWidget) for target in _names_on(screen, widget)]
    return [*sorted(panes, key=_reading_order), *sorted(names, key=_reading_order)]


def jump_letters(count: int) -> list[str]:
    """So many labels, the home row first; no label begins another, and none is longer than it has to be."""
    singles, length = len(LETTERS), 1
    while len(LETTERS) ** length < count:
        length += 1
    if length == 1:
        return list(LETTERS[:count])
    while singles and singles + (len(LETTERS) - singles) * len(LETTERS) ** (length - 1) < count:
        singles -= 1
    labels = list(LETTERS[:singles])
    for first in LETTERS[singles:]:
        room = min(len(LETTERS) ** (length - 1), max(count - len(labels), 0))
        labels += [first + rest for rest in jump_letters(room)]
    return labels


def placed_apart(targets: Sequence[Target], labels: Sequence[str], width: int) -> list[Offset]:
    """Where labels stand so that none covers another: at its target, or else a little to the right of it."""
    taken: set[Offset] = set()
    found = []
    for target, label in zip(targets, labels, strict=True):
        x = min(target.at.x, width - len(label))
        while any(Offset(x + step, target.at.y) in taken for step in range(len(label))) and x < width - len(label):
            x += 1
        taken.update(Offset(x + step, target.at.y) for step in range(len(label)))
        found.append(Offset(x, target.at.y))
    return found


def _names_on(screen: Screen[Any], widget: PlacesWidget) -> Iterator[Target]:
    seen = _seen(screen, widget)
    if isinstance(widget, KeyBar) or seen is None:
        return
    for place in widget.places():
        at = place.region.offset + widget.content_region.offset
        if seen.contains_point(at):
            yield Target(widget, at, place.action)


def _seen_at(screen: Screen[Any], widget: Widget) -> Offset | None:
    seen = _seen(screen, widget)
    return None if seen is None else seen.offset


def _seen(screen: Screen[Any], widget: Widget) -> Region | None:
    """The part of a widget that is in sight, or None."""
    try:
        seen = screen.find_widget(widget).visible_region
    except NoWidget:
        return None
    return seen if seen.area else None


def _reading_order(target: Target) -> tuple[int, int]:
    return target.at.y, target.at.x
