"""What was a thing before a change, and what did it become? Line by line, only what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_ledger.ledger.history import ChangeRow
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.act_words import figure_in_words, side_in_words, value_in_words
from tui_ledger.ui.status_words import status_in_words
from tui_ledger.widths import cell_width
from tui_ledger.words import N_, NP_, _

ADDED, REMOVED, CHANGED = "+", "-", "~"

_DAYS = frozenset({"date", "opened", "closed", "first_day", "last_day", "closed_through", "first", "last", "through"})
_LABELS = {
    "account": N_("Account"),
    "active": N_("Active"),
    "addresses": N_("Addresses"),
    "attributes": N_("Attributes"),
    "cash": N_("Cash"),
    "closed": N_("Closed"),
    "closed_through": N_("Closed through"),
    "closing": N_("Closing"),
    "closing_transaction": N_("Closing transaction"),
    "code": N_("Code"),
    "count": N_("Count"),
    "currency": N_("Currency"),
    "data": N_("Data"),
    "date": N_("Date"),
    "date_from": N_("Date from"),
    "digits": NP_("currency", "Digits"),
    "first": NP_("day", "First"),
    "first_day": N_("First day"),
    "handled": N_("Handled"),
    "in_currency": N_("In"),
    "key": NP_("party", "Key"),
    "last": NP_("day", "Last"),
    "last_day": N_("Last day"),
    "lines": N_("Lines"),
    "memo": N_("Memo"),
    "minimum": N_("Minimum"),
    "name": N_("Name"),
    "number": NP_("number", "No"),
    "on": N_("On"),
    "opened": N_("Opened"),
    "options": N_("Options"),
    "party": N_("Party"),
    "passphrase": N_("Passphrase"),
    "payee": N_("Payee"),
    "placeholder": N_("Placeholder"),
    "purpose": N_("Purpose"),
    "rate": NP_("price or tax", "Rate"),
    "reason": N_("Reason"),
    "reference": N_("Reference"),
    "referred_by": N_("Referred by"),
    "report": N_("Report"),
    "reverses": N_("Reverses"),
    "role": N_("Role"),
    "statement_line": N_("Statement line"),
    "tags": N_("Tags"),
    "tax_code": N_("Tax code"),
    "template": N_("Template"),
    "through": N_("Through"),
    "type": N_("Type"),
    "unit": N_("Unit"),
    "value": N_("Value"),
    "voided": N_("Voided"),
}
_FIRST = {name: place for place, name in enumerate(("name", "date", "payee", "memo", "reference", "tags", "data"))}
_SILENT = frozenset({"number", "postings", "batch"})


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One part that was added, removed or changed; `before` or `after` is '' where there was or is nothing."""

    sign: str
    label: str
    before: str
    after: str

    def text(self, label_cells: int) -> str:
        """`~ Amount   Dr 82.10 → Dr 99.00`, without the arrow for what was added or removed."""
        shown = f"{self.before} → {self.after}" if self.sign == CHANGED else self.before or self.after
        blanks = " " * (label_cells - cell_width(self.label))
        return f"{self.sign} {self.label}{blanks}  {shown}"


def change_lines(change: ChangeRow, formats: Formats) -> list[ChangeLine]:
    """What a change changed: the texts first, then the lines of a transaction."""
    before, after = _within(change.before or {}), _within(change.after or {})
    return [*_parts(before, after, formats), *_postings(before.get("postings", []), after.get("postings", []), formats)]


def _within(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """A setting that has parts of its own, a schedule or a template, is compared by them."""
    value = body.get("value")
    return value if isinstance(value, Mapping) and "postings" not in value else body


def _parts(before: Mapping[str, Any], after: Mapping[str, Any], formats: Formats) -> Iterable[ChangeLine]:
    for name in sorted({*before, *after} - _SILENT, key=lambda name: (_FIRST.get(name, len(_FIRST)), name)):
        was, now = _value(name, before.get(name), formats), _value(name, after.get(name), formats)
        if was != now:
            yield ChangeLine(_sign(was, now), _label(name), was, now)


def _postings(before: list[Any], after: list[Any], formats: Formats) -> Iterable[ChangeLine]:
    """Lines of the same account are compared in their order."""
    was, now = _by_account(before), _by_account(after)
    for place in (*was, *(place for place in now if place not in was)):
        old, new = was.get(place), now.get(place)
        old_text, new_text = _posting(old, formats), _posting(new, formats)
        if old_text != new_text:
            yield ChangeLine(_sign(old_text, new_text), place[0], old_text, new_text)


def _by_account(postings: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], Mapping[str, Any]]:
    seen: Counter[str] = Counter()
    found = {}
    for posting in postings:
        seen[posting["account"]] += 1
        found[posting["account"], seen[posting["account"]]] = posting
    return found


def _posting(posting: Mapping[str, Any] | None, formats: Formats) -> str:
    if posting is None:
        return ""
    parts = [side_in_words(posting["amount"], formats)]
    if posting.get("price"):
        rate, currency, kind = posting["price"]
        parts.append(f"{'@@' if kind == 'total' else '@'} {figure_in_words(rate, formats)} {currency}")
    if posting.get("memo"):
        parts.append(f"“{posting['memo']}”")
    if posting.get("status"):
        parts.append(status_in_words(str(posting["status"])))
    return " ".join(parts)


def _sign(was: str, now: str) -> str:
    return ADDED if not was else REMOVED if not now else CHANGED


def _label(name: str) -> str:
    """What a part of a body is called; what an add-on keeps there has the name it gave."""
    return _(_LABELS[name]) if name in _LABELS else name.replace("_", " ").capitalize()


def _value(name: str, value: object, formats: Formats) -> str:
    readers: Mapping[str, Callable[[str], str]] = {"minimum": lambda text: figure_in_words(text, formats)}
    if isinstance(value, str) and name in _DAYS:
        return formats.date_column(date.fromisoformat(value))
    if isinstance(value, str) and name in readers:
        return readers[name](value)
    return value_in_words(value)
