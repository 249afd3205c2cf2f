"""The ledger's acts that post."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from tui_ledger.dates import optional_date, parse_date
from tui_ledger.errors import UnknownAccount
from tui_ledger.ledger import batches, following, history, journal, moves, reading, reversal, taxes
from tui_ledger.ledger import currencies as kept_currencies
from tui_ledger.ledger import prices as kept_prices
from tui_ledger.ledger.account_rules import account_for, attributes_of
from tui_ledger.ledger.addons import COMMISSION, addon
from tui_ledger.ledger.basis import checked_name, listed_tags
from tui_ledger.ledger.book import BookState
from tui_ledger.ledger.book_settings import ADJUSTMENTS
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.hooks import Before
from tui_ledger.ledger.tax_acts import TaxActs
from tui_ledger.ledger.values import Account, AccountLike, Draft, DraftPosting, Price, Transaction
from tui_ledger.money import AmountLike, Money
from tui_ledger.words import N_

if TYPE_CHECKING:
    from tui_ledger.ledger.accounts import AccountDraft
    from tui_ledger.ledger.batches import BatchResult, Progress
    from tui_ledger.ledger.journal import ResolvedDraft
    from tui_ledger.ledger.service import Ledger
    from tui_ledger.ledger.taxes import TaxMode


class PostingActs(TaxActs):
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
        tax: TaxMode | str | None = None,
        content: object = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Posts one transaction of two postings or more; one amount may be None and takes the remainder.

        With `tax` (`gross` or `net`) lines whose accounts have a tax code are split as `taxed` does. With a `key`,
        `content` stands for the arguments where these were made of something else: such as the words of a command
        line.
        """
        day = optional_date(date)
        return self.post_draft(
            Draft(day, memo, postings, payee, reference, listed_tags(tags), {} if data is None else data),
            tax=tax,
            content=content,
            key=key,
            actor=actor,
        )

    def post_draft(
        self,
        draft: Draft,
        *,
        tax: TaxMode | str | None = None,
        content: object = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Posts a draft as a transaction, with the next number; `tax` and `content` as for `post`."""
        if tax is None:
            return self._post("post", draft if content is None else content, lambda _: draft, key, actor)
        mode = taxes.tax_mode(tax)
        asked = [draft, mode.value] if content is None else content
        return self._post("post", asked, lambda _: self.taxed(draft, mode), key, actor)

    def check_draft(self, draft: Draft) -> Draft:
        """The draft with accounts resolved, amounts read and the remainder filled; raises what posting it would.

        A courtesy to the typist: everything is checked again under the lock.
        """
        journal.refuse_closing(draft)
        resolved = journal.resolve_draft(self._current_chart(), draft, self.today)
        journal.check_open(resolved, self._state().closed_through)
        return resolved.as_draft()

    def post_batch(
        self,
        drafts: Iterable[Draft],
        *,
        accounts: Iterable[AccountDraft] = (),
        currencies: Mapping[str, int] | None = None,
        prices: Iterable[Price] = (),
        label: str = "import",
        total: int = 0,
        progress: Progress | None = None,
        content: object = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> BatchResult:
        """Opens accounts, notes prices and posts drafts as one act: all or nothing.

        `currencies` are digits for codes the book does not know yet; of several prices of a day the last is kept;
        `progress` gets (done, total). With a `key`,
        `content` stands for the drafts: such as the digest of the file they come from.
        """

        def run(act: Act) -> BatchResult:
            for code, digits in (currencies or {}).items():
                kept_currencies.fix_currency(self._database, act, self._chart, code, digits)
            opened = tuple(self._open(act, draft) for draft in accounts)
            kept_prices.write_prices(self._database, act, self._chart, prices)
            state = self._state()
            bundled = self._bundled(state)
            numbers = batches.write_batch(
                self._database,
                act,
                self._chart,
                drafts,
                today=self.today,
                closed_through=state.closed_through,
                prepare=lambda draft: self._prepared_in_write(act, self._prepared(draft), bundled),
                finish=lambda resolved: self._with_conversions(act, resolved),
                total=total,
                progress=progress,
            )
            self._tell_after_commit(list(numbers))
            return batches.BatchResult(act.number, numbers, opened)

        return self._perform(checked_name(label, N_("The label")), content, key, actor, run, self._batch_of_act)

    def _batch_of_act(self, act: int) -> BatchResult:
        numbers = history.transactions_of_act(self._database, act)
        return batches.BatchResult(
            act, range(numbers[0], numbers[-1] + 1) if numbers else range(0), self._accounts_of_act(act)
        )

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
        received: Money | AmountLike | None = None,
        create_missing: bool = False,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Moves a positive amount: credits `from_account` and debits `to_account`, unless both are credit-normal
        (liability, equity, income): then the reverse, so that the first falls and the second rises.

        Between currencies `received` says what arrives, in the currency of `to_account`. `create_missing` opens the
        accounts that attributes name and nobody has; a plain name is never opened.
        """
        given_tags = listed_tags(tags)
        asked = [from_account, to_account, amount, date, memo, payee, reference, given_tags, data]
        asked += [] if received is None else [received]
        day = optional_date(date)

        def draft(act: Act | None) -> Draft:
            source = self._find(act, from_account, create_missing)
            target = self._find(act, to_account, create_missing)
            lines = moves.transfer_lines(source, target, amount, received)
            return Draft(day, memo, lines, payee, reference, given_tags, {} if data is None else data)

        return self._post("transfer", asked, draft, key, actor, opens_accounts=create_missing)

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
        """Posts the mirror of a whole transaction, linked both ways, once; what follows it, such as a commission, is
        taken back along with it.

        Dated the later of today and the original's date unless said. Raises TransactionNotFound, AlreadyReversed,
        TransactionVoided, ReversalTooEarly, PeriodClosed.
        """
        number = transaction.number if isinstance(transaction, Transaction) else transaction
        day = optional_date(date)

        def draft(_: Act | None) -> Draft:
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
        known = {**texts, "tags": listed_tags(texts.get("tags", ()))}
        key, actor = known.pop("key", None), known.pop("actor", None)
        asked = [account, amount, against, dict(known)]
        day = known.pop("date", None)
        create_missing = bool(known.pop("create_missing", False))

        def draft(act: Act | None) -> Draft:
            moved = self._find(act, account, create_missing)
            other = self._other_side(act, moved) if against is None else self._find(act, against, create_missing)
            lines = moves.moving_lines(moved, other, amount, direction)
            return Draft(date=optional_date(day), postings=lines, **known)

        return self._post(kind, asked, draft, key, actor, opens_accounts=create_missing or against is None)

    def _post(
        self,
        kind: str,
        asked: object,
        draft: Callable[[Act | None], Draft],
        key: str | None,
        actor: str | None,
        *,
        opens_accounts: bool = False,
        also: Callable[[Act], None] | None = None,
    ) -> Transaction:
        """Writes the draft that `draft` makes of the act, what before-hooks add to it, and what `also` writes with it.

        Hooks run before the lock is taken, unless the draft opens accounts; what they leave is checked under it.
        """
        self._permit(kind)
        prepared: list[Draft] = []
        if self.hooks.any_before and not self._was_done(key):
            self._current_chart()
            with contextlib.suppress(*([UnknownAccount] if opens_accounts else [])):
                prepared = self._prepared(draft(None))

        def run(act: Act) -> Transaction:
            drafts = prepared or self._prepared(draft(act))
            if self.hooks.any_before and not prepared:
                act.catch_up()
            numbers = self._write_all(act, self._with_followers(drafts))
            if also is not None:
                also(act)
            self._tell_after_commit(list(numbers))
            return reading.read_transaction(self._database, self._chart, numbers[0])

        return self._perform(kind, asked, key, actor, run, self._first_transaction)

    def _prepared(self, draft: Draft) -> list[Draft]:
        """The draft, resolved, as the before-hooks leave it, and the drafts they add."""
        if not self.hooks.any_before:
            return [draft]
        return self.hooks.prepared(journal.resolve_draft(self._current_chart(), draft, self.today).as_draft())

    def _write_all(self, act: Act, drafts: list[Draft]) -> list[int]:
        """Writes a draft and the further ones, those that follow it right behind it; returns their numbers."""
        state, numbers = self._state(), list[int]()
        for one in self._prepared_in_write(act, drafts, self._bundled(state)):
            linked = following.behind(one, numbers[0]) if numbers else one
            numbers.append(journal.write_transaction(self._database, act, self._resolve_under_lock(act, linked, state)))
        return numbers

    def _prepared_in_write(self, act: Act, drafts: list[Draft], bundled: Mapping[str, Before]) -> list[Draft]:
        """The drafts, with what hooks make of the first one that decide by what the book holds; only under the lock."""
        if bundled or self.hooks.any_in_write:
            first, *further = drafts
            asked = self.hooks.prepared_in_write(
                journal.resolve_draft(self._chart, first, self.today).as_draft(), bundled
            )
            drafts = [*asked, *further]
        for one in drafts:
            self._open_with(act, one)
        return following.followers_first(drafts)

    def _bundled(self, state: BookState) -> dict[str, Before]:
        """The hooks of the program's own add-ons that the book has turned on."""
        if state.commission is None:
            return {}
        with self._database.decoding():
            terms = json.loads(state.commission)
        return {COMMISSION: addon(COMMISSION).before_post_of(cast("Ledger", self), terms)}

    def _with_followers(self, drafts: list[Draft]) -> list[Draft]:
        """A reversal takes back what was written along with its original too; other drafts stay as they are."""
        reversed_one = drafts[0].reverses
        if reversed_one is None:
            return drafts
        day = self.today if drafts[0].date is None else parse_date(drafts[0].date)
        originals = map(self.transaction, following.followers_of(self._database, reversed_one, standing=True))
        back = [
            following.as_follower(reversal.reversal_draft(one, max(day, one.date), self.today, None))
            for one in originals
        ]
        return [drafts[0], *back, *drafts[1:]]

    def _open_with(self, act: Act, draft: Draft) -> None:
        """Opens the accounts a draft says are opened with it, where nobody has their names."""
        for account in draft.opens if isinstance(draft, following.Follower) else ():
            if self._chart.named(account.name) is None:
                self._open(act, account)

    def _was_done(self, key: str | None) -> bool:
        return key is not None and history.act_of_key(self._database, key) is not None

    def _tell_after_commit(self, numbers: list[int]) -> None:
        if self.hooks.any_after:
            self._to_be_told.append(numbers)
            self._database.after_commit(lambda: self.hooks.tell(self.transaction(number) for number in numbers))

    def _other_side(self, act: Act | None, moved: Account) -> Account:
        """The adjustments account of an account's currency."""
        root = self._chart.find(self.setting("adjustments", ADJUSTMENTS))
        if moved.currency == root.currency:
            return root
        if act is None:
            return self._chart.find(f"{root.name}:{moved.currency}")
        return self._companion(act, root.name, moved.currency, root.type)

    def _find(self, act: Act | None, account: AccountLike, create_missing: bool) -> Account:
        """The account meant; one named by attributes that nobody has is opened where that was asked for."""
        try:
            return self._chart.find(account)
        except UnknownAccount:
            attributes = attributes_of(account)
            if act is None or not create_missing or attributes is None:
                raise
            return self._open(act, self._with_free_name(account_for(attributes, self.setting("account_rules", ()))))

    def _with_free_name(self, draft: AccountDraft) -> AccountDraft:
        """Other attributes may read as the same name (a:b and a-b, Ann and ann): then with a number behind it."""
        names = (draft.name if place == 1 else f"{draft.name} ({place})" for place in itertools.count(1))
        return replace(draft, name=next(name for name in names if self._chart.named(name) is None))

    def _resolve_under_lock(self, act: Act, draft: Draft, state: BookState) -> ResolvedDraft:
        journal.refuse_closing(draft)
        original = None
        if draft.reverses is not None:
            original = reading.read_transaction(self._database, self._chart, draft.reverses)
            reversal.refuse_second(original)
        resolved = journal.resolve_draft(self._chart, draft, self.today)
        journal.check_open(resolved, state.closed_through)
        whole = self._with_conversions(act, resolved)
        if original is not None:
            lines = ((posting.account.name, posting.units) for posting in whole.postings)
            reversal.refuse_unless_mirrored(original, whole.date, lines)
        return whole
