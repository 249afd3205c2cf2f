"""How does a draft become a transaction? Resolving, checking and writing it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tui_ledger.dates import parse_date
from tui_ledger.errors import (
    AccountClosed,
    AccountNotYetOpen,
    AmountTooLarge,
    ClosingStands,
    InvalidPrice,
    InvalidSetting,
    InvalidText,
    MinimumBalanceBroken,
    NothingRemains,
    PeriodClosed,
    PlaceholderAccount,
    RemainderInSeveralCurrencies,
    SeveralAmountsMissing,
    TooFewPostings,
    WrongCurrency,
    ZeroAmount,
)
from tui_ledger.ledger import balances, references
from tui_ledger.ledger.balances import PostingLine
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.conversions import Amount, DigitsOf, conversion_units, remainder_at_cost
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act, canonical
from tui_ledger.ledger.values import Account, Draft, DraftPosting, PostingStatus, WrittenPrice, exact_decimal
from tui_ledger.money import LARGEST_UNITS, Currency, Money, check_currency_code, parse_units, units_to_text
from tui_ledger.text import TEXT_LIMIT, storable
from tui_ledger.words import N_, Said, Several, both

MEMO_LIMIT = 5_000
DATA_DEPTH = 100
PRICE_DIGITS = 40
_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

STATUS_NUMBERS = {PostingStatus.UNCLEARED: 0, PostingStatus.CLEARED: 1, PostingStatus.RECONCILED: 2}
STATUSES = (PostingStatus.UNCLEARED, PostingStatus.CLEARED, PostingStatus.RECONCILED)


@dataclass(frozen=True, slots=True)
class ResolvedPosting:
    """A posting whose account and amount (debit-positive minor units) are known."""

    account: Account
    units: int
    draft: DraftPosting


@dataclass(frozen=True, slots=True)
class ResolvedDraft:
    """A draft with its date, accounts and amounts.

    Balanced in every currency together with `conversions`: what the conversion accounts still have to take.
    """

    date: date
    draft: Draft
    postings: tuple[ResolvedPosting, ...]
    conversions: tuple[tuple[Currency, int], ...] = ()

    def with_conversions(self, accounts: Callable[[Currency], Account]) -> ResolvedDraft:
        """The same with its postings to conversion accounts, found (or opened) by `accounts`."""
        lines = tuple(
            ResolvedPosting(account, units, DraftPosting(account, Money(units, currency), conversion=True))
            for currency, units in self.conversions
            for account in (accounts(currency),)
        )
        return replace(self, postings=self.postings + lines, conversions=())

    def as_draft(self) -> Draft:
        """The draft as before-hooks see it: accounts as Account, amounts as Money."""
        lines = tuple(
            replace(posting.draft, account=posting.account, amount=Money(posting.units, posting.account.currency))
            for posting in self.postings
        )
        return replace(self.draft, date=self.date, postings=lines)


def resolve_draft(chart: Chart, draft: Draft, today: date) -> ResolvedDraft:
    """Finds the accounts, reads the amounts, fills the one left out, and checks that debits equal credits.

    Raises UnknownAccount, InvalidAmount and its kin, WrongCurrency, ZeroAmount, TooFewPostings,
    UnbalancedTransaction, InvalidDate, InvalidText.
    """
    day = today if draft.date is None else parse_date(draft.date)
    checked = replace(draft, date=day, **_checked_texts(draft))
    if len(draft.postings) < 2:
        raise TooFewPostings(count=len(draft.postings))
    accounts = [chart.find(posting.account) for posting in draft.postings]
    units = [posting_units(account, posting) for account, posting in zip(accounts, draft.postings, strict=True)]
    filled = _with_remainder(accounts, units, draft.postings, chart.digits_of)
    lines = tuple(map(ResolvedPosting, accounts, filled, draft.postings))
    conversions = conversion_units(_amounts(accounts, filled, draft.postings), chart.digits_of)
    return ResolvedDraft(day, checked, lines, tuple(conversions.items()))


def posting_units(account: Account, posting: DraftPosting) -> int | None:
    """What a line of a draft moves on its account, in debit-positive minor units; None where it is left out.

    Raises InvalidAmount and its kin, WrongCurrency, ZeroAmount.
    """
    currency = account.currency
    if posting.currency is not None and posting.currency != currency:
        raise WrongCurrency(account=account.name, currency=currency, other=posting.currency)
    amount = posting.amount
    if amount is None:
        return None
    if isinstance(amount, Money):
        if amount.currency != currency:
            raise WrongCurrency(account=account.name, currency=currency, other=amount.currency)
        same_digits = amount.currency.digits == currency.digits and abs(amount.units) <= LARGEST_UNITS
        units = amount.units if same_digits else parse_units(amount.amount, currency)
    else:
        units = parse_units(amount, currency)
    if units == 0:
        raise ZeroAmount(account=account.name)
    return units


def refuse_closing(draft: Draft) -> None:
    """Refuses a draft that says of itself that it closes a fiscal year: statements would leave it out."""
    if draft.closing:
        raise ClosingStands(what=N_("A transaction does not close a fiscal year by saying so"))


def check_open(resolved: ResolvedDraft, closed_through: date | None) -> None:
    """Refuses what accounts and periods do not take: PeriodClosed, AccountClosed, PlaceholderAccount."""
    if closed_through is not None and resolved.date <= closed_through:
        raise PeriodClosed(date=resolved.date, through=closed_through)
    for posting in resolved.postings:
        account = posting.account
        if account.closed is not None:
            raise AccountClosed(account=account.name, date=account.closed)
        if account.opened is not None and resolved.date < account.opened:
            raise AccountNotYetOpen(account=account.name, opened=account.opened, date=resolved.date)
        if account.placeholder:
            raise PlaceholderAccount(account=account.name)


def write_transaction(database: BookDatabase, act: Act, resolved: ResolvedDraft, batch: int | None = None) -> int:
    """Inserts a transaction with its postings and balances, carries later rows, seals it, appends to the history.

    Returns its number. Only inside a write; the accounts' minimum balances are checked here.
    """
    number = (database.value("SELECT max(number) FROM transactions") or 0) + 1
    references.refuse_taken(database, resolved.draft.reference, number)
    day = resolved.date.isoformat()
    database.execute(INSERT_TRANSACTION, transaction_columns(number, resolved, batch))
    for line, posting in enumerate(resolved.postings, 1):
        balances.insert_posting(database, number, day, posting_line(line, posting))
    database.execute("UPDATE transactions SET sealed = 1 WHERE number = ?", (number,))
    check_minimums(database, {posting.account.id: posting.account for posting in resolved.postings}, day)
    act.record(number=number, after=transaction_body(number, resolved, batch))
    return number


def check_minimums(database: BookDatabase, accounts: Mapping[int, Account], day: str) -> None:
    """Refuses when an account with a minimum falls below it on any row from a day on."""
    for account in accounts.values():
        if account.minimum is None:
            continue
        lowest = balances.lowest_from(database, account.id, account.type.sign, day)
        if lowest is not None and lowest[0] < account.minimum.units:
            raise MinimumBalanceBroken(
                account=account.name,
                balance=Money(lowest[0], account.currency),
                date=lowest[1],
                minimum=account.minimum,
            )


INSERT_TRANSACTION = (
    "INSERT INTO transactions (number, date, memo, payee, reference, tags, data, reverses, voided, closing, batch, "
    "sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0)"
)


def transaction_columns(number: int, resolved: ResolvedDraft, batch: int | None) -> tuple[object, ...]:
    """What `INSERT_TRANSACTION` takes."""
    draft = resolved.draft
    return (
        number,
        resolved.date.isoformat(),
        draft.memo,
        draft.payee,
        draft.reference,
        canonical(list(draft.tags)) if draft.tags else "[]",
        canonical(dict(draft.data)) if draft.data else "{}",
        draft.reverses,
        int(draft.closing),
        batch,
    )


def posting_line(line: int, posting: ResolvedPosting) -> PostingLine:
    """A resolved posting as it is stored."""
    price = posting.draft.price
    return PostingLine(
        account=posting.account.id,
        line=line,
        amount=posting.units,
        memo=posting.draft.memo,
        price=None if price is None else format(price.amount, "f"),
        price_currency=None if price is None else price.currency,
        price_total=int(price is not None and price.total),
        conversion=int(posting.draft.conversion),
        status=STATUS_NUMBERS[posting.draft.status],
    )


def transaction_body(number: int, resolved: ResolvedDraft, batch: int | None) -> dict[str, Any]:
    """A transaction as the history keeps it: names and decimal text, nothing that is unset."""
    draft = resolved.draft
    texts = {
        "memo": draft.memo,
        "payee": draft.payee,
        "reference": draft.reference,
        "tags": list(draft.tags),
        "data": dict(draft.data),
        "reverses": draft.reverses,
        "closing": draft.closing,
        "batch": batch,
    }
    body: dict[str, Any] = {"number": number, "date": resolved.date.isoformat()}
    body |= {name: value for name, value in texts.items() if value}
    body["postings"] = [_posting_body(posting) for posting in resolved.postings]
    return body


def _posting_body(posting: ResolvedPosting) -> dict[str, Any]:
    line = posting_line(1, posting)
    return stored_posting_body(
        posting.account.name,
        posting.account.currency,
        line.amount,
        line.memo,
        line.price,
        line.price_currency,
        line.price_total,
        line.conversion,
        line.status,
    )


def stored_posting_body(
    account: str,
    currency: Currency,
    units: int,
    memo: str | None,
    price: str | None,
    price_currency: str | None,
    price_total: int,
    conversion: int,
    status: int,
) -> dict[str, Any]:
    """A posting as the history keeps it."""
    body: dict[str, Any] = {"account": account, "amount": units_to_text(units, currency.digits)}
    if memo is not None:
        body["memo"] = memo
    if price is not None:
        body["price"] = [price, price_currency, "total" if price_total else "unit"]
    if conversion:
        body["conversion"] = True
    if status:
        body["status"] = STATUSES[status].value
    return body


def _with_remainder(
    accounts: list[Account], units: list[int | None], postings: Sequence[DraftPosting], digits_of: DigitsOf
) -> list[int]:
    missing = [place for place, amount in enumerate(units) if amount is None]
    if not missing:
        return [amount for amount in units if amount is not None]
    if len(missing) > 1:
        raise SeveralAmountsMissing(names=both(repr(accounts[place].name) for place in missing))
    account = accounts[missing[0]]
    if postings[missing[0]].price is not None:
        raise RemainderInSeveralCurrencies(account=account.name, currencies=str(account.currency))
    remainder, others = remainder_at_cost(_amounts(accounts, units, postings), account.currency, digits_of)
    if others:
        raise RemainderInSeveralCurrencies(account=account.name, currencies=Several(sorted(others)))
    if remainder == 0:
        raise NothingRemains(account=account.name)
    if abs(remainder) > LARGEST_UNITS:
        limit = Money(LARGEST_UNITS, account.currency)
        raise AmountTooLarge(text=N_("The amount left out"), limit=limit)
    return [remainder if amount is None else amount for amount in units]


def _amounts(
    accounts: Sequence[Account], units: Sequence[int | None], postings: Sequence[DraftPosting]
) -> list[Amount]:
    return [
        Amount(amount, account.currency, posting.price)
        for account, amount, posting in zip(accounts, units, postings, strict=True)
        if amount is not None
    ]


def _checked_texts(draft: Draft) -> dict[str, Any]:
    tags = tuple(_text(N_("tag"), tag, TEXT_LIMIT) or "" for tag in draft.tags)
    if any(not tag.strip() for tag in tags):
        raise InvalidText(field=N_("A tag"), reason=N_("it is empty"))
    for posting in draft.postings:
        _text(N_("posting memo"), posting.memo, MEMO_LIMIT)
        if posting.status not in STATUS_NUMBERS:
            known = N_("use uncleared, cleared or reconciled")
            raise InvalidSetting(value=str(posting.status), what=N_("status of a posting"), advice=known)
        if posting.price is not None:
            _refuse_odd_price(posting.price)
    return {
        "memo": _text(N_("memo"), draft.memo, MEMO_LIMIT) or "",
        "payee": _text(N_("payee"), draft.payee, TEXT_LIMIT) or None,
        "reference": _text(N_("reference"), draft.reference, TEXT_LIMIT) or None,
        "tags": tags,
        "data": _plain_data(draft.data),
    }


def _refuse_odd_price(price: WrittenPrice) -> None:
    amount, exponent = exact_decimal(price.amount), price.amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -PRICE_DIGITS or amount.adjusted() > PRICE_DIGITS:
        limit = Said("{price_digits} digits", price_digits=PRICE_DIGITS)
        raise AmountTooLarge(text=Said("The price {price}", price=f"{amount:.3E}"), limit=limit)
    if amount < 0:
        raise InvalidPrice(
            text=f"{amount:f}", advice=N_("a price has no sign; the amount before it says the direction")
        )
    check_currency_code(price.currency)


def _text(name: str, value: object, limit: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidText(
            field=Said("The {name}", name=name), reason=Said("it is a {name}, not a text", name=type(value).__name__)
        )
    if not storable(value):
        raise InvalidText(
            field=Said("The {name}", name=name), reason=N_("it holds a character no file can keep (NUL or half a pair)")
        )
    if len(value) > limit:
        raise InvalidText(
            field=Said("The {name}", name=name), reason=Said("it is longer than {limit} characters", limit=limit)
        )
    return value


def _plain_data(data: Mapping[str, Any] | None) -> dict[str, Any]:
    if not data:
        return {}
    for name in data:
        if not isinstance(name, str):
            raise InvalidText(field=N_("data"), reason=Said("the key {name!r} is not a text", name=name))
    text = canonical(dict(data))
    if not storable(text) or _ESCAPED_NUL.search(text) is not None:
        raise InvalidText(field=N_("data"), reason=N_("it holds a character no file can keep (NUL or half a pair)"))
    plain: dict[str, Any] = json.loads(text)
    _refuse_deep(plain, DATA_DEPTH)
    return plain


def _refuse_deep(value: object, levels: int) -> None:
    if levels == 0:
        raise InvalidText(field=N_("data"), reason=N_("it is nested too deeply"))
    if isinstance(value, (dict, list)):
        for inside in value.values() if isinstance(value, dict) else value:
            _refuse_deep(inside, levels - 1)
