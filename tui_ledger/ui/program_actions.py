"""What can be set about the program itself from within it? Its settings, its colours, its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench


class ProgramActions:
    """The part of the workbench that opens the settings of the program."""

    def action_program(self) -> None:
        from tui_ledger.ui.screens.program_settings import ProgramSheet

        bench = cast("Workbench", self)
        bench.push_screen(ProgramSheet(bench.desk))

    def action_change_colours(self) -> None:
        from tui_ledger.ui.screens.theme_dialog import ThemeDialog

        bench = cast("Workbench", self)
        bench.push_screen(ThemeDialog(bench.theme))

    def action_own_keys(self) -> None:
        from tui_ledger.ui.screens.own_keys import KeysSheet

        bench = cast("Workbench", self)
        bench.push_screen(KeysSheet(bench.desk))
