"""Which options do commands share?"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

from tui_ledger.errors import InvalidSetting
from tui_ledger.words import N_, Said

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _together(*options: Decorator) -> Decorator:
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")

writing_options: Decorator = _together(
    click.option("--key", metavar="KEY", help="Idempotency key: the same call with the same key books once."),
    click.option("--actor", metavar="NAME", help="Who acts, for the history. Default: the user of the system."),
    json_option,
)

text_options: Decorator = _together(
    click.option("--date", metavar="D", help="The book date. Default: today."),
    click.option("--memo", metavar="M", default="", help="What it is."),
    click.option("--payee", metavar="P", help="With whom."),
    click.option("--reference", metavar="R", help="An outside id, such as an invoice number."),
    click.option("--tag", "tags", metavar="T", multiple=True, help="A tag; may be repeated."),
    click.option("--data", metavar="K=V", multiple=True, help="Extra data; may be repeated."),
)

range_options: Decorator = _together(
    click.option("--from", "date_from", metavar="D", help="First day, inclusive."),
    click.option("--to", "date_to", metavar="D", help="Last day, inclusive."),
)


def whole_number(text: str | None, what: str, least: int = 1) -> int | None:
    """A whole number from an option's text; raises InvalidSetting."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18 and int(text) >= least):
        raise InvalidSetting(value=text, what=what, advice=Said("write a whole number of {least} or more", least=least))
    return int(text)


def transaction_number(text: str) -> int:
    """The number in 'N' or '#N'; raises InvalidSetting."""
    return whole_number(text.lstrip("#"), N_("transaction number"), least=0) or 0


def pairs(values: tuple[str, ...], what: str) -> dict[str, str]:
    """{K: V} from texts 'K=V'; raises InvalidSetting."""
    found: dict[str, str] = {}
    for value in values:
        name, separator, text = value.partition("=")
        if not separator or not name.strip():
            raise InvalidSetting(value=value, what=what, advice=N_("write NAME=VALUE"))
        found[name.strip()] = text
    return found
