"""How is a room loaded when it is first used? A command needs few of them, and is to begin at once.

A package whose `__getattr__` is made here gives its modules as stand-ins: `from package import room` costs nothing, and
`room.name` loads the module when that line runs. `from package.room import name` loads it at once, as ever. The public
names of a package that are listed with their modules are loaded in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec


class Room:
    """Stands in for a module that is loaded by the first look at anything in it."""

    __slots__ = ("_module",)

    _module: str

    def __init__(self, module: str) -> None:
        object.__setattr__(self, "_module", module)

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self._module), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(import_module(self._module), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(import_module(self._module), name)

    def __repr__(self) -> str:
        return f"<room {self._module!r}>"


def on_first_use(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package: its public names by the modules they are at home in, and its modules."""

    def found(name: str) -> object:
        if name in homes:
            return getattr(import_module(f"{package}.{homes[name]}"), name)
        if name.startswith("_") or find_spec(f"{package}.{name}") is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return Room(f"{package}.{name}")

    return found
