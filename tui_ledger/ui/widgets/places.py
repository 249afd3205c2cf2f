"""Which places of a drawn line can be chosen? By a click, or by a letter of the jump."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Place:
    """A region within the widget that drew it, and Textual's name of what is done there: `app.go('journal')`."""

    region: Region
    action: str


class PlacesWidget(Widget):
    """A widget that draws several things which can be chosen."""

    ALLOW_SELECT = False

    def places(self) -> Sequence[Place]:
        """What can be chosen here now, as it is drawn."""
        raise NotImplementedError

    async def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1:
            return
        chosen = next((place for place in self.places() if place.region.contains_point(offset)), None)
        if chosen is not None:
            event.stop()
            await self.run_action(chosen.action)
