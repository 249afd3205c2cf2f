"""How does a call become an exit status? Every refusal is one line, a traceback is never an answer."""

from __future__ import annotations

import contextlib
import os
import sys

import click

from tui_ledger.cli.ending import AskedToEnd, ending_in_order
from tui_ledger.cli.language import language_for, said_locale
from tui_ledger.cli.misuse import show_misuse
from tui_ledger.cli.root import root
from tui_ledger.cli.run_status import ENDED, INTERRUPTED, REFUSED
from tui_ledger.cli.session import AnswerLost, ReaderLeft, Session
from tui_ledger.dates import own_weeks
from tui_ledger.errors import LedgerError
from tui_ledger.errors.system import system_reason
from tui_ledger.text import clean
from tui_ledger.words import _, speaking


def run(arguments: list[str]) -> int:
    """The exit status of one call."""
    with speaking(language_for(said_locale(arguments), None, os.environ)), own_weeks():
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    sessions: list[Session] = []
    try:
        with ending_in_order():
            status = root.main(args=arguments, prog_name="tui-ledger", standalone_mode=False, obj=sessions)
            _flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as misuse:
        show_misuse(misuse)
        return misuse.exit_code
    except LedgerError as refusal:
        return _refused(str(refusal))
    except (KeyboardInterrupt, click.Abort, AskedToEnd) as asked:
        return _ended(asked)
    except ReaderLeft:
        _leave_quietly()
        return 0
    except AnswerLost as loss:
        return _answer_lost(str(loss), any(session.has_written for session in sessions))
    except RecursionError:
        return _refused(_("The command is nested too deeply to be read."))
    except Exception as problem:
        if os.environ.get("TUI_LEDGER_DEBUG"):
            raise
        sentence = _("An error of the program itself: {problem} ({variable} shows where).")
        return _refused(sentence.format(problem=f"{type(problem).__name__}: {problem}", variable="TUI_LEDGER_DEBUG=1"))
    return status if isinstance(status, int) else 0


def _ended(asked: BaseException) -> int:
    if isinstance(asked, AskedToEnd):
        _leave_quietly()
        _say(_("ended by the system: what was not acknowledged was not written."))
        return ENDED + asked.number
    _say(_("interrupted: what was not acknowledged was not written."))
    return INTERRUPTED


def _refused(sentence: str) -> int:
    _say(sentence)
    return REFUSED


def _answer_lost(reason: str, was_done: bool) -> int:
    """What was done stays done, and is no refusal, even where nobody can be told of it on stdout."""
    _leave_quietly()
    sentence = (
        _("The answer could not be written ({reason}); what was asked for is done and on disk.")
        if was_done
        else _("The answer could not be written ({reason}).")
    )
    _say(sentence.format(reason=reason))
    return 0 if was_done else REFUSED


def _say(sentence: str) -> None:
    line = clean(" ".join(sentence.splitlines()))
    with contextlib.suppress(OSError, AttributeError):
        click.echo(f"tui-ledger: {line}", err=True)


def _flush() -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderLeft from None
    except OSError as problem:
        raise AnswerLost(_(system_reason(problem))) from None


def _leave_quietly() -> None:
    """The reader of a pipe went away: nothing more is written, not even at the interpreter's end."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
