"""How does a call become an exit status? Every refusal is one line, a traceback is never an answer."""

from __future__ import annotations

import contextlib
import os
import sys

import click

from tui_ledger.cli.root import root
from tui_ledger.cli.run_status import INTERRUPTED, REFUSED
from tui_ledger.errors import LedgerError
from tui_ledger.text import clean


def run(arguments: list[str]) -> int:
    """The exit status of one call."""
    try:
        status = root.main(args=arguments, prog_name="tui-ledger", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except LedgerError as refusal:
        return _refused(str(refusal))
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _leave_quietly()
        return 0
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
    line = clean(" ".join(sentence.splitlines()))
    with contextlib.suppress(OSError):
        click.echo(f"tui-ledger: {line}", err=True)
    return REFUSED


def _leave_quietly() -> None:
    """The reader of a pipe went away: nothing more is written, not even at the interpreter's end."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
