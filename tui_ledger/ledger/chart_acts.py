"""The ledger's acts on its chart of accounts and its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tui_ledger.dates import optional_date, parse_date
from tui_ledger.ledger import accounts as account_acts
from tui_ledger.ledger import book
from tui_ledger.ledger.account_rules import ACCOUNT_RULES, renamed_rules
from tui_ledger.ledger.addons import COMMISSION, COMMISSION_EXPENSE, DEFAULT_COMMISSION_EXPENSE, addon
from tui_ledger.ledger.basis import LedgerBasis, checked_name
from tui_ledger.ledger.book_settings import ADJUSTMENTS, check_setting
from tui_ledger.ledger.conversions import CONVERSIONS, conversion_root, renamed_root
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.own_accounts import DEFAULT_NAMES
from tui_ledger.ledger.party_accounts import PARTY_RULES
from tui_ledger.ledger.statement_layout import STATEMENTS, renamed_layout
from tui_ledger.ledger.status_balances import STATUS_BALANCES, renamed_balances
from tui_ledger.ledger.values import Account, AccountLike, AccountType
from tui_ledger.money import AmountLike, Money
from tui_ledger.text import name_key
from tui_ledger.words import N_

if TYPE_CHECKING:
    from tui_ledger.ledger.parties import PartyLike


class ChartActs(LedgerBasis):
    """Accounts are opened, edited, renamed, closed, reopened and deleted; settings are set."""

    def set_setting(self, name: str, value: object, *, key: str | None = None, actor: str | None = None) -> None:
        """Sets one of the book's settings; None takes it away. See `KNOWN_SETTINGS` for those the book itself heeds.

        Raises InvalidSetting, InvalidText, UnknownAccount and ReferenceTaken for values a known setting cannot have.
        """
        checked = checked_name(name, N_("The setting's name"))

        def run(act: Act) -> None:
            check_setting(self._database, self._chart, checked, value)
            book.write_setting(self._database, act, checked, value)

        self._perform("set-setting", [name, value], key, actor, run, lambda _: None)

    def set_settings(self, values: Mapping[str, Any], *, key: str | None = None, actor: str | None = None) -> None:
        """Sets several of the book's settings as one step of undo, as `set_setting` does; an empty mapping nothing."""
        checked = {checked_name(name, N_("The setting's name")): value for name, value in values.items()}
        if not checked:
            return

        def run(act: Act) -> None:
            for name, value in checked.items():
                check_setting(self._database, self._chart, name, value)
                book.write_setting(self._database, act, name, value)

        self._perform("set-setting", sorted(checked.items()), key, actor, run, lambda _: None)

    def settings(self) -> dict[str, Any]:
        """Every setting of the book that is set, by name; the program's own are left out."""
        return book.read_settings(self._database)

    def open_account(
        self,
        name: str,
        type: AccountType | str,
        *,
        currency: str | None = None,
        code: str | None = None,
        minimum: Money | AmountLike | None = None,
        cash: bool = False,
        statement_line: str | None = None,
        tax_code: str | None = None,
        opened: date | str | None = None,
        placeholder: bool = False,
        attributes: Mapping[str, object] | None = None,
        party: PartyLike | None = None,
        purpose: str | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Account:
        """Opens an account. `minimum` in its own direction; currency None for the book's. One that is kept for a
        `party` counts in what that is owed; `purpose` says what for, 'default' unless said.

        Raises AccountExists, AccountTypeMismatch, InvalidName, InvalidCurrency, UnknownParty.
        """
        draft = account_acts.AccountDraft(
            name=name,
            type=type,
            currency=currency,
            code=code,
            minimum=minimum,
            cash=cash,
            statement_line=statement_line,
            tax_code=tax_code,
            opened=optional_date(opened),
            placeholder=placeholder,
            attributes=attributes or {},
            party=party,
            purpose=purpose,
        )
        return self._account_act("open-account", draft, key, actor, lambda act: self._open(act, draft))

    def edit_account(
        self, account: AccountLike, *, key: str | None = None, actor: str | None = None, **changes: Any
    ) -> Account:
        """Changes code, minimum, cash, statement_line, tax_code, opened, placeholder, attributes, party (None for
        nobody's) and purpose; type and currency only while the account has no postings."""
        return self._account_act(
            "edit-account",
            [account, changes],
            key,
            actor,
            lambda act: account_acts.edit_account(
                self._database, act, self._chart, self._chart.find(account), changes, self.today
            ),
        )

    def rename_account(
        self, old: AccountLike, new: str, *, key: str | None = None, actor: str | None = None
    ) -> tuple[Account, ...]:
        """Renames or moves an account, or a node of the tree, with everything below it."""

        def rename(act: Act) -> tuple[Account, ...]:
            names = {account.id: account.name for account in self._current_chart().all()}
            moved = old if isinstance(old, str) and self._chart.below(old) else self._chart.find(old).name
            renamed = account_acts.rename_account(self._database, act, self._chart, old, new)
            self._follow_names(act, {name_key(names[account.id]): account.name for account in renamed})
            self._follow_conversions(act, moved, account_acts.clean_name(new))
            self._follow_commissions(act, moved, account_acts.clean_name(new))
            self._follow_rules(act, moved, account_acts.clean_name(new))
            self._follow_statements(act, moved, account_acts.clean_name(new))
            return tuple(renamed)

        return self._perform("rename-account", [old, new], key, actor, rename, self._accounts_of_act)

    def _follow_names(self, act: Act, renamed: Mapping[str, str]) -> None:
        """The settings that name an account the book itself posts to follow it to its new name."""
        for setting, default in (("adjustments", ADJUSTMENTS), *DEFAULT_NAMES.items()):
            named = self.setting(setting, default)
            if isinstance(named, str) and name_key(named) in renamed:
                book.write_setting(self._database, act, setting, renamed[name_key(named)])
        shown = self.setting(STATUS_BALANCES)
        followed = renamed_balances(shown, renamed)
        if followed != shown:
            book.write_setting(self._database, act, STATUS_BALANCES, followed)

    def _follow_conversions(self, act: Act, moved: str, new: str) -> None:
        """So does the name that the conversion accounts stand beneath."""
        root = conversion_root(self.setting(CONVERSIONS))
        followed = renamed_root(root, moved, new)
        if followed != root and self._current_chart().below(followed):
            book.write_setting(self._database, act, CONVERSIONS, followed)

    def _follow_commissions(self, act: Act, moved: str, new: str) -> None:
        """So does what commissions are paid of and from."""
        usual = self.setting(COMMISSION_EXPENSE, DEFAULT_COMMISSION_EXPENSE)
        renamed = renamed_root(usual, moved, new)
        is_meant = self.setting(COMMISSION_EXPENSE) is not None or self._current_chart().named(renamed) is not None
        if renamed != usual and is_meant:
            book.write_setting(self._database, act, COMMISSION_EXPENSE, renamed)
        terms = self.setting(COMMISSION)
        followed = None if terms is None else addon(COMMISSION).renamed(terms, moved, new)
        if followed != terms:
            book.write_setting(self._database, act, COMMISSION, followed)

    def _follow_rules(self, act: Act, moved: str, new: str) -> None:
        """So do the names that accounts of parties, and those called by attributes, are opened beneath."""
        for setting in (ACCOUNT_RULES, PARTY_RULES):
            rules = self.setting(setting)
            followed = None if rules is None else renamed_rules(rules, moved, new)
            if followed != rules:
                book.write_setting(self._database, act, setting, followed)

    def _follow_statements(self, act: Act, moved: str, new: str) -> None:
        """So do the sums between that statements have."""
        laid_out = self.setting(STATEMENTS)
        followed = renamed_layout(laid_out, moved, new)
        if followed != laid_out:
            book.write_setting(self._database, act, STATEMENTS, followed)

    def close_account(
        self, account: AccountLike, *, date: date | str | None = None, key: str | None = None, actor: str | None = None
    ) -> Account:
        """Closes an account that holds nothing and has no later postings; the day defaults to today."""
        day = self.today if date is None else parse_date(date)
        return self._account_act(
            "close-account",
            [account, date],
            key,
            actor,
            lambda act: account_acts.close_account(self._database, act, self._chart, self._chart.find(account), day),
        )

    def reopen_account(self, account: AccountLike, *, key: str | None = None, actor: str | None = None) -> Account:
        return self._account_act(
            "reopen-account",
            [account],
            key,
            actor,
            lambda act: account_acts.reopen_account(self._database, act, self._chart, self._chart.find(account)),
        )

    def delete_account(self, account: AccountLike, *, key: str | None = None, actor: str | None = None) -> None:
        """Deletes an account that was never used; raises AccountInUse."""
        self._perform(
            "delete-account",
            [account],
            key,
            actor,
            lambda act: account_acts.delete_account(self._database, act, self._chart, self._chart.find(account)),
            lambda _: None,
        )

    def _account_act(
        self, kind: str, asked: object, key: str | None, actor: str | None, run: Callable[[Act], Account]
    ) -> Account:
        return self._perform(kind, asked, key, actor, run, self._account_of_act)
