"""Does a journal come to the same balances here as in hledger?"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tui_ledger.importing.account_types import AccountTypes
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import AccountType, Ledger

from .both_balances import balances_by_hledger, balances_here
from .conftest import WriteJournal

pytestmark = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")

HOUSEHOLD = """\
; A household in three months.

2025/01/01 opening
    assets:bank:giro    $1,000.00
    assets:cash         $50
    equity:opening

2025/01/03 * save
    assets:bank:saving  $250
    assets:bank:giro

2025/02/01 * Landlord | rent
    expenses:rent       $400.00
    assets:bank:giro

2025/02/14 eat & drink
    expenses:food       $12.34
    expenses:drink      $0.66
    assets:cash

2025/03/31 ! pay off
    liabilities:debts   $100
    assets:bank:giro
; the end
"""

WRITTEN_AMOUNTS = [
    "1,000.00", "1.000,00", "1,00,00,000.00", "1 000.00", "1,000,000", "1.000.000", "1.", ".5", "1,000.", "1e3", "1E-2",
    "+5", "- 5", "-$5", "$-5", "$ -5", "- $5", "-$-5", "+$5", "$+5", "5$", "5 $", "USD5", "USD 5", "5USD",
    '"green apples" 5', '5 "green apples"', "1 000 000", "1,0,0", "1,000,00", "1e2 EUR", "5 h", "$ 1 000", "1 000USD",
    "5;c", "5 ; c", "0", "-0", "5. EUR", "EUR5.", "$5 = $5", "-5 = -5", "1.5 VEA == 1.5 VEA", "7=7",
]  # fmt: skip


def test_a_household_comes_to_the_same_balances(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(HOUSEHOLD)
    import_journal(ledger, path)
    assert balances_here(ledger, path) == balances_by_hledger(path)
    assert balances_here(ledger, path)["assets:bank:giro", "USD"] == Decimal("250.00")


@pytest.mark.parametrize("seed", range(3))
def test_a_generated_journal_comes_to_the_same_balances(ledger: Ledger, write_journal: WriteJournal, seed: int) -> None:
    path = write_journal(generated_journal(random.Random(seed), transactions=400))
    result = import_journal(ledger, path)
    assert result.imported > 300
    expected = balances_by_hledger(path)
    assert len(expected) > 20
    assert balances_here(ledger, path) == expected
    assert ledger.verify().ok


def test_each_way_to_write_an_amount_means_the_same(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(
        "".join(
            f"2025-01-01 x\n  assets:a{place}  {amount}\n  equity:x\n" for place, amount in enumerate(WRITTEN_AMOUNTS)
        )
    )
    import_journal(ledger, path)
    assert balances_here(ledger, path) == balances_by_hledger(path)


@pytest.mark.parametrize(
    "declarations",
    [
        "",
        "account assets  ; type:A\n",
        "account assets:bank  ; the bank, type: C\naccount income  ; type:R\n",
        "account assets:bank\n  ; type:cash\n",
    ],
)
def test_accounts_are_of_the_same_type(ledger: Ledger, write_journal: WriteJournal, declarations: str) -> None:
    names = ["assets:bank:giro", "assets:fixed", "assets:x:cheque", "debts:car", "equity:x", "revenues:a", "expense"]
    names += ["Income:b", "Liability:c", "EXPENSES:d"]
    path = write_journal(declarations + "2025-01-01 x\n" + "".join(f"  {name}  1\n" for name in names) + "  equity:y\n")
    listing = subprocess.run(
        ["hledger", "-f", str(path), "accounts", "--types", "--used"], capture_output=True, text=True, check=True
    )
    letters = dict(re.findall(r"^(.*?) +; type: (.)$", listing.stdout, re.MULTILINE))
    import_journal(ledger, path)
    assert {name: letter_of(ledger, name) for name in names} == {name: letters[name] for name in names}
    assert AccountTypes([]).inferred(names[0]) == (AccountType.ASSET, True)


def letter_of(ledger: Ledger, name: str) -> str:
    account = ledger.account(name)
    if account.cash:
        return "C"
    return {"asset": "A", "liability": "L", "equity": "E", "income": "R", "expense": "X"}[account.type]


def generated_journal(chance: random.Random, transactions: int) -> str:
    """Transactions of two to five postings in four commodities, written in every way the format has."""
    accounts = [
        f"{top}:{middle}:{leaf}"
        for top in ("assets", "liabilities", "income", "expenses", "equity")
        for middle in ("a b", "c")
        for leaf in ("one", "two")
    ]
    day, parts = date(2024, 1, 1), ["; generated\ncommodity $1,000.00\ncommodity 1.000,00 €\n"]
    for number in range(transactions):
        day += timedelta(days=chance.randrange(-2, 4))
        parts.append(header(chance, day, number))
        parts.append(postings(chance, accounts))
        parts.append(chance.choice(["\n", "\n; between\n\n", "* star\n", "\n\n"]))
    return "".join(parts)


def header(chance: random.Random, day: date, number: int) -> str:
    written = day.isoformat().replace("-", chance.choice("-/."))
    mark = chance.choice(["", " *", " !"])
    code = chance.choice(["", f" ({number})"])
    description = chance.choice([" Shop | goods", " goods", "", " Äpfel & Öl"])
    comment = chance.choice(["", "  ; note", " ; tag:, key: value"])
    return f"{written}{mark}{code}{description}{comment}\n"


def postings(chance: random.Random, accounts: list[str]) -> str:
    commodities = chance.sample(["$", "€", "VEA", ""], chance.choice([1, 1, 1, 2]))
    lines, left_out = [], chance.random() < 0.5
    for commodity in commodities:
        amounts = [chance.randrange(-500_000, 500_000) for _ in range(chance.randrange(1, 4))]
        if not left_out:
            amounts.append(-sum(amounts))
        lines += [(chance.choice(accounts), written(chance, amount, commodity)) for amount in amounts]
    if left_out:
        lines.append((chance.choice(accounts), ""))
    chance.shuffle(lines)
    return "".join(posting_line(chance, account, amount) for account, amount in lines)


def posting_line(chance: random.Random, account: str, amount: str) -> str:
    indent = chance.choice(["  ", "\t", "    "])
    mark = chance.choice(["", "", "* ", "! "])
    blanks = " " * chance.randrange(2, 9) if amount else ""
    comment = chance.choice(["", "  ; memo", "  ; a, b: c\n    ; and more"])
    return f"{indent}{mark}{account}{blanks}{amount}{comment}\n"


def written(chance: random.Random, hundredths: int, commodity: str) -> str:
    number = f"{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
    if commodity == "€":
        number = f"{abs(hundredths) // 100:,}.{abs(hundredths) % 100:02d}".translate(str.maketrans(",.", ".,"))
    if commodity == "$" and chance.random() < 0.5:
        number = f"{abs(hundredths) // 100:,}.{abs(hundredths) % 100:02d}"
    sign = "-" if hundredths < 0 else ""
    if commodity in ("", "VEA"):
        return f"{sign}{number} {commodity}".strip()
    left = [f"{sign}{commodity}{number}", f"{commodity}{sign}{number}", f"{commodity} {sign}{number}"]
    return chance.choice([*left, f"{sign}{number} {commodity}", f"{sign}{number}{commodity}"])
