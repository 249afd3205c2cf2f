"""How is peewee loaded without the PostgreSQL drivers? It would load any that is installed, and start much later.

They are hidden while it is imported, unless they or peewee are loaded already: a program that itself uses peewee with
PostgreSQL imports it first, and finds it whole. Books on a server need nothing of what peewee leaves out then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_DRIVERS = ("psycopg", "psycopg2", "psycopg2cffi")


@contextmanager
def _drivers_hidden() -> Iterator[None]:
    hidden = [] if "peewee" in sys.modules else [name for name in _DRIVERS if name not in sys.modules]
    # None in this table is how Python itself marks a module that is not to be found.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _drivers_hidden():
    import peewee as pw

__all__ = ["pw"]
