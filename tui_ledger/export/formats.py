"""How are figures and dates written in a workbook when no locale says it?"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tui_ledger.money import Currency, Money


class WorkbookFormats(Protocol):
    """The reader's way of writing; the number formats are those of spreadsheet programs, always in English terms.

    `credit_normal` says that a positive amount is a credit, for readers who write Dr and Cr in place of signs; None
    that the place where it stands says its side. `right_to_left` lays sheets out from the right; `paper` is 'a4' or
    'letter'.
    """

    @property
    def right_to_left(self) -> bool: ...
    @property
    def paper(self) -> str: ...
    def excel_money_format(self, currency: Currency, *, credit_normal: bool | None = False) -> str: ...
    def excel_date_format(self) -> str: ...
    def date(self, day: date) -> str: ...
    def money(self, money: Money, *, credit_normal: bool | None = False) -> str: ...


class PlainFormats:
    """Grouped figures with the currency's digits and a minus, dates as ISO 8601 writes them, from the left, on A4."""

    right_to_left = False
    paper = "a4"

    def excel_money_format(self, currency: Currency, *, credit_normal: bool | None = False) -> str:
        digits = "." + "0" * currency.digits if currency.digits else ""
        return f"#,##0{digits};-#,##0{digits}"

    def excel_date_format(self) -> str:
        return "yyyy-mm-dd"

    def date(self, day: date) -> str:
        return day.isoformat()

    def money(self, money: Money, *, credit_normal: bool | None = False) -> str:
        return f"{money.amount:,f}"
