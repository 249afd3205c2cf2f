"""Which number format does an amount get in a workbook?

Formats are in the invariant notation a workbook stores (point, comma); the reader's own program shows them with the
reader's separators.
"""

from __future__ import annotations

from tui_ledger.locale.signs import Frame, Frames


def amount_format(digits: int, frames: Frames, symbol: str | None, *, grouped: bool) -> str:
    """The number format of an amount with the given decimals, its sections framed as `frames` says; `symbol` is the
    currency's text in the frames, or None."""
    number = ("#,##0" if grouped else "0") + ("." + "0" * digits if digits else "")
    sections = [_section(frame, number, symbol) for frame in (frames.positive, frames.negative, frames.zero)]
    if frames.zero == frames.positive:
        sections.pop()
    if sections[1] == "-" + sections[0]:
        return sections[0] if len(sections) == 2 and not symbol else ";".join(sections)
    return ";".join(_aligned(sections))


def _section(frame: Frame, number: str, symbol: str | None) -> str:
    return _literal(frame.before, symbol) + number + _literal(frame.after, symbol)


def _aligned(sections: list[str]) -> list[str]:
    """Amounts above zero get the width of the parenthesis they lack, so that digits stand under digits."""
    if sections[1].endswith(")"):
        return [sections[0] + "_)", *sections[1:]]
    return sections


def _literal(text: str, symbol: str | None) -> str:
    """A text as the format's own: the currency in brackets, so that the cell counts as one of money."""
    if symbol and symbol in text:
        before, _, after = text.partition(symbol)
        return _literal(before, None) + _currency(symbol) + _literal(after, None)
    return "".join(sign if sign in "()- " else _quoted(sign) for sign in _runs(text))


def _currency(symbol: str) -> str:
    return _quoted(symbol) if set(symbol) & set("[]-") else f"[${symbol}]"


def _quoted(text: str) -> str:
    if '"' in text or "\\" in text:
        return "".join("\\" + character for character in text)
    return f'"{text}"'


def _runs(text: str) -> list[str]:
    """The text cut into signs that need no quotes, one by one, and the runs between them."""
    runs: list[str] = []
    for character in text.replace("\u00a0", " ").replace("\u202f", " "):
        if character in "()- " or not runs or runs[-1] in "()- ":
            runs.append(character)
        else:
            runs[-1] += character
    return runs
