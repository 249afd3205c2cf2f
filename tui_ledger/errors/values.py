"""Which values cannot be read? Amounts, dates, names, currencies, prices, settings, texts."""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError


class InvalidValue(LedgerError):
    """A value that cannot be read: an amount, a date, a name, a currency, a text."""

    message_id = "invalid-value"


class InvalidAmount(InvalidValue):
    message_id = "invalid-amount"
    template = "{text!r} is not an amount: write digits with a point and no grouping, such as 1450.00."


class FloatAmount(InvalidAmount, TypeError):
    """Raised for `float` amounts; also a TypeError."""

    message_id = "float-amount"
    template = "{text} is a float and cannot hold money exactly: give a Decimal, an int or a string."


class TooManyDecimals(InvalidAmount):
    message_id = "too-many-decimals"
    template = "{text} has more decimals than {currency} allows ({digits}): round it first."


class AmountTooLarge(InvalidAmount):
    message_id = "amount-too-large"
    template = "{text} is beyond what a book can hold ({limit}): check the digits."


class AmountNotPositive(InvalidAmount):
    message_id = "amount-not-positive"
    template = "The amount {text} must be greater than zero: the direction is said by the act, not by the sign."


class ZeroAmount(InvalidAmount):
    message_id = "zero-amount"
    template = "The amount for {account} is zero: give an amount other than zero, or leave the posting out."


class InvalidDate(InvalidValue):
    message_id = "invalid-date"
    template = "{text!r} is not a date of the calendar: write YYYY-MM-DD, such as 2026-01-31."


class InvalidMonthDay(InvalidDate):
    message_id = "invalid-month-day"
    template = "{text!r} is not a day of every year: write MM-DD, such as 04-01."


class InvalidName(InvalidValue):
    message_id = "invalid-name"
    template = "{name!r} cannot be an account name: {reason}."


class InvalidText(InvalidValue):
    message_id = "invalid-text"
    template = "{field} cannot be stored: {reason}."


class InvalidCurrency(InvalidValue):
    message_id = "invalid-currency"
    template = "{code!r} is not a currency this book knows: {advice}."


class CurrencyExists(InvalidCurrency):
    message_id = "currency-exists"
    template = "This book keeps {code} already, with {digits} digits: `currency digits` gives it more."


class DigitsOnlyRise(InvalidCurrency):
    """Fewer digits would cut what is booked already."""

    message_id = "digits-only-rise"
    template = "{code} is kept with {digits} digits in this book, and can only be given more (up to 12), not {wanted}."


class InvalidPrice(InvalidValue):
    message_id = "invalid-price"
    template = "{text!r} is no price: {advice}."


class NoPrice(InvalidValue):
    message_id = "no-price"
    template = "There is no price for {currency} in {in_currency} on or before {date}: add one with `price add`."


class PriceNotFound(InvalidValue):
    message_id = "price-not-found"
    template = "There is no price of {currency} in {in_currency} on {date} itself: `price list` shows those there are."


class InvalidSetting(InvalidValue):
    message_id = "invalid-setting"
    template = "{value!r} is no {what}: {advice}."


class UnknownTemplate(InvalidValue):
    message_id = "unknown-template"
    template = "There is no template {name!r}: `template list` shows those there are."


class UnknownFilter(InvalidValue):
    message_id = "unknown-filter"
    template = "There is no saved filter {name!r}: `filter list` shows those there are."


class InvalidDigits(InvalidCurrency):
    message_id = "invalid-digits"
    template = "{value!r} is no {what}: {advice}."


class InvalidFiscalYear(InvalidValue):
    message_id = "invalid-fiscal-year"
    template = "A fiscal year from {first} to {last} cannot be set: {reason}."


class FiscalYearNotSet(InvalidValue):
    message_id = "fiscal-year-not-set"
    template = "No fiscal year was set from {first} on: `period years` lists those that were."


class AmountNotUnderstood(InvalidAmount):
    """A typed amount that is no number in the locale's notation."""

    message_id = "amount-not-understood"
    template = "{text!r} is not an amount here: write it like {example}."


class AmbiguousAmount(InvalidAmount):
    """A typed amount whose separators stand where the locale would not put them."""

    message_id = "ambiguous-amount"
    template = "{text!r} could be {readings}: write it with {decimal!r} before the decimals."


class AmountInOtherCurrency(InvalidAmount):
    message_id = "amount-in-other-currency"
    template = "{text!r} is not in {currency}: leave the currency out, or use an account kept in it."


class CalculationFailed(InvalidAmount):
    message_id = "calculation-failed"
    template = "{text!r} cannot be calculated: {reason}."


class DateNotUnderstood(InvalidDate):
    """A typed date that is none in the locale's order."""

    message_id = "date-not-understood"
    template = "{text!r} is not a date here: write it like {example}, or only its day."


class NoSuchDay(InvalidDate):
    message_id = "no-such-day"
    template = "There is no {day}: that month has {days} days."


class NoSuchMonth(InvalidDate):
    message_id = "no-such-month"
    template = "There is no month {month} in {text!r}: dates are written like {example} here."


class InvalidQuery(InvalidValue):
    """A search that cannot be read; `at` is the place of the fault in its text, counted from 1."""

    message_id = "invalid-query"
    template = "This search cannot be read at character {at}: {reason}."


class UnknownSavedReport(InvalidValue):
    message_id = "unknown-saved-report"
    template = "There is no saved report {name!r}: `report list` shows those there are."


class InvalidMemoTemplate(InvalidSetting):
    """A memo whose placeholders cannot be read."""

    message_id = "invalid-memo-template"
    template = "The memo {text!r} cannot be kept: {reason}."
