"""What accounts hold at the end of a day: as hledger says, and as the book says under the file's names."""

from __future__ import annotations

import csv
import re
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.conversions import CONVERSION_ROOT

Balances = dict[tuple[str, str], Decimal]

SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "": "USD", "green apples": "green-apples"}
PLAIN_STYLES = ["$1000.00", "€1000.00", "£1000.00", "1000.00 EUR", "1000.00 USD", "1000.00 GBP", "1000.00"]


def balances_by_hledger(path: Path, at: date | None = None) -> Balances:
    """Debit-positive, by account and currency code; without a day every posting counts."""
    styles = [argument for style in PLAIN_STYLES for argument in ("-c", style)]
    end = [] if at is None else ["-e", (at + timedelta(days=1)).isoformat()]
    answer = asked(path, "bal", "-N", "-E", "--flat", "-O", "csv", "--layout=bare", *end, *styles)
    found: Balances = {}
    for account, commodity, balance in list(csv.reader(answer.splitlines()))[1:]:
        use = account, SYMBOLS.get(commodity, commodity)
        found[use] = found.get(use, Decimal(0)) + Decimal(re.sub(r"[ ,](?=[0-9]{3})", "", balance))
    return {use: balance for use, balance in found.items() if balance}


def balances_here(ledger: Ledger, path: Path, at: date | None = None) -> Balances:
    """The same of a book, conversion accounts left out that the file does not name."""
    names = set(asked(path, "accounts", "--used").splitlines())
    found: Balances = {}
    for account in ledger.accounts():
        balance = ledger.balance(account, at=at)
        is_of_file = account.name in names
        if balance and (is_of_file or not account.name.startswith(f"{CONVERSION_ROOT}:")):
            name = account.name if is_of_file else account.name.removesuffix(f":{account.currency}")
            found[name, str(account.currency)] = balance.amount * account.type.sign
    return found


def asked(path: Path, *arguments: str) -> str:
    return subprocess.run(["hledger", "-f", str(path), *arguments], capture_output=True, text=True, check=True).stdout
