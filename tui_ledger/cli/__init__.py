"""The command line: `main` is the program `tui-ledger`."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Runs one command and exits: 0 done, 1 refused, 2 misused, 3 discrepancy found, 130 interrupted, 143 ended."""
    os.umask(0o077)
    from tui_ledger.cli.run import run

    sys.exit(run(sys.argv[1:] if arguments is None else arguments))
