"""How does a call become an exit status? Every refusal is one line, a traceback is never an answer."""

from __future__ import annotations

import contextlib
import os
import sys

import click

from tui_ledger.cli.language import language_for
from tui_ledger.cli.root import root
from tui_ledger.cli.run_status import INTERRUPTED, REFUSED
from tui_ledger.cli.session import AnswerLost, ReaderLeft, Session
from tui_ledger.errors import LedgerError
from tui_ledger.text import clean
from tui_ledger.words import speaking


def run(arguments: list[str]) -> int:
    """The exit status of one call."""
    with speaking(language_for(None, None, os.environ)):
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    sessions: list[Session] = []
    try:
        status = root.main(args=arguments, prog_name="tui-ledger", standalone_mode=False, obj=sessions)
        _flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except LedgerError as refusal:
        return _refused(str(refusal))
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted: what was not acknowledged was not written.")
        return INTERRUPTED
    except ReaderLeft:
        _leave_quietly()
        return 0
    except AnswerLost as loss:
        return _answer_lost(str(loss), any(session.has_written for session in sessions))
    except RecursionError:
        return _refused("The command is nested too deeply to be read.")
    except Exception as problem:
        if os.environ.get("TUI_LEDGER_DEBUG"):
            raise
        return _refused(
            f"An error of the program itself: {type(problem).__name__}: {problem} (TUI_LEDGER_DEBUG=1 shows where)."
        )
    return status if isinstance(status, int) else 0


def _refused(sentence: str) -> int:
    _say(sentence)
    return REFUSED


def _answer_lost(reason: str, was_done: bool) -> int:
    """What was done stays done, and is no refusal, even where nobody can be told of it on stdout."""
    _leave_quietly()
    done = "; what was asked for is done and on disk" if was_done else ""
    _say(f"The answer could not be written ({reason}){done}.")
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
        raise AnswerLost(problem.strerror or str(problem)) from None


def _leave_quietly() -> None:
    """The reader of a pipe went away: nothing more is written, not even at the interpreter's end."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
