"""How do many credits and debits of parties come in at once? As one act, with the parties and accounts they need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import PartyInactive
from tui_ledger.ledger import batches, currencies, parties
from tui_ledger.ledger.basis import checked_name
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.party_acts import PartyActs
from tui_ledger.ledger.values import DEFAULT_PURPOSE, Account, AccountLike, Draft, DraftPosting
from tui_ledger.money import Money
from tui_ledger.words import N_

if TYPE_CHECKING:
    from tui_ledger.ledger.batches import BatchResult, Progress

Side = tuple[str, str]
"""A party's key and a purpose."""


@dataclass(frozen=True, slots=True)
class PartyItem:
    """A credit of a party, or a debit where `amount` is below zero: what comes to what it is owed."""

    party: str
    amount: Money
    date: date
    memo: str = ""
    purpose: str = DEFAULT_PURPOSE
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptItem:
    """A standing transaction whose extra data has a mark: what stands there, and by (party, purpose) what each account
    of a party in it was owed after it."""

    number: int
    content: Any
    owed: Mapping[Side, Money]


class PartyBatchActs(PartyActs):
    """Many credits and debits of parties are posted as one act, and found again by a mark in their data."""

    def post_party_items(
        self,
        items: Iterable[PartyItem],
        sides: Iterable[Side],
        *,
        currency: str | None = None,
        against: AccountLike | None = None,
        names: Mapping[str, str] | None = None,
        label: str = "import",
        total: int = 0,
        progress: Progress | None = None,
        content: object = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> BatchResult:
        """Posts items in their order, each one transaction, all or nothing; the other side goes to `against`, by
        default the adjustments account.

        `sides` are all parties and purposes of the items: parties that are not there are added, with a name from
        `names`, and accounts opened as `party_credit` does. The amounts are of `currency`, by default the book's.
        Hooks are asked of each, the program's own add-ons are not: what old items earned stands among them.
        `progress` gets (done, total); with a `key`, `content` stands for the items. Raises PartyInactive and what
        posting raises.
        """

        def run(act: Act) -> BatchResult:
            code = str(self._state().currency) if currency is None else currency
            currencies.fix_currency(self._database, act, self._chart, code)
            before = {account.id for account in self._chart.all()}
            accounts = {side: self._account_of_side(act, side, code, names or {}) for side in sides}
            others = {side: self._against(act, account, against) for side, account in accounts.items()}
            numbers = batches.write_batch(
                self._database,
                act,
                self._chart,
                (_draft(item, accounts[item.party, item.purpose], others[item.party, item.purpose]) for item in items),
                today=self.today,
                closed_through=self._state().closed_through,
                prepare=lambda draft: self._prepared_in_write(act, self._prepared(draft), {}),
                finish=lambda resolved: self._with_conversions(act, resolved),
                total=total,
                progress=progress,
            )
            self._tell_after_commit(list(numbers))
            opened = tuple(one for one in self._chart.all() if one.id not in before)
            return batches.BatchResult(act.number, numbers, opened)

        return self._perform(checked_name(label, N_("The label")), content, key, actor, run, self._batch_of_act)

    def kept_items(self, mark: str) -> Iterator[KeptItem]:
        """The standing transactions whose extra data has a key, by number, one after the other."""
        chart = self._current_chart()
        may_fit, values = self._database.containing("t.data", f"{json.dumps(mark, ensure_ascii=False)}:")
        rows = self._database.stream(
            "SELECT t.number, t.data, p.account, p.balance FROM transactions t JOIN postings p ON p.number = t.number "
            f"WHERE t.voided = 0 AND ({may_fit}) ORDER BY t.number, p.line",
            values,
        )
        found: KeptItem | None = None
        for number, data, row, balance in rows:
            if found is None or found.number != number:
                if found is not None and found.content is not None:
                    yield found
                with self._database.decoding():
                    found = KeptItem(number, json.loads(data).get(mark), {})
            account = chart.by_id(row)
            if account.party is not None and account.purpose is not None:
                owed = {**found.owed, (account.party, account.purpose): Money(-balance, account.currency)}
                found = KeptItem(number, found.content, owed)
        if found is not None and found.content is not None:
            yield found

    def _account_of_side(self, act: Act, side: Side, currency: str, names: Mapping[str, str]) -> Account:
        key, purpose = side
        party = parties.party_of_key(self._database, key)
        if party is None:
            party = parties.add_party(self._database, act, key, names.get(key), None, True, {})
        elif not party.active:
            raise PartyInactive(party=party.key)
        return self._account_of_party(act, party, parties.checked_purpose(purpose), currency)

    def _against(self, act: Act, account: Account, against: AccountLike | None) -> Account:
        return self._other_side(act, account) if against is None else self._chart.find(against)


def _draft(item: PartyItem, account: Account, other: Account) -> Draft:
    lines: tuple[DraftPosting, ...] = (DraftPosting(account.name, -item.amount), DraftPosting(other.name, item.amount))
    return Draft(item.date, item.memo, lines, data=item.data)
