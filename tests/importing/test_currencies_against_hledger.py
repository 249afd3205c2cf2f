"""Does a journal with prices come to the same balances and prices here as in hledger?"""

from __future__ import annotations

import os
import random
import re
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import Ledger

from .both_balances import SYMBOLS, asked, balances_by_hledger, balances_here
from .conftest import WriteJournal

pytestmark = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")

FOLDER = os.environ.get("TUI_LEDGER_TEST_JOURNALS")
JOURNALS = sorted(Path(FOLDER).glob("*.journal")) if FOLDER else []

ACCOUNTS = [
    f"{top}:{leaf}"
    for top in ("assets:broker", "assets:bank", "liabilities:card", "income:gains", "expenses:fees", "equity:own")
    for leaf in ("one", "two", "USD")
]
CURRENCIES = ["USD", "EUR", "GBP"]
SHARES = ["VEA", "GOLD", '"green apples"']

WRITTEN_PRICES = [
    "10 VEA @ 2.50 USD", "10 VEA@2.50USD", "10 VEA  @2.50 USD", "10 VEA (@) 2.50 USD", "10 VEA (@)2.50 USD",
    "10 VEA @@ 25.00 USD", "10 VEA@@25.00 USD", "10 VEA (@@) 25.00 USD", "-10 VEA @ 2.50 USD", "-10 VEA @@ 25.00 USD",
    "10 VEA @ $2.50", "10 VEA @ € 2,5", "VEA -10 @ £1,000.50", "10 VEA @@ 1 000,50 EUR", "10 VEA @ +2.5 USD",
    "10 VEA @ 2.5E1 USD", "10 VEA @ 2.50", "10 VEA @ 0 USD = 10 VEA", "10 VEA @ 2 USD = 10 VEA", "0 VEA @ 2 USD",
    "10 VEA @ 2 USD == 10 VEA @ 3 EUR", "10 VEA {2 USD} @ 3 USD", "10 VEA @ 3 USD {2 USD}", "10 VEA{2 USD}@3 USD",
    "10 VEA {{20 USD}} [2024-01-01] @ 3 USD", "10 VEA {=2 USD} [2024/1/1]", "10 VEA [1/2] {2 USD} @ 3 USD = 10 VEA",
    "10 VEA {2 \"x}y\"}", "10 VEA @ 2 USD ; @ 3 USD", "10 VEA @ 0.3333333333333333333333333 USD",
    "3 VEA @@ 0.10 USD", "1.5 VEA @ 1.5 USD", "$10 @@ 9 EUR", "10 VEA @ -0 USD",
]  # fmt: skip


@pytest.mark.parametrize("currency", ["USD", "EUR"])
@pytest.mark.parametrize("seed", range(3))
def test_a_generated_journal_comes_to_the_same_balances_on_any_day_and_to_the_same_prices(
    tmp_path: Path, write_journal: WriteJournal, seed: int, currency: str
) -> None:
    path = write_journal(generated_journal(random.Random(seed), transactions=250))
    with Ledger.create(tmp_path / "books.ledger", currency=currency) as ledger:
        result = import_journal(ledger, path)
        assert result.imported == 250
        check_balances(ledger, path, least=60)
        assert prices_here(ledger) == prices_by_hledger(path)
        assert result.prices == len(ledger.prices()) > 30
        assert ledger.verify().ok


@pytest.mark.parametrize("amount", WRITTEN_PRICES)
def test_each_way_to_write_a_price_means_the_same(ledger: Ledger, write_journal: WriteJournal, amount: str) -> None:
    path = write_journal(
        f"2025-01-01 x\n  assets:a  {amount}\n  assets:b  1.00 USD\n  equity:x\n"
        "2025-01-02 digits\n  assets:b  0.000001 VEA\n  assets:c  -0.000001 VEA\n"
    )
    import_journal(ledger, path)
    assert balances_here(ledger, path) == balances_by_hledger(path)
    assert ledger.verify().ok


@pytest.mark.parametrize(
    "directive",
    ["commodity 1.000,00 USD", "commodity USD\n  format 1.000,00 USD", "D 1.000,00 USD", "decimal-mark ,", ""],
)
@pytest.mark.parametrize("price", ["@ 1.234 USD", "@@ 1.234,50 USD", "@ 1,5 USD"])
def test_prices_are_read_as_the_directives_before_them_say(
    ledger: Ledger, write_journal: WriteJournal, directive: str, price: str
) -> None:
    path = write_journal(f"{directive}\n2025-01-01 x\n  assets:a  10 VEA {price}\n  equity:x\n")
    import_journal(ledger, path)
    assert balances_here(ledger, path) == balances_by_hledger(path)


@pytest.mark.parametrize("seed", range(2))
def test_remainders_at_cost_differ_by_less_than_a_cent_each(
    ledger: Ledger, write_journal: WriteJournal, seed: int
) -> None:
    chance = random.Random(seed)
    parts = []
    for place in range(100):
        quantity, price = chance.randrange(1, 9_999), chance.randrange(1, 9_999_999)
        bought = f"{quantity / 1000:.3f} VEA @ {price / 10_000:.4f} USD"
        parts.append(f"2025-01-01 x\n  assets:a  {bought}\n  assets:b{place}\n")
    path = write_journal("".join(parts))
    import_journal(ledger, path)
    here, there = balances_here(ledger, path), balances_by_hledger(path)
    assert len(there) > 90
    assert here == there


@pytest.mark.skipif(not JOURNALS, reason="TUI_LEDGER_TEST_JOURNALS names no folder with journals")
@pytest.mark.parametrize("currency", ["USD", "EUR"])
@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_a_journal_of_others_comes_to_the_same_balances_on_any_day(tmp_path: Path, path: Path, currency: str) -> None:
    with Ledger.create(tmp_path / "books.ledger", currency=currency) as ledger:
        import_journal(ledger, path)
        check_balances(ledger, path, least=3)
        assert prices_here(ledger) == prices_by_hledger(path)
        assert ledger.verify().ok


def check_balances(ledger: Ledger, path: Path, least: int) -> None:
    """Compares at the end, and on five days spread over the transactions."""
    days = sorted(transaction.date for transaction in ledger.journal())
    chosen = [days[len(days) * part // 6] for part in range(1, 6)]
    for day in [*chosen, None]:
        assert balances_here(ledger, path, day) == balances_by_hledger(path, day)
    assert len(balances_by_hledger(path)) >= least


def prices_by_hledger(path: Path) -> dict[tuple[str, str, str], Decimal]:
    lines = asked(path, "prices").splitlines()
    found = [re.fullmatch(r'P (\S+) ("[^"]+"|\S+) ([$€£]?)([0-9.]+) ?([A-Z]*)', line) for line in lines]
    return {(match[1], code_of(match[2]), code_of(match[3] or match[5])): Decimal(match[4]) for match in found if match}


def prices_here(ledger: Ledger) -> dict[tuple[str, str, str], Decimal]:
    return {(price.date.isoformat(), price.currency, price.in_currency): price.rate for price in ledger.prices()}


def code_of(commodity: str) -> str:
    plain = commodity.strip('"')
    return SYMBOLS.get(plain, plain)


def generated_journal(chance: random.Random, transactions: int) -> str:
    """Transactions that buy, sell and exchange, half of them with an amount left out, and prices between them."""
    day, parts = date(2024, 1, 1), [f"commodity 1000.00 {currency}\n" for currency in CURRENCIES]
    for _ in range(transactions):
        day += timedelta(days=chance.randrange(-2, 5))
        parts.append(f"{day.isoformat()} * Shop | goods\n{chance.choice([trade, exchange, several])(chance)}\n")
        if chance.random() < 0.3:
            parts.append(market_price(chance, day))
    return "".join(parts)


def market_price(chance: random.Random, day: date) -> str:
    time = chance.choice(["", " 12:30", " 23:59:59"])
    quote = chance.choice([f"{chance.randrange(1, 99_999) / 10_000:.4f} USD", f"${chance.randrange(1, 999)}.10"])
    return f"P {day.isoformat()}{time} {chance.choice([*SHARES, 'EUR', 'GBP', '€'])} {quote}\n\n"


def trade(chance: random.Random) -> str:
    """Shares bought or sold at a price of one; the cents written, rounded as a broker does, or left out where exact."""
    quantity = chance.choice([-1, 1]) * chance.randrange(1, 900)
    currency, account = chance.choice(CURRENCIES), chance.choice(ACCOUNTS)
    share = chance.choice(SHARES)
    if chance.random() < 0.5:
        cents = chance.randrange(1, 99_999)
        at = chance.choice(["@", " @ ", "  @", " (@) "])
        price = f"{share}{at}{cents / 100:.2f} {currency}{lot(chance)}"
        return f"  {account}  {quantity} {price}\n  {chance.choice(ACCOUNTS)}\n"
    each = Decimal(chance.randrange(1, 99_999)) / 1000
    cost = (quantity * each / 100).quantize(Decimal("0.01"))
    return (
        f"  {account}  {Decimal(quantity) / 100} {share} @ {each} {currency}{lot(chance)}\n"
        f"  {chance.choice(ACCOUNTS)}  {-cost} {currency}\n"
    )


def lot(chance: random.Random) -> str:
    return chance.choice(["", "", " {12.34 USD}", " {12.34 USD} [2024-01-01]"])


def exchange(chance: random.Random) -> str:
    """Money of one currency for that of another at a total, perhaps in one and the same account."""
    first, second = chance.sample(CURRENCIES, 2)
    account = chance.choice(ACCOUNTS)
    other = chance.choice([account, chance.choice(ACCOUNTS)])
    amount, total = chance.choice([-1, 1]) * chance.randrange(1, 99_999), chance.randrange(1, 99_999)
    back = f"  {-total if amount > 0 else total} {second}" if chance.random() < 0.5 else ""
    mark = chance.choice([" @@ ", "@@", " (@@) "])
    return f"  {account}  {amount} {first}{mark}{total} {second}\n  {other}{back}\n"


def several(chance: random.Random) -> str:
    """Shares at prices in two currencies beside plain money, what remains of each left out together."""
    lines = [
        f"  {chance.choice(ACCOUNTS)}  {chance.randrange(1, 99)} {chance.choice(SHARES)} @ 1.25 {currency}\n"
        for currency in chance.sample(CURRENCIES, 2)
    ]
    lines.append(f"  {chance.choice(ACCOUNTS)}  -{chance.randrange(1, 999)}.55 {chance.choice(CURRENCIES)}\n")
    lines.append(f"  {chance.choice(ACCOUNTS)}\n")
    chance.shuffle(lines)
    return "".join(lines)
