"""Draws a picture of every screen from the demo book: python assets/make_pictures.py [NAME…] (needs rsvg-convert).

The first three stand in the README; the rest are in `assets/screens`, some of them small, some without colours.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from rich.cells import cell_len

from tui_ledger.demo import DEMO_DAY, make_demo
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.app import Workbench

FOLDER = Path(__file__).parent
README = (120, 34)
SMALL, WIDE = (80, 24), (160, 44)
WIDTH, WIDTH_OF_SCREENS = 1240, 760


@dataclass(frozen=True, slots=True)
class Picture:
    """What is typed to get there, the size of the terminal in cells, and the colours."""

    keys: Sequence[str]
    size: tuple[int, int] = README
    theme: str | None = None


def _typed(text: str) -> list[str]:
    names = {" ": "space", ":": "colon", "-": "minus", ".": "full_stop", ">": "greater_than_sign", "/": "slash"}
    return [names.get(letter, letter) for letter in text]


PICTURES = {
    "accounts": Picture(("1", "down", "down")),
    "journal": Picture(("2", "n", *"pap", "enter", *"123")),
    "balance-sheet": Picture(("f4", "[")),
}
SCREENS = {
    "accounts-small": Picture(("1", "down", "down"), SMALL),
    "accounts-wide": Picture(("1", *["down"] * 5), WIDE),
    "account-menu": Picture(("1", "down", "down", "down", "m")),
    "account-edit": Picture(("1", "down", "down", "down", "E")),
    "register-small": Picture(("1", *["down"] * 5, "enter"), SMALL),
    "journal-small": Picture(("2", "end"), SMALL),
    "journal-filtered": Picture(("2", "slash", *_typed("payee:mill amount:>80"), "enter"), WIDE),
    "journal-marked": Picture(("2", "end", "space", "up", "space", "up", "space", "b")),
    "entry-small": Picture(("2", "n", *"Kiosk", "enter", "enter", *"pap"), SMALL),
    "entry-edit": Picture(("2", "end", "up", "e"), WIDE),
    "transaction-menu": Picture(("2", "end", "full_stop")),
    "history": Picture(("2", "end", "H")),
    "documents": Picture(("2", "end", "A")),
    "reports-small": Picture(("f4",), SMALL),
    "income-statement": Picture(("f4", "r", "down", "enter", "o", "tab", "tab", "space", "ctrl+s", "}", "c"), WIDE),
    "net-worth": Picture(("f4", "r", *["down"] * 4, "enter")),
    "general-ledger-small": Picture(("f4", "r", *["down"] * 5, "enter", "pagedown"), SMALL),
    "report-options": Picture(("f4", "o"), SMALL),
    "parties": Picture(("f6", "down"), WIDE),
    "parties-small": Picture(("f6",), SMALL),
    "book-menu": Picture(("f9",)),
    "opening-balances": Picture(("f9", "enter")),
    "schedules": Picture(("2", "end", "R", "ctrl+s", "f9", "down", "enter")),
    "go-to-account": Picture(("ctrl+g", *"pap")),
    "go-to-date": Picture(("2", "ctrl+t")),
    "jump": Picture(("2", "ctrl+o")),
    "palette": Picture(("ctrl+p", *"per")),
    "help": Picture(("2", "f1")),
    "keys": Picture(("question_mark",)),
    "keys-small": Picture(("question_mark",), SMALL),
    "day": Picture(("2", "end"), README, "ledger-day"),
    "clear": Picture(("2", "end"), README, "ledger-clear"),
    "plain": Picture(("2", "end"), README, "ledger-plain"),
}


def main() -> None:
    """Writes one PNG a picture: those named, or all."""
    places = {name: FOLDER / f"{name}.png" for name in PICTURES}
    places |= {name: FOLDER / "screens" / f"{name}.png" for name in SCREENS}
    wanted = sys.argv[1:] or list(places)
    (FOLDER / "screens").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(XDG_STATE_HOME=f"{folder}/state", XDG_CONFIG_HOME=f"{folder}/config")
        for place, name in enumerate(wanted):
            book = make_demo(Path(folder) / str(place))
            with Ledger.open(book, clock=lambda: datetime.combine(DEMO_DAY, time(12), UTC)) as ledger:
                drawn = asyncio.run(_drawn(ledger, (PICTURES | SCREENS)[name]))
            _write_png(_drawable(drawn), places[name], WIDTH if name in PICTURES else WIDTH_OF_SCREENS)
            sys.stdout.write(f"wrote {places[name].name}\n")


async def _drawn(ledger: Ledger, picture: Picture) -> str:
    app = Workbench(ledger, Formats(locale="en_GB"))
    async with app.run_test(size=picture.size) as pilot:
        if picture.theme is not None:
            app.theme = picture.theme
        await pilot.pause(0.5)
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause(0.15)
        await pilot.pause(0.5)
        return app.export_screenshot(title="tui-ledger")


def _drawable(svg: str) -> str:
    """No fonts from elsewhere, and leading blanks as a place further right: the renderer drops them."""
    local = re.sub(r"@font-face\s*\{[^}]*\}", "", svg).replace("Fira Code", "DejaVu Sans Mono")
    return re.sub(r'(<text[^>]*? x=")([0-9.]+)("[^>]*? textLength=")([0-9.]+)("[^>]*>)([^<]*)', _shifted, local)


def _shifted(found: re.Match[str]) -> str:
    blanks = re.match(r"(?:&#160;|\u00a0| )*", found[6])
    leading = 0 if blanks is None else len(blanks[0].replace("&#160;", " "))
    shown = found[6][blanks.end() if blanks is not None else 0 :]
    width = float(found[4]) / max(cell_len(html.unescape(found[6])), 1)
    place, length = float(found[2]) + leading * width, float(found[4]) - leading * width
    return f"{found[1]}{place:.1f}{found[3]}{max(length, 0):.1f}{found[5]}{shown}"


def _write_png(svg: str, place: Path, width: int) -> None:
    command = ["rsvg-convert", "--width", str(width), "--output", str(place)]
    subprocess.run(command, input=svg.encode(), check=True)


if __name__ == "__main__":
    main()
