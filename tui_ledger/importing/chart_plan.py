"""Which accounts must be opened for a file, and under which names does the book keep them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tui_ledger.importing.account_names import account_name
from tui_ledger.importing.account_types import AccountTypes, FoundType
from tui_ledger.importing.refusals import LineRefused, Refusals, quoted
from tui_ledger.importing.wanted_accounts import Use, WantedAccount
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.text import name_key
from tui_ledger.words import Said, _


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """The accounts to open, and the name in the book of each (account, currency) of the file."""

    accounts: tuple[AccountDraft, ...]
    names: Mapping[Use, str]
    notes: tuple[str, ...]


def plan_chart(
    wanted: Sequence[WantedAccount],
    types: AccountTypes,
    book_accounts: Iterable[Account],
    book_currency: str,
    refusals: Refusals,
) -> ChartPlan:
    """Where every wanted account goes.

    An account used in several currencies keeps its name for the book's and is `NAME:CODE` for the others. What cannot
    be opened or does not fit the book goes to `refusals`; the plan then is not whole.
    """
    planner = _Planner(wanted, types, book_accounts, book_currency)
    for account in wanted:
        try:
            planner.place(account)
        except LineRefused as refused:
            refusals.refuse(account.line, refused.reason)
    return ChartPlan(tuple(planner.drafts), planner.names, tuple(planner.notes))


class _Planner:
    """Places one account after the other beside those of the book and those placed before."""

    def __init__(
        self, wanted: Iterable[WantedAccount], types: AccountTypes, book_accounts: Iterable[Account], book_currency: str
    ) -> None:
        self.drafts: list[AccountDraft] = []
        self.names: dict[Use, str] = {}
        self.notes: list[str] = []
        self._wanted_keys = {account.key for account in wanted}
        self._types = types
        self._book = {name_key(account.name): account for account in book_accounts}
        self._book_currency = book_currency
        self._roots = {key.partition(":")[0]: (account.type, account.name) for key, account in self._book.items()}
        self._untold_roots: set[str] = set()
        self._opened_keys: set[str] = set()

    def place(self, wanted: WantedAccount) -> None:
        """Finds or opens the account in each of its currencies; raises LineRefused."""
        found = self._type(wanted)
        if found is None:
            return
        self._note_spellings(wanted)
        if not wanted.currencies:
            if wanted.key not in self._book:
                self._open(wanted.name, found, self._book_currency)
            return
        for currency in wanted.currencies:
            target = self._target(wanted, found, currency)
            for spelling in wanted.spellings:
                self.names[spelling, currency] = target

    def _type(self, wanted: WantedAccount) -> FoundType | None:
        """The account's type; None where another account of the same top name was refused for want of one."""
        root = wanted.key.partition(":")[0]
        declared, inferred = self._types.declared(wanted.name), self._types.inferred(wanted.name)
        settled = self._roots.get(root)
        if declared is not None:
            found = declared
        elif settled is not None:
            found = FoundType(settled[0], inferred is not None and inferred.cash and settled[0] is AccountType.ASSET)
        elif inferred is not None:
            found = inferred
        else:
            self._refuse_untold(wanted, root)
            return None
        if settled is not None and settled[0] is not found.type:
            raise LineRefused(
                Said(
                    "{account} is of type {type}, but {other} is of type {other_type}: accounts with the "
                    "same top name are all of one type",
                    account=quoted(wanted.name),
                    type=found.type,
                    other=quoted(settled[1]),
                    other_type=settled[0],
                )
            )
        self._roots.setdefault(root, (found.type, wanted.name))
        return found

    def _refuse_untold(self, wanted: WantedAccount, root: str) -> None:
        """Once for each top name: one line in the file answers for all accounts below it."""
        if root in self._untold_roots:
            return
        self._untold_roots.add(root)
        declaration = f"account {wanted.name.partition(':')[0]}  ; type:A"
        raise LineRefused(
            Said(
                "the type of {account} cannot be told: add a line such as {declaration} (A asset, L "
                "liability, E equity, R income, X expense)",
                account=quoted(wanted.name),
                declaration=quoted(declaration),
            )
        )

    def _target(self, wanted: WantedAccount, found: FoundType, currency: str) -> str:
        """The name in the book of one currency of an account."""
        existing = self._book.get(wanted.key)
        if existing is not None and existing.currency == currency:
            return _usable(existing)
        is_only_currency = len(wanted.currencies) == 1
        if existing is None and (is_only_currency or currency == self._book_currency):
            return self._open(wanted.name, found, currency)
        name = account_name(f"{wanted.name if existing is None else existing.name}:{currency}")
        beside = self._book.get(name_key(name))
        if beside is not None and beside.currency == currency:
            self._note_currency(wanted, currency, beside.name)
            return _usable(beside)
        if existing is not None and existing.currency not in wanted.currencies:
            raise LineRefused(
                Said(
                    "{account} is kept in {kept} in the book and takes no {currency}: use another "
                    "name, or open {name} in {currency} first",
                    account=quoted(wanted.name),
                    kept=existing.currency,
                    currency=currency,
                    name=quoted(name),
                )
            )
        if beside is not None or name_key(name) in self._wanted_keys:
            raise LineRefused(
                Said(
                    "{account} is used in several currencies, and {name}, where its {currency} would go, "
                    "is another account: rename one of them",
                    account=quoted(wanted.name),
                    name=quoted(name),
                    currency=currency,
                )
            )
        self._note_currency(wanted, currency, name)
        return self._open(name, found, currency)

    def _open(self, name: str, found: FoundType, currency: str) -> str:
        key = name_key(name)
        if key in self._opened_keys:
            raise LineRefused(
                Said("{name} would keep two currencies whose codes differ in case alone: rename one", name=quoted(name))
            )
        self._opened_keys.add(key)
        self.drafts.append(AccountDraft(name, found.type, currency=currency, cash=found.cash))
        return name

    def _note_currency(self, wanted: WantedAccount, currency: str, name: str) -> None:
        self.notes.append(
            _("{currency} of {account} is kept in {name}, since an account has one currency.").format(
                currency=currency, account=quoted(wanted.name), name=quoted(name)
            )
        )

    def _note_spellings(self, wanted: WantedAccount) -> None:
        for spelling, line in wanted.spellings.items():
            if spelling != wanted.name:
                self.notes.append(
                    _("{spelling} (line {line}) was taken for {account}.").format(
                        spelling=quoted(spelling), line=line, account=quoted(wanted.name)
                    )
                )


def _usable(account: Account) -> str:
    """The account's name; raises LineRefused where it takes no postings."""
    if account.closed is not None:
        raise LineRefused(
            Said(
                "{account} is closed in the book since {closed}: reopen it first",
                account=quoted(account.name),
                closed=account.closed,
            )
        )
    if account.placeholder:
        raise LineRefused(
            Said("{account} is a placeholder in the book and takes no postings", account=quoted(account.name))
        )
    return account.name
