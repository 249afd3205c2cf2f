"""Which drafts does the book keep under a name, to be posted again? Settings named `template.NAME`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import InvalidOptions, InvalidSetting, UnknownTemplate
from tui_ledger.ledger.kept_names import checked_kept_name, kept_as
from tui_ledger.ledger.values import Draft, DraftPosting, Transaction, WrittenPrice, exact_decimal
from tui_ledger.money import is_plain_number
from tui_ledger.text import name_key, storable
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.service import Ledger

PREFIX = "template."
NAME_LIMIT = 80
MOST_LINES = 500
_TEXT_LIMIT = 5_000
_PARTS = {"payee", "memo", "tags", "lines"}
_LINE_PARTS = {"account", "amount", "memo", "price"}


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """An account by name, and its amount, debit-positive, or None where it is left open."""

    account: str
    amount: Decimal | None = None
    memo: str | None = None
    price: WrittenPrice | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A draft with a name, and with amounts only where they stay the same."""

    name: str
    lines: tuple[TemplateLine, ...]
    payee: str | None = None
    memo: str = ""
    tags: tuple[str, ...] = ()


def templates(ledger: Ledger) -> tuple[Template, ...]:
    """Every template of the book, by name; what another program left there in no known shape is left out."""
    found = []
    for name, value in ledger.settings().items():
        if name.startswith(PREFIX) and _flaw(value) is None:
            found.append(_template(name.removeprefix(PREFIX), value))
    return tuple(sorted(found, key=lambda template: (name_key(template.name), template.name)))


def template_named(ledger: Ledger, name: str) -> Template:
    """One template by its name, upper or lower case; raises UnknownTemplate."""
    known = {template.name: template for template in templates(ledger)}
    kept = kept_as(name, known)
    if kept is None:
        raise UnknownTemplate(name=name)
    return known[kept]


def save_template(ledger: Ledger, template: Template, *, key: str | None = None, actor: str | None = None) -> Template:
    """Keeps a template under its name, in the place of one that has it, upper or lower case; returns it as kept.

    Raises InvalidSetting, UnknownAccount.
    """
    name = checked_name(template.name)
    named = replace(template, name=kept_as(name, [known.name for known in templates(ledger)]) or name)
    for line in named.lines:
        ledger.account(line.account)
    ledger.set_setting(PREFIX + named.name, template_body(named), key=key, actor=actor)
    return named


def delete_template(ledger: Ledger, name: str, *, key: str | None = None, actor: str | None = None) -> Template:
    """Takes a template away and returns it; raises UnknownTemplate."""
    found = template_named(ledger, name)
    ledger.set_setting(PREFIX + found.name, None, key=key, actor=actor)
    return found


def template_of(transaction: Transaction, name: str, *, with_amounts: bool = True) -> Template:
    """A template for transactions like one, debits first, conversions left to the ledger.

    Where all is in one currency the last amount stays open, so that another one can be changed; without amounts all
    stay open.
    """
    kept = [posting for posting in transaction.postings if not posting.conversion]
    ordered = [posting for posting in kept if posting.amount.units > 0]
    ordered += [posting for posting in kept if posting.amount.units <= 0]
    lines = [
        TemplateLine(
            posting.account,
            posting.amount.amount if with_amounts else None,
            posting.memo,
            posting.price if with_amounts else None,
        )
        for posting in ordered
    ]
    if lines and len({posting.currency for posting in ordered}) == 1:
        lines[-1] = replace(lines[-1], amount=None)
    return Template(name, tuple(lines), transaction.payee, transaction.memo, transaction.tags)


def draft_of_template(template: Template, *, date: date | None = None, amount: Decimal | str | None = None) -> Draft:
    """The draft a template makes; an `amount` goes to its first line, debit-positive, instead of what stands there.

    Raises InvalidAmount, and InvalidOptions where every other amount is fixed and none could follow.
    """
    lines = list(template.lines)
    if amount is not None:
        lines[0] = replace(lines[0], amount=exact_decimal(amount))
        if all(line.amount is not None for line in lines):
            if len(lines) > 2:
                reason = Said(
                    "The template {name!r} fixes the amounts of all its lines: post it without another.",
                    name=template.name,
                )
                raise InvalidOptions(reason=reason)
            lines[1] = replace(lines[1], amount=None)
    postings = tuple(DraftPosting(line.account, line.amount, line.memo, price=line.price) for line in lines)
    return Draft(date, template.memo, postings, template.payee, tags=template.tags)


def checked_name(name: str) -> str:
    """A name for a template, without blanks around it; raises InvalidSetting."""
    return checked_kept_name(name, N_("name for a template"), NAME_LIMIT)


def check_template(name: str, value: object) -> None:
    """Refuses a setting `template.NAME` that is no template; raises InvalidSetting."""
    checked_name(name.removeprefix(PREFIX))
    flaw = _flaw(value)
    if flaw is not None:
        raise InvalidSetting(value=name, what=N_("template"), advice=flaw)


def template_body(template: Template) -> dict[str, Any]:
    """A template as the book keeps it: decimal text, nothing that is unset."""
    lines = [
        {
            "account": line.account,
            "amount": None if line.amount is None else format(line.amount, "f"),
            "memo": line.memo,
            "price": None if line.price is None else _price_body(line.price),
        }
        for line in template.lines
    ]
    body = {"payee": template.payee, "memo": template.memo, "tags": list(template.tags)}
    kept: dict[str, Any] = {part: value for part, value in body.items() if value}
    return kept | {"lines": [{part: value for part, value in line.items() if value is not None} for line in lines]}


def template_from_body(name: str, body: object) -> Template:
    """The template a body states; raises InvalidSetting where it is none."""
    flaw = _flaw(body)
    if flaw is not None or not isinstance(body, Mapping):
        raise InvalidSetting(value=name, what=N_("template"), advice=flaw or N_("it is none"))
    return _template(name, body)


def _price_body(price: WrittenPrice) -> list[str]:
    return [format(price.amount, "f"), price.currency, "total" if price.total else "unit"]


def _template(name: str, body: Mapping[str, Any]) -> Template:
    lines = tuple(
        TemplateLine(
            line["account"],
            None if line.get("amount") is None else Decimal(line["amount"]),
            line.get("memo"),
            None if line.get("price") is None else _price(line["price"]),
        )
        for line in body["lines"]
    )
    return Template(name, lines, body.get("payee"), body.get("memo") or "", tuple(body.get("tags") or ()))


def _price(body: list[str]) -> WrittenPrice:
    return WrittenPrice(Decimal(body[0]), body[1], body[2] == "total")


def _flaw(value: object) -> str | Said | None:
    """What keeps a value from being a template, as advice; None for nothing."""
    if not isinstance(value, Mapping) or value.keys() - _PARTS:
        return N_("it has payee, memo, tags and lines")
    texts = [value.get("payee"), value.get("memo")]
    tags, lines = value.get("tags") or [], value.get("lines")
    if not all(text is None or _is_text(text) for text in texts):
        return N_("its payee and memo are texts")
    if not isinstance(tags, list) or not all(_is_text(tag) and tag.strip() for tag in tags):
        return N_("its tags are a list of texts")
    if not isinstance(lines, list) or not 2 <= len(lines) <= MOST_LINES:
        return Said("it has two lines or more (up to {most})", most=MOST_LINES)
    return next((flaw for flaw in map(_flaw_of_line, lines) if flaw is not None), None)


def _flaw_of_line(line: object) -> str | None:
    if not isinstance(line, Mapping) or line.keys() - _LINE_PARTS:
        return N_("its lines have account, amount, memo and price")
    if not _is_text(line.get("account")) or not line["account"].strip():
        return N_("each of its lines names an account")
    if not (line.get("memo") is None or _is_text(line["memo"])):
        return N_("the memos of its lines are texts")
    if not (line.get("amount") is None or _is_figure(line["amount"])):
        return N_("its amounts are decimal texts such as 1450.00, other than zero")
    price = line.get("price")
    if price is None or _is_price(price):
        return None
    return N_("its prices are written like ['0.92', 'EUR', 'unit']")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _TEXT_LIMIT and storable(value)


def _is_figure(value: object) -> bool:
    return isinstance(value, str) and is_plain_number(value) and Decimal(value) != 0


def _is_price(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and _is_figure(value[0])
        and Decimal(value[0]) > 0
        and _is_text(value[1])
        and value[2] in ("unit", "total")
    )
