"""Puts the catalogues of the program's languages, compiled, into what is built of it.

An editable installation reads them as they are written, so that a change of one is seen at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "tui_ledger/locale/catalogues"


class CompiledCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """One compiled catalogue beside each written one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for written in sorted((Path(self.root) / FOLDER).glob("*.po")):
            with written.open("rb") as opened, written.with_suffix(".mo").open("wb") as into:
                write_mo(into, read_po(opened, locale=written.stem))
        build_data["artifacts"].append(f"{FOLDER}/*.mo")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """A checkout keeps none: there they are read as they are written."""
        for compiled in (Path(self.root) / FOLDER).glob("*.mo"):
            compiled.unlink()
