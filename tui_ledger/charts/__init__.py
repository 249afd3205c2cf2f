"""Which starter charts of accounts are there? One TOML file each, beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger.accounts import AccountDraft


@dataclass(frozen=True, slots=True)
class StarterChart:
    """A starter chart: the name it is asked for by, its title, how many accounts it opens."""

    name: str
    title: str
    count: int


def charts() -> list[StarterChart]:
    """All starter charts, by name."""
    found = {name: _read(name) for name in _names()}
    return [StarterChart(name, chart["title"], len(chart["account"])) for name, chart in sorted(found.items())]


def chart_accounts(name: str) -> tuple[AccountDraft, ...]:
    """The accounts of a starter chart, in its order; raises InvalidSetting for a name that is none."""
    if name not in _names():
        raise InvalidSetting(value=name, what="starter chart", advice=f"choose one of {', '.join(sorted(_names()))}")
    return tuple(AccountDraft(**account) for account in _read(name)["account"])


def _names() -> set[str]:
    return {file.name.removesuffix(".toml") for file in files(__name__).iterdir() if file.name.endswith(".toml")}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
