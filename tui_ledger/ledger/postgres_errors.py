"""Which of the ledger's errors is meant by one of PostgreSQL's? Told by its code, never by its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import psycopg

from tui_ledger.errors import (
    BalanceTooLarge,
    BookBusy,
    BookDamaged,
    BookError,
    BookNotFound,
    BookRefused,
    BookUncertain,
    BookUnreachable,
    BookUnwritable,
    InvalidText,
    LedgerError,
)
from tui_ledger.ledger.locations import Server
from tui_ledger.words import N_, Said


class LostAtCommit(psycopg.OperationalError):
    """The connection went away before the server said whether it had committed."""


_SERIALISATION = frozenset({"40001", "40P01"})
_SHUTTING_DOWN = frozenset({"57P01", "57P02", "57P03"})
_NO_DATABASE = "3D000"
_BALANCE_RULE = "postings_balance_check"

_BY_CODE: tuple[tuple[str, type[BookError]], ...] = (
    ("40", BookBusy),
    ("55P03", BookBusy),
    ("57014", BookBusy),
    ("23", BookRefused),
    ("22", BookRefused),
    ("42501", BookUnwritable),
    ("25006", BookUnwritable),
    ("53", BookUnwritable),
    ("57", BookUnwritable),
    ("58", BookUnwritable),
    ("08", BookUnwritable),
)


def named(chain: Iterable[BaseException], server: Server) -> LedgerError:
    """The ledger's error for a chain of exceptions, newest first; the driver's oldest one is the cause."""
    links = list(chain)
    if any(isinstance(link, LostAtCommit) for link in links):
        return BookUncertain(path=server.shown)
    problem = next((link for link in reversed(links) if isinstance(link, psycopg.Error)), links[-1])
    reason = said(problem, server)
    code = getattr(problem, "sqlstate", None) or ""
    if "NUL" in reason and isinstance(problem, psycopg.DataError) and not code:
        return InvalidText(field=N_("A text"), reason=N_("it holds a character no book can keep (NUL)"))
    if code == "22003" and reason.startswith("bigint out of range"):
        return BalanceTooLarge()
    if isinstance(problem, psycopg.Error) and problem.diag.constraint_name == _BALANCE_RULE:
        return BalanceTooLarge()
    if connection_lost(problem):
        return BookUnwritable(path=server.shown, reason=Said("the connection was lost: {reason}", reason=reason))
    for beginning, error in _BY_CODE:
        if code.startswith(beginning):
            return error(path=server.shown, reason=reason)
    return BookDamaged(path=server.shown, reason=reason)


def connection_refused(refusal: LedgerError, server: Server) -> LedgerError:
    """What is said when a connection could not be made at all."""
    if any(getattr(link, "sqlstate", None) == _NO_DATABASE or _no_such_database(link) for link in _causes(refusal)):
        return BookNotFound(path=server.shown)
    reason = next((said(link, server) for link in _causes(refusal) if isinstance(link, psycopg.Error)), str(refusal))
    return BookUnreachable(path=server.shown, reason=reason)


def connection_lost(problem: BaseException) -> bool:
    """Whether the server, or the way to it, went away."""
    code = getattr(problem, "sqlstate", None)
    if isinstance(problem, psycopg.OperationalError) and code is None:
        return True
    return code is not None and (code.startswith("08") or code in _SHUTTING_DOWN)


def passing(refusal: LedgerError) -> bool:
    """Whether the same act may go well the next time, nothing being wrong with it."""
    return any(connection_lost(link) or getattr(link, "sqlstate", None) in _SERIALISATION for link in _causes(refusal))


def said(problem: BaseException, server: Server) -> str:
    """The driver's words as one line, without the password whatever they say."""
    diagnosis = problem.diag.message_primary if isinstance(problem, psycopg.Error) else None
    line = " ".join((diagnosis or str(problem)).split())
    password = server.parameters.get("password")
    return line.replace(password, "…") if password else line


def _no_such_database(problem: BaseException) -> bool:
    # While a connection is made, the server's code for it does not reach us.
    words = str(problem)
    return isinstance(problem, psycopg.OperationalError) and 'database "' in words and "does not exist" in words


def _causes(problem: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = problem
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
