"""What can be wrong with tax codes, their rates, and drafts that tax is to be taken out of or added to?"""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError
from tui_ledger.errors.transactions import PeriodClosed


class TaxError(LedgerError):
    message_id = "tax"


class InvalidTaxCode(TaxError):
    message_id = "invalid-tax-code"
    template = "{text!r} is no tax code: {reason}."


class InvalidTaxRate(TaxError):
    message_id = "invalid-tax-rate"
    template = "{text!r} is no tax rate: {advice}."


class UnknownTaxCode(TaxError):
    message_id = "unknown-tax-code"
    template = (
        "There is no tax code {code!r} in this book, but {known}: use one of them, or give {code!r} a rate first."
    )


class TaxRateNotFound(TaxError):
    message_id = "tax-rate-not-found"
    template = "The tax code {code!r} has no rate from {date} on: `tax list` lists the rates there are."


class TaxAccountMissing(TaxError):
    """A rate above zero has to say where the tax goes."""

    message_id = "tax-account-missing"
    template = (
        "A rate of {rate}% needs the account its tax goes to: name a liability, or an asset for what is reclaimed."
    )


class TaxAccountRefused(TaxError):
    message_id = "tax-account-refused"
    template = "Tax cannot go to {account!r}: {reason}."


class TaxAccountInUse(TaxError):
    message_id = "tax-account-in-use"
    template = "{account!r} takes the tax of {codes} and cannot be {act}: change those rates first."


class NothingTaxed(TaxError):
    message_id = "nothing-taxed"
    template = "None of these accounts has a tax code with a rate on {date}: give an account one, or post without tax."


class TaxNotSplit(TaxError):
    message_id = "tax-not-split"
    template = "The line of {account!r} cannot be split into net and tax: {reason}."


class TaxRateInClosedPeriod(PeriodClosed):
    """What was filed for closed days was worked out with the rates of those days."""

    message_id = "tax-rate-in-closed-period"
    template = (
        "The rate of {code!r} on {date} lies in a period closed through {through} and stays as it is: "
        "set a rate from a later day on, or reopen the period."
    )


class TaxCodeInClosedPeriod(PeriodClosed):
    """What was posted to an account on closed days bore its tax code, and goes on bearing it."""

    message_id = "tax-code-in-closed-period"
    template = (
        "{account!r} has postings that bore the tax code {code!r} in a period closed through {through}: "
        "open another account for what is taxed otherwise, or reopen the period."
    )
