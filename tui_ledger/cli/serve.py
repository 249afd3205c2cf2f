"""The command `serve`: the workbench in a browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

import tui_ledger
from tui_ledger.cli.options import json_option, whole_number
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import (
    BOOK_VARIABLE,
    AnswerLost,
    ReaderLeft,
    Session,
    on_a_terminal,
    print_json,
    print_lines,
)
from tui_ledger.cli.sign_in import PASSPHRASE_FILE_VARIABLE, USER_VARIABLE, BookPeople
from tui_ledger.cli.workbench import DRIVER_VARIABLE, SERVED_DRIVER
from tui_ledger.errors import CannotServe
from tui_ledger.paths import state_folder
from tui_ledger.serving.tickets import TICKET_VARIABLE
from tui_ledger.words import N_, _

if TYPE_CHECKING:
    from tui_ledger.serving.addresses import Address
    from tui_ledger.serving.people import People

USUAL_PORT = "8321"
USUAL_SESSIONS, SESSIONS_OF_PEOPLE = 3, 10
# `-P` keeps the folder serve was started in off the path of modules; the package's own goes to its end.
_CHILD = "import sys; sys.path.append(sys.argv.pop(1)); from tui_ledger.cli import main; main()"


@click.command("serve", cls=LedgerCommand)
@click.option("--host", metavar="H", default="127.0.0.1", help="The address to listen at. Default: 127.0.0.1.")
@click.option("--port", metavar="N", default=USUAL_PORT, help="The port; 0 is any free one. Default: 8321.")
@click.option("--no-open", is_flag=True, help="Print the address only; do not open a browser.")
@click.option("--sessions", metavar="N", help="How many workbenches at once. Default: 3; 10 where people sign in.")
@click.option("--idle", metavar="MINUTES", default="60", help="Close one after so long without a key. Default: 60.")
@click.option(
    "--behind-proxy",
    "proxies",
    metavar="HOST",
    multiple=True,
    help="A proxy with TLS stands before it under this name; may be repeated.",
)
@json_option
@click.pass_obj
def serve_command(
    session: Session,
    /,
    host: str,
    port: str,
    no_open: bool,
    sessions: str | None,
    idle: str,
    proxies: tuple[str, ...],
    as_json: bool,
) -> int:
    """Show the workbench in a browser, until Ctrl+C.

    \b
        tui-ledger shop.ledger serve
        tui-ledger --read-only shop.ledger serve --port 0 --no-open

    The address printed lets one browser in, once; Enter makes another. What is typed there is done as the user who
    started serve, with all that user's rights to the book.

    A book with users asks whoever comes for name and passphrase instead, and gives each a workbench of their own: what
    they may is said by their role, and a party sees its own sheet alone.

    Only this computer can reach it. For others put a proxy with TLS before it that keeps the Host header, and name it:

    \b
        tui-ledger shop.ledger serve --behind-proxy books.example
    """
    from tui_ledger.serving.addresses import address

    asked, minutes = whole_number(sessions, N_("number of sessions")), whole_number(idle, N_("number of minutes")) or 1
    place = address(host, whole_number(port, N_("port"), least=0) or 0, proxies)
    environment = os.environ.copy()
    book, environment[BOOK_VARIABLE], people = _book(session)
    most = asked or (USUAL_SESSIONS if people is None else SESSIONS_OF_PEOPLE)
    opens = not (no_open or as_json or proxies) and on_a_terminal()
    run_server, workplace = _loaded(_command(session), _served(environment), minutes * 60.0)
    teller = _Teller(book, most, as_json, opens)
    try:
        return run_server(book, place, workplace, most, teller.tell, people)
    finally:
        teller.forget()


class _Teller:
    """Says where the workbench is, at first and whenever somebody asks for a new address."""

    def __init__(self, book: str, sessions: int, as_json: bool, opens: bool) -> None:
        self._book = book
        self._sessions = sessions
        self._as_json = as_json
        self._opens = opens
        self._way_in: Path | None = None

    def tell(self, place: Address, token: str | None) -> None:
        url = place.url if token is None else f"{place.url}?token={token}"
        # A terminal that went away is no reason to end: the signal that tells of it is.
        with suppress(ReaderLeft, AnswerLost):
            self._print(place, url, signs_in=token is None)
        if self._opens:
            from tui_ledger.serving.opening import open_browser

            self._opens = False
            self._way_in = open_browser(state_folder(), f"serve-{place.port}.html", url)

    def forget(self) -> None:
        if self._way_in is not None:
            with suppress(OSError):
                self._way_in.unlink(missing_ok=True)

    def _print(self, place: Address, url: str, *, signs_in: bool) -> None:
        if self._as_json:
            told = {"book": self._book, "url": url, "host": place.host, "port": place.port, "sessions": self._sessions}
            print_json({**told, "sign_in": signs_in})
        else:
            print_lines([_("The workbench of {book}: {url}").format(book=self._book, url=url)])
            print_lines([_how_to_enter(signs_in=signs_in)])
        sys.stdout.flush()


def _how_to_enter(*, signs_in: bool) -> str:
    if signs_in:
        return _("Whoever opens this address signs in by name and passphrase; Ctrl+C ends it all.")
    if on_a_terminal():
        return _("This address lets one browser in, once; Enter makes another one, Ctrl+C ends it all.")
    return _("This address lets one browser in, once; Ctrl+C ends it all.")


def _book(session: Session) -> tuple[str, str, People | None]:
    """The book's name, its place and, where it has any, its users. It is opened once: what is wrong with it is said
    before anything listens. Raises CannotServe where it has users of whom none can sign in."""
    ledger = session.for_serving()
    place = session.place(reading=True) if ledger.path is None else str(ledger.path.absolute())
    name, users = ledger.name, ledger.users()
    session.close()
    if not users:
        return name, place, None
    if not any(user.active and user.has_passphrase for user in users):
        reason = N_("This book has users, but none of them can sign in: `user passphrase NAME` sets a passphrase.")
        raise CannotServe(reason=reason)
    return name, place, BookPeople(place)


def _command(session: Session) -> list[str]:
    """What a workbench is started with; the book is in its environment, where no shell and no list of processes is."""
    package = Path(tui_ledger.__file__).parent.parent
    options = ["--read-only"] if session.read_only else []
    if session.locale is not None:
        options += ["--locale", session.locale]
    return [sys.executable, "-P", "-c", _CHILD, str(package), *options]


def _served(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a workbench that is drawn in a browser."""
    for name in ("LINES", "TEXTUAL", "TEXTUAL_LOG", USER_VARIABLE, PASSPHRASE_FILE_VARIABLE, TICKET_VARIABLE):
        environment.pop(name, None)
    return {
        **environment,
        DRIVER_VARIABLE: SERVED_DRIVER,
        "TERM": "xterm-256color",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": "60",
    }


def _loaded(command: list[str], environment: dict[str, str], idle_seconds: float) -> tuple[Callable[..., int], object]:
    """What serves, and what it starts; raises CannotServe where the extra is not installed."""
    from tui_ledger.serving.pages import HOW_TO_INSTALL

    try:
        from tui_ledger.serving.conversation import Workplace
        from tui_ledger.serving.running import run_server
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("tui_ledger"):
            raise
        raise CannotServe(reason=HOW_TO_INSTALL) from None
    return run_server, Workplace(command, environment, idle_seconds)
