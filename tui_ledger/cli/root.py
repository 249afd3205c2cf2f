"""Which commands are there, and which book is meant? The root command; a command's module is imported when it runs."""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import Any

import click

from tui_ledger import __version__
from tui_ledger.cli.session import Session
from tui_ledger.cli.spoken_help import SpokenHelp
from tui_ledger.words import N_, _

_COMMANDS = {
    "demo": ("books", N_("Make the demo book, print its balance sheet, write its workbook, open it.")),
    "init": ("books", N_("Make a new book.")),
    "charts": ("charts", N_("List the starter charts of accounts, and show them.")),
    "verify": ("safety", N_("Check every balance, every sum and the history.")),
    "rebuild": ("safety", N_("Put stored balances right, or make a new book out of the history.")),
    "backup": ("safety", N_("Write the book into a file of its own, checked and anchored.")),
    "restore": ("safety", N_("Put a backup in the place of the book; what was there is kept.")),
    "copy": ("copying", N_("Copy a whole book between SQLite and PostgreSQL.")),
    "account": ("accounts", N_("Open, list and change accounts.")),
    "post": ("acts", N_("Post a transaction.")),
    "transfer": ("acts", N_("Move an amount between two accounts.")),
    "increase": ("acts", N_("Move an account up in its own direction.")),
    "decrease": ("acts", N_("Move an account down in its own direction.")),
    "reverse": ("acts", N_("Take a transaction back by its mirror.")),
    "edit": ("corrections", N_("Change a transaction in an open period.")),
    "void": ("corrections", N_("Take a transaction's postings out; its number stays.")),
    "mark": ("many", N_("Mark many transactions cleared or uncleared.")),
    "change": ("many", N_("Change many transactions as one step.")),
    "attachment": ("attachments", N_("Keep with a transaction where its documents are.")),
    "undo": ("corrections", N_("Take back your own last act.")),
    "redo": ("corrections", N_("Do again what you undid last.")),
    "history": ("corrections", N_("Show who changed what, when, before and after.")),
    "period": ("periods", N_("Close and reopen periods, set fiscal years.")),
    "balance": ("reading", N_("Show balances, on any day.")),
    "register": ("reading", N_("Show one account's postings with running balances.")),
    "journal": ("reading", N_("Show transactions in order.")),
    "filter": ("filters", N_("Keep searches under a name.")),
    "currency": ("currencies", N_("List and add currencies, and give them more digits.")),
    "price": ("currencies", N_("Note what currencies are worth, and list it.")),
    "tax": ("taxes", N_("Keep tax codes, their rates, and where the tax goes.")),
    "template": ("templates", N_("Keep drafts under a name, and post them again.")),
    "party": ("parties", N_("Keep what people and firms are owed, and show it.")),
    "commission": ("commission", N_("Pay parties for what those spend whom they invited.")),
    "user": ("users", N_("Keep who may sign in to the book, and as what.")),
    "settings": ("settings", N_("Show and change the settings of the book.")),
    "schedule": ("schedules", N_("Keep what recurs, and post or skip what is due.")),
    "report": ("reports", N_("Show or write a report, such as balance-sheet.")),
    "export": ("export", N_("Write the accountant's workbook.")),
    "import": ("imports", N_("Read another program's journal.")),
    "serve": ("serve", N_("Show the workbench in a browser on this computer.")),
    "locate": ("places", N_("Show where the settings, the book and what is remembered are.")),
    "keys": ("places", N_("List every key of the workbench, and what it does.")),
}
_WITH_VALUE = ("--book", "--locale", "--user")
_NEGATIVE = re.compile(r"-[0-9.]")
_MARK = "\ue000"


class LedgerCommand(SpokenHelp, click.Command):
    """A command to which a minus and digits are an amount, never an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, [_MARK + one if _NEGATIVE.match(one) else one for one in args])
        for name, value in ctx.params.items():
            ctx.params[name] = _unmarked(value)
        return rest


class LedgerGroup(SpokenHelp, click.Group):
    """A group of such commands."""

    command_class = LedgerCommand


class RootGroup(SpokenHelp, click.Group):
    """Finds commands by name, and takes a first argument that is no command for a book."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"tui_ledger.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _(about)) for name, (_module, about) in _COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        place = _first_argument(args)
        if place is not None and args[place] not in _COMMANDS and _looks_like_a_book(args[place]):
            args = [*args[:place], "--book", args[place], *args[place + 1 :]]
        return super().parse_args(ctx, args)


@click.group(cls=RootGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--book", metavar="BOOK", help="The book: a path or a database URL. Default: $TUI_LEDGER_BOOK.")
@click.option("--locale", metavar="L", help="How figures and dates are written, such as de_DE.")
@click.option("--user", metavar="NAME", help="Sign in to the book as this user. Default: $TUI_LEDGER_USER.")
@click.option("--read-only", is_flag=True, help="Open the book for reading only.")
@click.version_option(__version__, prog_name="tui-ledger", message="%(prog)s %(version)s")
@click.pass_context
def root(ctx: click.Context, book: str | None, locale: str | None, user: str | None, read_only: bool) -> Any:
    """The bookkeeper's terminal: double-entry books, provable to the cent.

    With a BOOK and no command the workbench opens:

    \b
        tui-ledger demo                          a shop's book to look at
        tui-ledger init shop.ledger --currency EUR
        tui-ledger shop.ledger                   open it

    ACCOUNT is a full name (Assets:Bank), a code, or attributes: '{user=7,type=purchases}'. Amounts are written plainly
    (1450.00), dates as 2026-01-31. Every command takes --json.
    """
    sessions = ctx.obj
    ctx.obj = session = Session(book, locale, read_only, os.environ, user)
    if isinstance(sessions, list):
        sessions.append(session)
    ctx.call_on_close(session.close)
    session.check_locale()
    if ctx.invoked_subcommand is None:
        from tui_ledger.cli.workbench import open_workbench

        return open_workbench(session)
    return None


def _first_argument(args: list[str]) -> int | None:
    skip = False
    for place, argument in enumerate(args):
        if skip:
            skip = False
        elif argument in _WITH_VALUE:
            skip = True
        elif not argument.startswith("-"):
            return place
    return None


def _looks_like_a_book(argument: str) -> bool:
    return "/" in argument or os.path.lexists(argument)


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return value.removeprefix(_MARK)
    if isinstance(value, tuple):
        return tuple(_unmarked(one) for one in value)
    return value
