"""The ledger's acts that post."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from tui_ledger.dates import parse_date
from tui_ledger.errors import AmountNotPositive, InvalidText, SelfTransfer, WrongCurrency
from tui_ledger.ledger import accounts as account_acts
from tui_ledger.ledger import reading, reversal
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.basis import LedgerBasis, checked_name
from tui_ledger.ledger.batches import BatchResult, Progress, write_batch
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.journal import ResolvedDraft, check_open, resolve_draft, write_transaction
from tui_ledger.ledger.values import AccountLike, Draft, DraftPosting, Transaction
from tui_ledger.money import AmountLike, Currency, Money, parse_units

ADJUSTMENTS = "Equity:Adjustments"


class PostingActs(LedgerBasis):
    """Transactions are posted, alone or in batches, moved between accounts, and reversed."""

    def post(
        self,
        memo: str,
        *postings: DraftPosting,
        date: date | str | None = None,
        payee: str | None = None,
        reference: str | None = None,
        tags: Iterable[str] = (),
        data: Mapping[str, Any] | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Posts one transaction of two postings or more; one amount may be None and takes the remainder."""
        day = None if date is None else parse_date(date)
        return self.post_draft(
            Draft(day, memo, postings, payee, reference, _listed(tags), {} if data is None else data),
            key=key,
            actor=actor,
        )

    def post_draft(self, draft: Draft, *, key: str | None = None, actor: str | None = None) -> Transaction:
        """Posts a draft as a transaction, with the next number."""
        return self._post("post", draft, draft, key, actor)

    def check_draft(self, draft: Draft) -> Draft:
        """The draft with accounts resolved, amounts read and the remainder filled; raises what posting it would.

        A courtesy to the typist: everything is checked again under the lock.
        """
        resolved = resolve_draft(self._current_chart(), draft, self.today)
        check_open(resolved, self._state().closed_through)
        return resolved.as_draft()

    def post_batch(
        self,
        drafts: Iterable[Draft],
        *,
        accounts: Iterable[AccountDraft] = (),
        currencies: Mapping[str, int] | None = None,
        label: str = "import",
        total: int = 0,
        progress: Progress | None = None,
        actor: str | None = None,
    ) -> BatchResult:
        """Opens accounts and posts drafts as one act: all or nothing.

        `currencies` are digits for codes the book does not know yet; `progress` gets (done, total).
        """

        def run(act: Act) -> BatchResult:
            for code, digits in (currencies or {}).items():
                account_acts.fix_currency(self._database, act, self._chart, code, digits)
            opened = tuple(self._open(act, draft) for draft in accounts)
            numbers = write_batch(
                self._database,
                act,
                self._chart,
                drafts,
                today=self.today,
                closed_through=self._state().closed_through,
                total=total,
                progress=progress,
            )
            return BatchResult(act.number, numbers, opened)

        return self._perform(checked_name(label, "The label"), None, None, actor, run)

    def transfer(
        self,
        from_account: AccountLike,
        to_account: AccountLike,
        amount: Money | AmountLike,
        *,
        date: date | str | None = None,
        memo: str = "",
        payee: str | None = None,
        reference: str | None = None,
        tags: Iterable[str] = (),
        data: Mapping[str, Any] | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Moves a positive amount: credits `from_account` and debits `to_account`, unless both are credit-normal
        (liability, equity, income): then the reverse, so that the first falls and the second rises."""
        given_tags = _listed(tags)
        asked = [from_account, to_account, amount, date, memo, payee, reference, given_tags, data]
        day = None if date is None else parse_date(date)

        def draft() -> Draft:
            chart = self._chart
            source, target = chart.find(from_account), chart.find(to_account)
            if source.id == target.id:
                raise SelfTransfer(account=source.name)
            units = _positive_units(amount, source.currency)
            if source.type.sign < 0 and target.type.sign < 0:
                units = -units
            lines = (
                DraftPosting(source, Money(-units, source.currency)),
                DraftPosting(target, Money(units, source.currency)),
            )
            return Draft(day, memo, lines, payee, reference, given_tags, {} if data is None else data)

        return self._post("transfer", asked, draft, key, actor)

    def increase(
        self, account: AccountLike, amount: Money | AmountLike, *, against: AccountLike | None = None, **texts: Any
    ) -> Transaction:
        """Moves an account up in its own direction; the other side goes to `against`, by default the adjustments."""
        return self._move("increase", 1, account, amount, against, texts)

    def decrease(
        self, account: AccountLike, amount: Money | AmountLike, *, against: AccountLike | None = None, **texts: Any
    ) -> Transaction:
        """Moves an account down in its own direction; the other side goes to `against`."""
        return self._move("decrease", -1, account, amount, against, texts)

    def reverse(
        self,
        transaction: Transaction | int,
        *,
        date: date | str | None = None,
        memo: str | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Posts the mirror of a whole transaction, linked both ways, once.

        Dated the later of today and the original's date unless said. Raises TransactionNotFound, AlreadyReversed,
        TransactionVoided, ReversalTooEarly, PeriodClosed.
        """
        number = transaction.number if isinstance(transaction, Transaction) else transaction
        day = None if date is None else parse_date(date)

        def draft() -> Draft:
            return reversal.reversal_draft(self.transaction(number), day, self.today, memo)

        return self._post("reverse", [number, date, memo], draft, key, actor)

    def _move(
        self,
        kind: str,
        direction: int,
        account: AccountLike,
        amount: Money | AmountLike,
        against: AccountLike | None,
        texts: Mapping[str, Any],
    ) -> Transaction:
        known = {**texts, "tags": _listed(texts.get("tags", ()))}
        key, actor = known.pop("key", None), known.pop("actor", None)
        asked = [account, amount, against, dict(known)]
        day = known.pop("date", None)

        def draft() -> Draft:
            moved = self._chart.find(account)
            other = self._chart.find(ADJUSTMENTS if against is None else against)
            if moved.id == other.id:
                raise SelfTransfer(account=moved.name)
            units = direction * moved.type.sign * _positive_units(amount, moved.currency)
            lines = (
                DraftPosting(moved, Money(units, moved.currency)),
                DraftPosting(other, Money(-units, moved.currency)),
            )
            return Draft(date=None if day is None else parse_date(day), postings=lines, **known)

        return self._post(kind, asked, draft, key, actor)

    def _post(
        self, kind: str, asked: object, draft: Draft | Callable[[], Draft], key: str | None, actor: str | None
    ) -> Transaction:
        def run(act: Act) -> Transaction:
            resolved = self._resolve_under_lock(draft() if callable(draft) else draft)
            number = write_transaction(self._database, act, resolved)
            return reading.read_transaction(self._database, self._chart, number)

        return self._perform(kind, asked, key, actor, run, self._first_transaction)

    def _resolve_under_lock(self, draft: Draft) -> ResolvedDraft:
        resolved = resolve_draft(self._chart, draft, self.today)
        check_open(resolved, self._state().closed_through)
        return resolved


def _positive_units(amount: Money | AmountLike, currency: Currency) -> int:
    if isinstance(amount, Money) and amount.currency != currency:
        raise WrongCurrency(account="The account", currency=currency, other=amount.currency)
    units = parse_units(amount.amount if isinstance(amount, Money) else amount, currency)
    if units <= 0:
        raise AmountNotPositive(text=str(amount))
    return units


def _listed(tags: Iterable[str]) -> tuple[str, ...]:
    if isinstance(tags, str):
        raise InvalidText(field="The tags", reason="they are a list of texts, not one text")
    return tuple(tags)
