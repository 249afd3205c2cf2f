"""The ledger's acts and questions on parties: who they are, what each is owed, and how that came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidSetting, PartyInactive, PartyWithoutAccount, ZeroAmount
from tui_ledger.ledger import (
    following,
    history,
    memo_templates,
    moves,
    parties,
    party_accounts,
    party_balances,
    party_sheet,
    searching,
)
from tui_ledger.ledger.basis import listed_tags
from tui_ledger.ledger.book_settings import ADJUSTMENT_PLACEHOLDERS, KNOWN_SETTINGS
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.party_accounts import PARTY_RULES
from tui_ledger.ledger.posting_acts import PostingActs
from tui_ledger.ledger.reading_rights import others_among
from tui_ledger.ledger.values import DEFAULT_PURPOSE, Account, AccountLike, Draft, Transaction, exact_decimal
from tui_ledger.money import AmountLike, Money
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.accounts import AccountDraft
    from tui_ledger.ledger.parties import Party, PartyLike
    from tui_ledger.ledger.party_balances import PartyBalance, PartyWindow, Wanted
    from tui_ledger.ledger.party_sheet import PartySheet


class PartyActs(PostingActs):
    """Parties are added, edited and deleted; credited, debited and adjusted; asked for what they are owed."""

    def add_party(
        self,
        party: str,
        name: str | None = None,
        *,
        referred_by: PartyLike | None = None,
        active: bool = True,
        data: Mapping[str, Any] | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Party:
        """Adds the party of a key, which never changes; called by it where it has no name.

        Raises PartyExists, InvalidParty, InvalidText, UnknownParty.
        """
        asked = [party, name, _key_of(referred_by), active, data]

        def run(act: Act) -> Party:
            return parties.add_party(self._database, act, party, name, referred_by, active, data or {})

        return self._perform("add-party", asked, key, actor, run, self._party_of_act)

    def edit_party(
        self, party: PartyLike, *, key: str | None = None, actor: str | None = None, **changes: Any
    ) -> Party:
        """Changes name, referred_by (None for nobody), active, data, or commissions: whether it may receive them, which
        its data says. An inactive party keeps what it is owed, and is neither credited, debited nor adjusted.

        Raises UnknownParty, InvalidParty, InvalidText, ReferralCircle.
        """
        found = [_key_of(party), {**changes, **_referral(changes)}]

        def run(act: Act) -> Party:
            return parties.edit_party(self._database, act, self.party(party), changes)

        return self._perform("edit-party", found, key, actor, run, self._party_of_act)

    def delete_party(self, party: PartyLike, *, key: str | None = None, actor: str | None = None) -> None:
        """Deletes a party that has no account and referred nobody; raises UnknownParty, PartyInUse."""

        def run(act: Act) -> None:
            parties.delete_party(self._database, act, self.party(party))

        self._perform("delete-party", [_key_of(party)], key, actor, run, lambda _: None)

    def party(self, party: PartyLike) -> Party:
        """The party of a key; raises UnknownParty. Who reads its own learns neither who referred it nor its data."""
        found = parties.find_party(self._database, party)
        return found if self._own_party() is None else replace(found, referred_by=None, data={})

    def parties(self) -> tuple[Party, ...]:
        """Every party, inactive ones too, by name."""
        return parties.all_parties(self._database)

    def party_accounts(self, party: PartyLike) -> tuple[Account, ...]:
        """The accounts kept for a party, closed ones too, in the order they were opened."""
        chart = self._current_chart()
        return party_accounts.accounts_of_party(self._database, chart, self.party(party))

    def followers_of_party(self, party: PartyLike) -> Sequence[Transaction]:
        """What was written along with the transactions on a party's accounts and follows them, such as commissions;
        void and reversed ones too. Raises UnknownParty."""
        numbers = following.followers_on(self._database, (account.id for account in self.party_accounts(party)))
        return searching.FoundTransactions(self._database, self._chart, numbers)

    def party_account(
        self,
        party: PartyLike,
        purpose: str = DEFAULT_PURPOSE,
        *,
        currency: str | None = None,
        create: bool = False,
        key: str | None = None,
        actor: str | None = None,
    ) -> Account:
        """The account that takes what a party is owed for a purpose, in the book's currency unless said.

        With `create` it is opened where it is missing, as the setting `party_rules` says. Raises UnknownParty,
        PartyWithoutAccount, AmbiguousAccount; PartyInactive where one was to be opened.
        """
        if not create:
            self._current_chart()
            return self._account_of_party(None, self.party(party), purpose, currency)

        def run(act: Act) -> Account:
            return self._account_of_party(act, self.party(party), purpose, currency)

        asked = [_key_of(party), purpose, currency]
        return self._perform("open-account", asked, key, actor, run, self._account_of_act)

    def account_meant_for(
        self, party: PartyLike, purpose: str = DEFAULT_PURPOSE, currency: str | None = None
    ) -> Account | AccountDraft:
        """That account, or the one to be opened where it is missing; raises UnknownParty, AmbiguousAccount."""
        self._current_chart()
        return self._account_meant(self.party(party), purpose, currency)

    def party_balance(
        self, party: PartyLike, *, at: date | str | None = None, purpose: str | None = None
    ) -> tuple[Money, ...]:
        """What the book owes a party, by currency, the book's own first and always there; below zero it owes the book.

        Minus the debit-positive balances of its accounts, whatever their types, in one statement. Raises UnknownParty.
        """
        found = self.party(party)
        chart = self._current_chart()
        return party_balances.balances_of(self._database, chart, found.id, _day(at), _purpose(purpose), self.currency)

    def party_balances(
        self,
        *,
        at: date | str | None = None,
        order: str = "name",
        falling: bool = False,
        include_zero: bool = True,
        include_inactive: bool = True,
        purpose: str | None = None,
        words: str = "",
    ) -> list[PartyBalance]:
        """Every party with what it is owed, those without accounts too, by 'name', 'key' or 'balance' (in the book's
        currency); `words` must all be found in key or name."""
        wanted = _wanted(at, order, falling, include_zero, include_inactive, purpose, words)
        return party_balances.party_balances(self._database, self._current_chart(), self.currency, wanted)

    def party_window(
        self,
        *,
        at: date | str | None = None,
        order: str = "name",
        falling: bool = False,
        include_zero: bool = True,
        include_inactive: bool = True,
        purpose: str | None = None,
        words: str = "",
    ) -> PartyWindow:
        """The same for a screen, a page at a time."""
        wanted = _wanted(at, order, falling, include_zero, include_inactive, purpose, words)
        return party_balances.PartyWindow(self._database, self._current_chart(), self.currency, wanted)

    def party_sheet(
        self,
        party: PartyLike,
        *,
        purpose: str | None = None,
        currency: str | None = None,
        date_from: date | str | None = None,
        date_to: date | str | None = None,
        newest_first: bool = False,
    ) -> PartySheet:
        """The postings of a party's accounts over a range, both ends inclusive, in one currency (the book's unless
        said), with what it was owed before the range, after each and at its end. Raises UnknownParty.

        To who reads its own sheet the accounts of others are `another party`.
        """
        found, chart = self.party(party), self._current_chart()
        accounts = party_accounts.accounts_of_party(self._database, chart, found)
        wanted = None if currency is None else chart.currency(currency)
        of = party_sheet.sheet_of(found, accounts, _purpose(purpose), wanted, self.currency)
        first, last = optional_date(date_from), optional_date(date_to)
        own = self._own_party()
        hidden = frozenset[str]() if own is None else others_among(chart.all(), own)
        return party_sheet.PartySheet(self._database, chart, of, first, last, newest_first=newest_first, hidden=hidden)

    def party_credit(
        self,
        party: PartyLike,
        amount: Money | AmountLike,
        *,
        purpose: str = DEFAULT_PURPOSE,
        against: AccountLike | None = None,
        **texts: Any,
    ) -> Transaction:
        """Credits a party: it is owed a positive amount more, whatever the type of its account, which is opened where
        it has none. The other side goes to `against`, by default the adjustments account.

        Takes date, memo, payee, reference, tags, data, key and actor. Raises UnknownParty, PartyInactive,
        AmountNotPositive and what posting raises.
        """
        return self._move_party("party-credit", party, amount, purpose, against, texts)

    def party_debit(
        self,
        party: PartyLike,
        amount: Money | AmountLike,
        *,
        purpose: str = DEFAULT_PURPOSE,
        against: AccountLike | None = None,
        **texts: Any,
    ) -> Transaction:
        """Debits a party: it is owed a positive amount less; otherwise as `party_credit`."""
        return self._move_party("party-debit", party, amount, purpose, against, texts)

    def party_adjust(
        self,
        party: PartyLike,
        amount: Money | AmountLike,
        *,
        purpose: str = DEFAULT_PURPOSE,
        against: AccountLike | None = None,
        memo: str | None = None,
        **texts: Any,
    ) -> Transaction:
        """Credits a party with an amount above zero, debits it with one below; the memo is what the setting
        `adjustment_memo` makes of it unless said. Raises ZeroAmount, and what `party_credit` raises."""
        return self._move_party("party-adjust", party, amount, purpose, against, {**texts, "memo": memo})

    def party_setting(self, name: str) -> Any:
        """A setting of adjustments, or its default where it is not set: adjustment_amount, _memo, _side."""
        return self.setting(name, KNOWN_SETTINGS[name].default)

    def _move_party(
        self,
        kind: str,
        party: PartyLike,
        amount: Money | AmountLike,
        purpose: str,
        against: AccountLike | None,
        texts: Mapping[str, Any],
    ) -> Transaction:
        known = {**texts, "tags": listed_tags(texts.get("tags", ()))}
        key, actor = known.pop("key", None), known.pop("actor", None)
        asked = [_key_of(party), amount, purpose, against, dict(known)]
        day = optional_date(known.pop("date", None))

        def draft(act: Act | None) -> Draft:
            found = self.party(party)
            if not found.active:
                raise PartyInactive(party=found.key)
            currency = str(amount.currency) if isinstance(amount, Money) else None
            account = self._account_of_party(act, found, purpose, currency)
            other = self._other_side(act, account) if against is None else self._chart.find(against)
            credits, size = (kind == "party-credit", amount) if kind != "party-adjust" else _signed(amount, account)
            lines = moves.moving_lines(account, other, size, (-1 if credits else 1) * account.type.sign)
            made = Draft(date=self.today if day is None else day, postings=lines, **{**known, "memo": ""})
            memo = known.get("memo", "")
            return replace(made, memo=self._memo_of_adjustment(made, found, account) if memo is None else memo)

        return self._post(kind, asked, draft, key, actor, opens_accounts=True)

    def _memo_of_adjustment(self, draft: Draft, party: Party, account: Account) -> str:
        """The memo that the setting `adjustment_memo` makes of what is adjusted."""
        amount = draft.postings[0].amount
        size = abs(amount) if isinstance(amount, Money) else None
        day = None if draft.date is None else draft.date.isoformat()
        values = adjustment_values(party, size, day, account.purpose)
        values |= {"payee": draft.payee, "reference": draft.reference}
        return memo_templates.filled_memo(str(self.party_setting("adjustment_memo")), values, draft.data or {})

    def _account_of_party(self, act: Act | None, party: Party, purpose: str, currency: str | None) -> Account:
        """The account for a purpose; within an act it is opened where it is missing."""
        found = self._account_meant(party, purpose, currency)
        if isinstance(found, Account):
            return found
        if act is None:
            code = str(self._state().currency) if found.currency is None else found.currency
            raise PartyWithoutAccount(party=party.key, purpose=found.purpose, currency=code)
        if not party.active:
            raise PartyInactive(party=party.key)
        return self._open(act, found)

    def _account_meant(self, party: Party, purpose: str, currency: str | None) -> Account | AccountDraft:
        wanted, rules = parties.checked_purpose(purpose), self.setting(PARTY_RULES, ())
        usual = party_accounts.usual_currency(party, wanted, rules) or str(self._state().currency)
        code = usual if currency is None else currency
        try:
            return party_accounts.account_for_postings(self._database, self._chart, party, wanted, code)
        except PartyWithoutAccount:
            other = None if code == usual else code
            return self._with_free_name(party_accounts.account_to_open(party, wanted, other, rules))

    def _party_of_act(self, act: int) -> Party:
        """The party as the act left it, whatever became of it since."""
        for change in history.changes_of_act(self._database, act):
            if change.subject is not None and change.subject.startswith("party ") and change.after is not None:
                return parties.party_of_body(int(change.subject[6:]), change.after)
        raise LookupError(f"act {act} changed no party")


def adjustment_values(
    party: Party, amount: Money | None, day: str | None, purpose: str | None
) -> dict[str, str | None]:
    """What the placeholders of an adjustment's memo stand for; of payee and reference, nothing yet."""
    values = (party.name, party.key, None if amount is None else str(amount), day, purpose, None, None)
    return dict(zip(ADJUSTMENT_PLACEHOLDERS, values, strict=True))


def _wanted(
    at: date | str | None,
    order: str,
    falling: bool,
    include_zero: bool,
    include_inactive: bool,
    purpose: str | None,
    words: str,
) -> Wanted:
    if order not in party_balances.ORDERS:
        raise InvalidSetting(
            value=order, what=N_("order of parties"), advice=Said("use {names}", names=", ".join(party_balances.ORDERS))
        )
    day, split = _day(at), tuple(words.split())
    return party_balances.Wanted(day, _purpose(purpose), split, include_zero, include_inactive, order, falling)


def _signed(amount: Money | AmountLike, account: Account) -> tuple[bool, Money | AmountLike]:
    """Whether a signed amount credits, and the amount without its sign."""
    number = amount.amount if isinstance(amount, Money) else exact_decimal(amount)
    if number == 0:
        raise ZeroAmount(account=account.name)
    return number > 0, abs(amount) if isinstance(amount, Money) else number.copy_abs()


def _referral(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {"referred_by": _key_of(changes["referred_by"])} if "referred_by" in changes else {}


def _key_of(party: PartyLike | None) -> str | None:
    return party.key if isinstance(party, parties.Party) else party


def _purpose(purpose: str | None) -> str | None:
    return None if purpose is None else parties.checked_purpose(purpose)


def _day(at: date | str | None) -> str | None:
    day = optional_date(at)
    return None if day is None else day.isoformat()
