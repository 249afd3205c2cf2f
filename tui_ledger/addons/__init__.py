"""What comes with the program and hooks into a ledger."""
