"""What did the accounts hold when the book began? All opening balances as one transaction, against one account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from tui_ledger.dates import parse_date
from tui_ledger.errors import InvalidOptions, UnknownAccount
from tui_ledger.ledger import accounts, corrections, journal, reading, searching
from tui_ledger.ledger.bodies import draft_of, stored_body
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.own_accounts import DEFAULT_NAMES, OPENING_BALANCES, in_currency, own_account_name
from tui_ledger.ledger.posting_acts import PostingActs
from tui_ledger.ledger.values import Account, AccountLike, AccountType, Draft, DraftPosting, Transaction
from tui_ledger.money import AmountLike, Currency, Money, parse_units
from tui_ledger.words import N_, Said

OPENING = DEFAULT_NAMES[OPENING_BALANCES]
KIND = "opening-balances"
MEMO = "Opening balances"
MARK = {"opening": True}
_STANDING = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)


class OpeningBalanceActs(PostingActs):
    """One transaction says what the balance-sheet accounts held; it may be written again until its day is closed."""

    def opening_transaction(self) -> Transaction | None:
        """The standing transaction that holds the opening balances, the first of several, or None."""
        numbers = searching.numbers_found(self._database, searching.Search(data=MARK), None, None, ("t.voided = 0", ()))
        return self.transaction(numbers[0]) if numbers else None

    def opening_balances_account(self) -> str:
        """The name of the account that takes the difference in the book's currency; there may be none of that name."""
        return own_account_name(self._database, self._current_chart(), OPENING_BALANCES)

    def set_opening_balances(
        self,
        day: date | str,
        amounts: Mapping[str, Money | AmountLike],
        *,
        memo: str | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Writes what accounts held on a day, by name, each in its own direction; zeros are left out.

        The difference goes to the account the setting opening_balances names, else Equity:Opening, in another currency
        to a sub-account NAME:CODE; they are opened where they are missing. A transaction of opening balances that
        stands is changed, its texts kept, and voided where nothing is left; else one is posted.

        Raises UnknownAccount, InvalidOptions for accounts of another kind and where no amount is given, and what
        `post`, `edit` and `void` raise.
        """
        opened_on, standing = parse_date(day), self.opening_transaction()

        def draft(act: Act | None) -> Draft:
            lines = [line for line in (self._opening_line(*one) for one in amounts.items()) if line is not None]
            differences = [self._difference(act, currency, units) for currency, units in _off(lines)]
            return Draft(date=opened_on, memo=memo or MEMO, postings=(*lines, *differences), data=MARK)

        asked = [day, dict(amounts), memo]
        if standing is not None:
            return self._rewrite(standing.number, draft, asked, key, actor)
        if not any(self._opening_line(*one) for one in amounts.items()):
            raise InvalidOptions(reason=N_("No opening balance was given: type an amount for one account or more."))
        return self._post(KIND, asked, draft, key, actor, opens_accounts=True)

    def _rewrite(
        self,
        number: int,
        draft: Callable[[Act | None], Draft],
        asked: object,
        key: str | None,
        actor: str | None,
    ) -> Transaction:
        def run(act: Act) -> Transaction:
            body, state = stored_body(self._database, self._chart, number), self._state()
            corrections.check_correctable(self._database, state, body, N_("edited"))
            lines = draft(act)
            kept = draft_of(body)
            wanted = replace(kept, date=lines.date, postings=lines.postings)
            touched = corrections.Touched(self._database)
            if wanted.postings:
                resolved = journal.resolve_draft(self._chart, wanted, self.today)
                journal.check_open(resolved, state.closed_through)
                corrections.rewrite_transaction(self._database, act, self._chart, number, resolved, touched)
            else:
                corrections.void_transaction(self._database, act, self._chart, number, touched)
            touched.check()
            return reading.read_transaction(self._database, self._chart, number)

        return self._perform(KIND, asked, key, actor, run, self._first_transaction)

    def _opening_line(self, account: AccountLike, amount: Money | AmountLike) -> DraftPosting | None:
        found = self._current_chart().find(account)
        if found.type not in _STANDING or is_within(found.name, self.opening_balances_account()):
            sentence = Said(
                "{name} takes no opening balance: only assets, liabilities and equity are carried over.",
                name=found.name,
            )
            raise InvalidOptions(reason=sentence)
        units = found.type.sign * parse_units(amount.amount if isinstance(amount, Money) else amount, found.currency)
        return DraftPosting(found, Money(units, found.currency)) if units else None

    def _difference(self, act: Act | None, currency: Currency, units: int) -> DraftPosting:
        return DraftPosting(self._opening_account(act, currency), Money(-units, currency))

    def _opening_account(self, act: Act | None, currency: Currency) -> Account:
        name = in_currency(self.opening_balances_account(), str(currency), self._state().currency)
        found = self._chart.named(name)
        if found is None and act is None:
            raise UnknownAccount(account=name)
        if found is None and act is not None:
            return self._open(act, accounts.AccountDraft(name, AccountType.EQUITY, currency=str(currency)))
        return self._chart.find(name)


def is_within(name: str, root: str) -> bool:
    """Whether a name is that of an account, or of one beneath it."""
    return name == root or name.startswith(f"{root}:")


def _off(lines: list[DraftPosting]) -> list[tuple[Currency, int]]:
    """By currency what the lines come to, debit-positive units; currencies that balance by themselves are left out."""
    sums: dict[Currency, int] = {}
    for line in lines:
        if isinstance(line.amount, Money):
            sums[line.amount.currency] = sums.get(line.amount.currency, 0) + line.amount.units
    return [(currency, units) for currency, units in sums.items() if units]
