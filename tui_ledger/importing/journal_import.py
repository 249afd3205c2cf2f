"""How does a journal come into a ledger? Read whole first, then written as one act, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tui_ledger.errors import InvalidCurrency
from tui_ledger.importing.account_types import AccountTypes
from tui_ledger.importing.assertions import check_assertions
from tui_ledger.importing.chart_plan import ChartPlan, plan_chart
from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.conversion_uses import plan_conversions
from tui_ledger.importing.detection import looks_like_journal
from tui_ledger.importing.drafts import Drafting
from tui_ledger.importing.hledger import JournalReader
from tui_ledger.importing.market_prices import MarketPrices
from tui_ledger.importing.pass_reports import PassReports
from tui_ledger.importing.refusals import Refusals, quoted
from tui_ledger.importing.source import TextFile, open_text
from tui_ledger.importing.survey import Survey
from tui_ledger.importing.values import ReadTransaction
from tui_ledger.importing.wanted_accounts import wanted_accounts
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.batches import Progress
from tui_ledger.ledger.conversions import CONVERSIONS, conversion_root
from tui_ledger.ledger.values import Draft
from tui_ledger.text import name_key
from tui_ledger.words import Said, ngettext

__all__ = ["ImportResult", "import_journal", "looks_like_journal"]

_LINES_BETWEEN_REPORTS = 20_000
_LISTED_NOTES = 100


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do (then `batch` is None).

    `imported` counts transactions, `prices` those of `P` lines (of one day the last), `accounts_opened` are names,
    `notes` say in whole sentences how the file was understood and what was left out of it.
    """

    imported: int
    batch: int | None
    accounts_opened: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    skipped_duplicates: int = 0
    refused: tuple[tuple[int, str], ...] = ()
    prices: int = 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that can be imported whole: how many transactions, which accounts and prices, new currencies' digits."""

    source: TextFile
    commodities: Commodities
    transaction_count: int
    chart: ChartPlan
    market_prices: MarketPrices
    new_digits: Mapping[str, int]
    notes: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.transaction_count or self.chart.accounts or self.market_prices)

    def digits(self, code: str) -> int:
        """Of a currency of the file; all of them are fixed once it was read."""
        fixed = self.commodities.fixed_digits(code)
        return self.new_digits[code] if fixed is None else fixed


def import_journal(
    ledger: Ledger,
    path: str | Path,
    *,
    progress: Progress | None = None,
    dry_run: bool = False,
    key: str | None = None,
    actor: str | None = None,
) -> ImportResult:
    """Brings a journal in hledger's format into a ledger: its accounts, transactions and prices in one act, or nothing.

    The file is read twice or more, so that memory stays flat however many transactions it has. `progress` is called
    with (done, total), in lines read and written; what it raises stops the import, and nothing is imported. With
    `dry_run` nothing is written.
    Raises FileNotReadable, ImportRefused (every line that cannot be imported is in its `refused`), BookReadOnly.
    """
    source = open_text(Path(path))
    report = PassReports(progress, source.line_count(), _LINES_BETWEEN_REPORTS)
    reading = _read(ledger, source, report)
    if dry_run or reading.is_empty:
        return _result(reading, None)
    written = ledger.post_batch(
        _drafts(reading),
        accounts=reading.chart.accounts,
        currencies=reading.new_digits,
        prices=reading.market_prices,
        total=reading.transaction_count,
        progress=report.written,
        content=source.digest() if key is not None else None,
        key=key,
        actor=actor,
    )
    return _result(reading, written.batch)


def _read(ledger: Ledger, source: TextFile, report: PassReports) -> _Reading:
    commodities = Commodities(str(ledger.currency), lambda code: _known_digits(ledger, code))
    reader, survey, refusals = _surveyed(source, commodities, ledger.closed_through, report)
    new_currencies, new_digits = survey.new_currencies, survey.new_digits()
    commodities.fix(new_digits)
    if reader.awaits_digits:
        reader, survey, refusals = _surveyed(source, commodities, ledger.closed_through, report)
    chart = _chart_plan(ledger, reader, survey, refusals)
    if not refusals:
        if survey.asserted:
            check_assertions(_again(source, commodities), survey.asserted, refusals)
        _refuse_before_opening(ledger, chart, lambda: _again(source, commodities), refusals)
    refusals.raise_if_any(source.path)
    notes = [*commodities.notes(), *reader.notes(), *new_currencies.notes(), *survey.notes(), *chart.notes]
    prices = reader.market_prices
    return _Reading(source, commodities, survey.transaction_count, chart, prices, new_digits, _listed(notes))


def _surveyed(
    source: TextFile, commodities: Commodities, closed_through: date | None, report: PassReports
) -> tuple[JournalReader, Survey, Refusals]:
    """One pass over the file, with all it refuses."""
    refusals = Refusals()
    reader = JournalReader(source, commodities, refusals)
    survey = Survey(commodities, refusals, closed_through)
    for transaction in reader.transactions():
        survey.add(transaction)
        report.read(transaction.line)
    survey.new_currencies.add_market_prices(reader.market_prices)
    return reader, survey, refusals


def _again(source: TextFile, commodities: Commodities) -> Iterator[ReadTransaction]:
    """Another pass over a file in which the first pass refused nothing."""
    return JournalReader(source, commodities, Refusals()).transactions()


def _refuse_before_opening(
    ledger: Ledger, chart: ChartPlan, transactions: Callable[[], Iterator[ReadTransaction]], refusals: Refusals
) -> None:
    """Refuses postings dated before their account opens; the file is only read again where the book sets such days."""
    opening_days = {account.name: account.opened for account in ledger.accounts() if account.opened is not None}
    uses = {use: opening_days[name] for use, name in chart.names.items() if name in opening_days}
    for transaction in transactions() if uses else ():
        for posting in transaction.postings:
            opened = None if posting.amount is None else uses.get((posting.account, posting.amount.currency))
            if opened is not None and transaction.date < opened:
                refusals.refuse(
                    posting.line,
                    Said(
                        "{account} opens on {opened} in the book: use a later date",
                        account=quoted(posting.account),
                        opened=opened,
                    ),
                )


def _chart_plan(ledger: Ledger, reader: JournalReader, survey: Survey, refusals: Refusals) -> ChartPlan:
    declared = tuple(reader.declared_accounts.values())
    in_book = ledger.accounts()
    wanted = wanted_accounts(survey.uses, declared, (name_key(account.name) for account in in_book))
    plan = plan_chart(wanted, AccountTypes(declared), in_book, str(ledger.currency), refusals)
    root = conversion_root(ledger.setting(CONVERSIONS))
    return plan_conversions(survey.conversions, plan, in_book, refusals, root)


def _drafts(reading: _Reading) -> Iterator[Draft]:
    """The second pass over the file; the first one refused nothing, so this one refuses nothing either."""
    drafting = Drafting(reading.chart.names, reading.digits)
    for transaction in _again(reading.source, reading.commodities):
        draft = drafting.draft(transaction)
        if draft is not None:
            yield draft


def _listed(notes: list[str]) -> tuple[str, ...]:
    if len(notes) <= _LISTED_NOTES:
        return tuple(notes)
    more = len(notes) - _LISTED_NOTES
    said = ngettext("There are {n} more notes of this kind.", "There are {n} more notes of this kind.", more)
    return (*notes[:_LISTED_NOTES], said.format(n=more))


def _known_digits(ledger: Ledger, code: str) -> int | None:
    try:
        return ledger.currency_of(code).digits
    except InvalidCurrency:
        return None


def _result(reading: _Reading, batch: int | None) -> ImportResult:
    opened = tuple(draft.name for draft in reading.chart.accounts)
    return ImportResult(reading.transaction_count, batch, opened, reading.notes, prices=len(reading.market_prices))
