"""Draws the README's pictures from the demo book: python assets/make_pictures.py (needs rsvg-convert)."""

from __future__ import annotations

import asyncio
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from rich.cells import cell_len

from tui_ledger.demo import DEMO_DAY, make_demo
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.app import Workbench

FOLDER = Path(__file__).parent
SIZE = (120, 34)
PICTURES: dict[str, Sequence[str]] = {
    "accounts": ("1", "down", "down"),
    "journal": ("2", "n", *"pap", "enter", *"123"),
    "balance-sheet": ("f4", "["),
}


def main() -> None:
    """Writes one PNG a picture beside this script."""
    with tempfile.TemporaryDirectory() as folder:
        book = make_demo(Path(folder))
        for name, keys in PICTURES.items():
            with Ledger.open(book, clock=lambda: datetime.combine(DEMO_DAY, time(12), UTC)) as ledger:
                drawn = asyncio.run(_drawn(ledger, keys))
            _write_png(_drawable(drawn), FOLDER / f"{name}.png")
            sys.stdout.write(f"wrote {name}.png\n")


async def _drawn(ledger: Ledger, keys: Sequence[str]) -> str:
    app = Workbench(ledger, Formats(locale="en_GB"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        for key in keys:
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


def _write_png(svg: str, place: Path) -> None:
    command = ["rsvg-convert", "--width", "1240", "--output", str(place)]
    subprocess.run(command, input=svg.encode(), check=True)


if __name__ == "__main__":
    main()
