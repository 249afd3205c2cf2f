"""The ledger's acts on tax codes, and what it answers about tax."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tui_ledger.dates import optional_date, parse_date
from tui_ledger.ledger import tax_postings, tax_split, taxes
from tui_ledger.ledger.basis import LedgerBasis
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import Account, AccountLike, Draft
from tui_ledger.money import AmountLike

if TYPE_CHECKING:
    from tui_ledger.ledger.tax_postings import TaxPosting
    from tui_ledger.ledger.taxes import TaxMode, TaxRate


class TaxActs(LedgerBasis):
    """Tax codes get rates from a day on; drafts get their tax."""

    def set_tax_rate(
        self,
        code: str,
        rate: AmountLike,
        *,
        account: AccountLike | None = None,
        date_from: date | str | None = None,
        name: str | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> TaxRate:
        """From a day on (today unless given) a code stands for a rate in percent, 0 to 1000, in place of one of that
        day.

        The tax goes to `account`, a liability, or an asset for what is reclaimed; not said, a rate above zero takes the
        account of the rate in force before, and a rate of zero none. `name` is what people call the code, by default as
        before, '' for nothing. Raises InvalidTaxCode, InvalidTaxRate, FloatAmount, InvalidDate, InvalidText,
        UnknownAccount, TaxAccountMissing, TaxAccountRefused, TaxRateInClosedPeriod, TaxCodeInClosedPeriod.
        """
        kept, percent, day = taxes.checked_code(code), taxes.checked_rate(rate), optional_date(date_from)
        title = None if name is None else taxes.checked_title(name)

        def run(act: Act) -> TaxRate:
            first = day or self.today
            before = taxes.TaxRates(taxes.read_rates(self._database)).at(kept, first)
            goes_to = self._tax_account(account, percent, before)
            called = before.name if name is None and before is not None else title
            wanted = taxes.TaxRate(kept, first, percent, name=called)
            return taxes.write_rate(self._database, act, wanted, goes_to)

        asked = [code, rate, account, date_from, name]
        return self._perform("set-tax-rate", asked, key, actor, run, self._rate_of_act)

    def remove_tax_rate(
        self, code: str, date_from: date | str, *, key: str | None = None, actor: str | None = None
    ) -> None:
        """Takes the rate of a code from one day on away: the one before holds on.

        Raises TaxRateNotFound, TaxRateInClosedPeriod, TaxCodeInClosedPeriod.
        """
        kept, day = taxes.checked_code(code), parse_date(date_from)
        self._perform(
            "remove-tax-rate",
            [code, date_from],
            key,
            actor,
            lambda act: taxes.delete_rate(self._database, act, kept, day),
            lambda _: None,
        )

    def tax_rates(self) -> tuple[TaxRate, ...]:
        """Every rate of every tax code, by code and then by day."""
        return taxes.read_rates(self._database)

    def tax_rate(self, code: str, at: date | str | None = None) -> TaxRate | None:
        """What a code stands for on a day (today unless given): its last rate from a day on or before; else None."""
        return taxes.TaxRates(self.tax_rates()).at(code, optional_date(at) or self.today)

    def taxed(self, draft: Draft, mode: TaxMode | str) -> Draft:
        """The draft with its tax, ready to be posted: accounts resolved, every amount filled in; nothing is written.

        Each line of an account whose tax code has a rate on the day becomes its net amount, and the tax goes to the
        account of the rate. `gross`: the amounts typed contain the tax; `net`: it is added to them. Raises
        NothingTaxed, TaxNotSplit, InvalidSetting, and what posting the draft would.
        """
        chosen = taxes.tax_mode(mode)
        return tax_split.taxed_draft(self._current_chart(), taxes.TaxRates(self.tax_rates()), draft, chosen, self.today)

    def tax_postings(
        self, accounts: Collection[int], date_from: date | str, date_to: date | str
    ) -> Iterator[TaxPosting]:
        """What was posted to some accounts, by their ids, from a day to another, both inclusive: transaction by
        transaction in their order, a piece in memory at a time."""
        return tax_postings.read_tax_postings(self._database, accounts, parse_date(date_from), parse_date(date_to))

    def _tax_account(self, account: AccountLike | None, rate: Decimal, before: TaxRate | None) -> Account | None:
        if account is not None:
            return self._chart.find(account)
        if not rate or before is None or before.account_id is None:
            return None
        return self._chart.by_id(before.account_id)

    def _rate_of_act(self, act: int) -> TaxRate:
        """The rate an earlier act set, as the history has it."""
        return taxes.rate_of_act(self._database, self._chart, act)
