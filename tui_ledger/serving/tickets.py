"""How does a workbench learn whose it is? By a pipe of its own, which nobody else can read or fill."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

TICKET_VARIABLE = "TUI_LEDGER_TICKET_FD"
"""Names, to a workbench of somebody who signed in, the number of the pipe that says who that is."""


@contextlib.contextmanager
def handed(ticket: str | None) -> Iterator[tuple[int, ...]]:
    """The end of a pipe that holds a ticket and nothing after it; nothing where there is no ticket."""
    if ticket is None:
        yield ()
        return
    reading, writing = os.pipe()
    try:
        try:
            os.write(writing, ticket.encode())
        finally:
            os.close(writing)
        yield (reading,)
    finally:
        os.close(reading)
