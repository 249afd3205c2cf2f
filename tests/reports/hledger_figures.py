"""What hledger says of a journal: income and expenses by month, a register; and a book written as a journal."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.importing.both_balances import PLAIN_STYLES, SYMBOLS, asked
from tui_ledger.dates import day_after, month_end
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.conversions import CONVERSION_ROOT
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.report import Report, Row, RowKind

Figures = dict[tuple[str, str], tuple[Decimal, ...]]
"""By account and currency code, an amount a column."""


def result_by_hledger(path: Path, months: Sequence[Range]) -> Figures:
    """Income and expenses of each month, both above zero where they are what they are called."""
    styles = [argument for style in PLAIN_STYLES for argument in ("-c", style)]
    days = "-b", months[0].first.isoformat(), "-e", day_after(months[-1].last).isoformat()
    answer = asked(path, "incomestatement", "-M", "--flat", "-N", "-O", "csv", "--layout=bare", *days, *styles)
    found: Figures = {}
    for account, commodity, *figures in list(csv.reader(answer.splitlines()))[2:]:
        if any(figures):
            amounts = (Decimal(re.sub(r"[ ,](?=[0-9]{3})", "", figure)) for figure in figures)
            found[account, SYMBOLS.get(commodity, commodity)] = tuple(amounts)
    return {use: amounts for use, amounts in found.items() if any(amounts)}


def register_by_hledger(path: Path, account: str, code: str, whole: Range) -> list[tuple[date, Decimal, Decimal]]:
    """The day and amount of each posting of an account in a currency and what it holds of it then, debit-positive."""
    styles = [argument for style in PLAIN_STYLES for argument in ("-c", style)]
    days = "-b", whole.first.isoformat(), "-e", day_after(whole.last).isoformat()
    symbols = [code, *(symbol for symbol, known in SYMBOLS.items() if known == code)]
    commodity = "|".join(re.escape(symbol) for symbol in symbols if symbol)
    asked_for = f"acct:^{re.escape(account)}$", f"cur:^({commodity}){'?' if '' in symbols else ''}$"
    answer = asked(path, "register", "-H", "-O", "csv", *asked_for, *days, *styles)
    lines = csv.DictReader(answer.splitlines())
    return [(date.fromisoformat(one["date"]), plain(one["amount"]), plain(one["total"])) for one in lines]


def plain(figure: str) -> Decimal:
    """The number in an amount of one commodity, whose name has no digits."""
    bare = re.sub(r"[ ,](?=[0-9]{3})", "", figure)
    return Decimal("".join(re.findall(r"[-0-9.]", bare)))


def result_here(report: Report, names: Mapping[str, str]) -> Figures:
    """The same of an income statement: the rows of accounts, unconverted."""
    return leaf_figures((row for section in report.sections for row in section.rows), names)


def leaf_figures(rows: Iterable[Row], names: Mapping[str, str]) -> Figures:
    """What rows that are no sums show, in their own currency and in those without a price."""
    found: Figures = {}
    for row in rows:
        if row.kind not in (RowKind.ACCOUNT, RowKind.OWN):
            continue
        for place, figure in enumerate(row.figures):
            shown = [*([] if figure is None else [figure]), *_unconverted(row, place)]
            for money in shown:
                use = names[str(row.account)], str(money.currency)
                known = found.get(use, (Decimal(0),) * len(row.figures))
                found[use] = (*known[:place], known[place] + money.amount, *known[place + 1 :])
    return {use: amounts for use, amounts in found.items() if any(amounts)}


def names_in_file(ledger: Ledger, path: Path) -> dict[str, str]:
    """What the file calls each account of the book: one it uses in several currencies is several here."""
    used = set(asked(path, "accounts", "--used").splitlines())
    return {
        account.name: account.name if account.name in used else account.name.removesuffix(f":{account.currency}")
        for account in ledger.accounts()
    }


def is_only_here(name: str, used: Iterable[str]) -> bool:
    """Whether it is a conversion account that the file does not name."""
    return name.startswith(f"{CONVERSION_ROOT}:") and name not in used


def journal_of(ledger: Ledger) -> str:
    """A book as a journal: every posting with its amount, and nothing for hledger to guess."""
    return "".join(_lines(ledger))


def _lines(ledger: Ledger) -> Iterator[str]:
    yield "".join(f"commodity {Money(100000, currency).amount} {currency}\n" for currency in ledger.currencies())
    for transaction in ledger.journal():
        if not transaction.postings:
            continue
        yield f"\n{transaction.date.isoformat()} {transaction.number}\n"
        for posting in transaction.postings:
            yield f"  {posting.account}  {posting.amount.amount:f} {posting.currency}\n"


def _unconverted(row: Row, place: int) -> list[Money]:
    return list(row.unconverted_by_column[place].values()) if row.unconverted_by_column else []


def whole_months(days: Sequence[date]) -> Range:
    """From the first day of the first month to the last day of the last."""
    return Range(min(days).replace(day=1), month_end(max(days)))
