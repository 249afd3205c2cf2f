"""How is a memo made of a template such as 'Commission of {percent} % on {base}'?

`{name}` stands for a value, `{data.order.id}` for one of the extra data; `{data.order.id|no order}` says what stands
there where there is none. Braces that are meant as such are doubled. Nothing else has a meaning: a value is put in as
it is, whatever it holds, and no value is asked for more than its text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from tui_ledger.errors import InvalidMemoTemplate
from tui_ledger.ledger.history import canonical
from tui_ledger.ledger.journal import MEMO_LIMIT
from tui_ledger.ledger.searching import ABSENT, value_at
from tui_ledger.text import TEXT_LIMIT, storable
from tui_ledger.words import N_, Said

DATA = "data."
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a value is put in for: its name, and what stands there where there is none."""

    name: str
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class MemoTemplate:
    """A template as it was read: texts and placeholders in their order."""

    parts: tuple[str | Placeholder, ...]

    def filled(self, values: Mapping[str, str | None], extra: Mapping[str, Any]) -> str:
        """The memo, with `values` by their names and `extra` for {data.…}; cut where it is longer than memos are."""
        texts = [part if isinstance(part, str) else _value(part, values, extra) for part in self.parts]
        memo = "".join(texts)
        return memo if len(memo) <= MEMO_LIMIT else memo[: MEMO_LIMIT - 1] + _MORE


def memo_template(text: object, names: Collection[str]) -> MemoTemplate:
    """The template of a text that knows placeholders by `names`, and {data.KEY}; raises InvalidMemoTemplate, which says
    what is wrong and at which character, counted from 1."""
    if not isinstance(text, str) or len(text) > TEXT_LIMIT or not storable(text):
        raise InvalidMemoTemplate(
            text=str(text)[:60], reason=Said("it is a text of at most {text_limit} characters", text_limit=TEXT_LIMIT)
        )
    parts: list[str | Placeholder] = []
    place = 0
    while place < len(text):
        one = text[place]
        if one not in "{}":
            end = _next_brace(text, place)
            parts.append(text[place:end])
            place = end
        elif text[place : place + 2] == one * 2:
            parts.append(one)
            place += 2
        elif one == "}":
            reason = Said("a brace is closed that was not opened; write {double} for one that is meant", double="}}")
            raise _refusal(text, place, reason)
        else:
            end = _end_of_placeholder(text, place)
            parts.append(_placeholder(text, place, end, names))
            place = end + 1
    return MemoTemplate(tuple(parts))


def filled_memo(text: str, values: Mapping[str, str | None], extra: Mapping[str, Any]) -> str:
    """The memo of a template that was checked when it was kept; a text that is none, kept by other means, as it is."""
    try:
        return memo_template(text, values).filled(values, extra)
    except InvalidMemoTemplate:
        return text


def as_literal(text: str) -> str:
    """The template whose memo is this text."""
    return text.replace("{", "{{").replace("}", "}}")


def _next_brace(text: str, place: int) -> int:
    found = [at for at in (text.find("{", place), text.find("}", place)) if at >= 0]
    return min(found, default=len(text))


def _end_of_placeholder(text: str, place: int) -> int:
    end = _next_brace(text, place + 1)
    if end == len(text) or text[end] == "{":
        reason = Said("a brace is opened and not closed; write {double} for one that is meant", double="{{")
        raise _refusal(text, place, reason)
    return end


def _placeholder(text: str, place: int, end: int, names: Collection[str]) -> Placeholder:
    said, _, otherwise = text[place + 1 : end].partition("|")
    name = said.strip()
    if name not in names and not (name.startswith(DATA) and name[len(DATA) :].strip()):
        known = ", ".join(f"{{{one}}}" for one in sorted(names))
        raise _refusal(text, place, Said(_NO_SUCH, name=f"{{{name}}}", known=known, data="{data.KEY}"))
    return Placeholder(name, otherwise)


_NO_SUCH = N_("there is no {name}; use {known} or {data}")


def _refusal(text: str, place: int, reason: Said) -> InvalidMemoTemplate:
    return InvalidMemoTemplate(text=text, reason=Said("at character {place} {reason}", place=place + 1, reason=reason))


def _value(part: Placeholder, values: Mapping[str, str | None], extra: Mapping[str, Any]) -> str:
    if part.name.startswith(DATA) and part.name not in values:
        found = value_at(extra, part.name[len(DATA) :])
        text = None if found is ABSENT or found is None else found if isinstance(found, str) else canonical(found)
    else:
        text = values.get(part.name)
    return text or part.otherwise
