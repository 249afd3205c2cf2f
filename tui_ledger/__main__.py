"""The program as `python -m tui_ledger`."""

from tui_ledger.cli import main

main()
