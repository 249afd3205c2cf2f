"""The command `settings`: the book's own settings, shown and set."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any

import click

from tui_ledger.cli.in_words import yes_or_no
from tui_ledger.cli.options import writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.tables import Column, table
from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.page_size import PAGE_SIZE, checked_page_size
from tui_ledger.words import N_, Said, _

_SIGNS = ("decimal_separator", "thousands_separator")
_WORDS = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}


@click.command("settings", cls=LedgerCommand)
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("value", metavar="[VALUE]", required=False)
@click.option("--unset", is_flag=True, help="Take the setting away: its default holds again.")
@writing_options
@click.pass_obj
def settings_command(
    session: Session,
    /,
    name: str | None,
    value: str | None,
    unset: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Show the settings of the book, one of them, or give NAME the VALUE.

    VALUE is text, yes or no, or JSON; for a setting that is a text, what is typed. A name with a dot in it is an
    add-on's own and takes anything.

    \b
        tui-ledger --book shop.ledger settings unique_references yes
    """
    from tui_ledger.ledger.book_settings import KNOWN_SETTINGS

    if unset and (name is None or value is not None):
        raise InvalidOptions(reason=N_("--unset takes one setting away: name it, and give no value."))
    if name is not None and name not in KNOWN_SETTINGS and "." not in name:
        raise InvalidSetting(
            value=name, what=N_("setting"), advice=Said("choose one of {names}", names=", ".join(KNOWN_SETTINGS))
        )
    if name is not None and (unset or value is not None):
        wanted = None if value is None else _checked(name, value)
        ledger = session.for_writing()
        if wanted is not None:
            _check_with_rest(session, name, wanted, ledger.settings())
        ledger.set_setting(name, wanted, key=key, actor=actor)
    _show(session, name, as_json)


def _show(session: Session, name: str | None, as_json: bool) -> None:
    from tui_ledger.ledger.book_settings import KNOWN_SETTINGS

    found = session.for_reading().settings()
    names = [name] if name is not None else sorted({*KNOWN_SETTINGS, *found})
    shapes = {one: found[one] if one in found else _default(one) for one in names}
    if as_json:
        print_json({"settings": shapes, "set": [one for one in names if one in found]})
        return
    rows = [
        (
            one,
            _as_text(value),
            "" if one in found else _("default"),
            _(KNOWN_SETTINGS[one].about) if one in KNOWN_SETTINGS else "",
        )
        for one, value in shapes.items()
    ]
    columns = [
        Column(N_("Setting")),
        Column(N_("Value"), stretch=True),
        Column(""),
        Column(N_("What it says"), stretch=True),
    ]
    print_lines(table(columns, rows))


def _default(name: str) -> object:
    from tui_ledger.ledger.book_settings import KNOWN_SETTINGS

    return KNOWN_SETTINGS[name].default if name in KNOWN_SETTINGS else None


def _check_with_rest(session: Session, name: str, value: Any, settings: Mapping[str, Any]) -> None:
    """Refuses a locale or a format that does not go with the others of the book."""
    from tui_ledger.format_settings import ABOUT
    from tui_ledger.locale.book_formats import formats_of

    if name in ABOUT or name == "locale":
        wanted = {**settings, name: value}
        formats_of(session.locale_for(wanted.get("locale")), wanted)


def _checked(name: str, text: str) -> Any:
    """The value a text stands for: yes and no, JSON, else the text itself; a locale is one that can be written in."""
    if name == "locale":
        from tui_ledger.locale.locales import known_locale

        return known_locale(text)
    if name == PAGE_SIZE:
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else checked_page_size(text)
    if name in _SIGNS:
        return text
    if _is_text(name):
        return _unquoted(text)
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if text[:1] not in ("[", "{", '"'):
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidSetting(value=text[:60], what=N_("JSON"), advice=N_("check its quotes and brackets")) from None
    from tui_ledger.ledger.saved_reports import PREFIX

    if name.startswith(PREFIX):
        from tui_ledger.reports.saved import check_saved_setting

        check_saved_setting(name, value)
    return value


def _is_text(name: str) -> bool:
    from tui_ledger.ledger.book_settings import KNOWN_SETTINGS

    return name in KNOWN_SETTINGS and KNOWN_SETTINGS[name].is_text


def _unquoted(text: str) -> str:
    """A text as it was typed; one that is wholly a text of JSON is what that says, so that "" is nothing."""
    if text[:1] == '"':
        with contextlib.suppress(ValueError):
            value = json.loads(text)
            return value if isinstance(value, str) else text
    return text


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    if value is None:
        return _("not set")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
