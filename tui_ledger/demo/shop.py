"""What happened in the demo shop? Two years of drafts and corrections in date order, up to a fixed day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tui_ledger.dates import add_months, month_end
from tui_ledger.demo.figures import Figures, with_vat
from tui_ledger.ledger.values import Draft, DraftPosting, PostingStatus
from tui_ledger.money import Currency, Money

DEMO_DAY = date(2026, 10, 31)
FIRST_DAY = date(2024, 11, 1)
UNCLEARED_DAYS = 12

_EURO = Currency("EUR", 2)
_CUSTOMERS = ("Harbour Architects", "Linden School", "Quayside Law", "Mill Lane Surgery", "Northfield Library")
_SUPPLIERS = ("Inkwell Wholesale", "Bookbinders Union", "Gift & Ribbon", "Nordic Pens")
_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Correction:
    """The reversal of an earlier draft, found by its reference."""

    date: date
    reference: str
    memo: str


def shop_acts() -> list[Draft | Correction]:
    """Every act in date order; those of one day in the order they are told here."""
    figures = Figures(seed=20241101)
    trade: list[Draft | Correction] = [
        *_opening(),
        *_weeks(figures),
        *_months(figures),
        *_invoices(figures),
        *_purchases(figures),
        *_quarters(),
        *_years(),
        *_corrections(),
    ]
    return sorted([*trade, *_vat_settlements(trade)], key=lambda act: act.date or FIRST_DAY)


def _opening() -> Iterator[Draft]:
    yield _draft(
        FIRST_DAY,
        "Opening balances",
        {
            "Assets:Bank:Current": 1_842_000,
            "Assets:Bank:Savings": 1_200_000,
            "Assets:Cash:Till": 30_000,
            "Assets:Cash:Petty cash": 10_000,
            "Assets:Inventory:Goods for resale": 2_465_000,
            "Assets:Prepayments:Rent deposit": 420_000,
            "Assets:Equipment:Shop fittings": 1_860_000,
            "Assets:Equipment:Computers": 274_000,
            "Assets:Equipment:Accumulated depreciation": -612_000,
            "Liabilities:Loans:Bank loan": -2_400_000,
            "Equity:Capital": -5_089_000,
        },
    )


def _weeks(figures: Figures) -> Iterator[Draft]:
    """Takings and the Paper Mill each week, card settlements every other."""
    unsettled, count = 0, 0
    day = FIRST_DAY + timedelta(days=1)
    while day <= DEMO_DAY:
        cards, takings = _takings(day, figures)
        unsettled += cards
        yield takings
        yield _paper_mill(day + timedelta(days=-2), figures) if day.day > 2 else _paper_mill(day, figures)
        count += 1
        if count % 2 == 0:
            yield _settlement(day, unsettled)
            unsettled = 0
        day += timedelta(days=7)


def _takings(day: date, figures: Figures) -> tuple[int, Draft]:
    """A week's sales with VAT: the share paid by card, and the draft. December sells half as much again."""
    season = 150 if day.month == 12 else 100
    net = {
        "Income:Sales:Stationery": figures.between(108_000, 171_000) * season // 100,
        "Income:Sales:Books": figures.between(44_000, 82_000) * season // 100,
        "Income:Sales:Gifts": figures.between(25_000, 63_000) * season // 100,
        "Income:Services:Printing": figures.between(12_000, 29_000),
    }
    vat = with_vat(sum(net.values())) - sum(net.values())
    gross = sum(net.values()) + vat
    cards = gross * figures.between(68, 81) // 100
    lines = {
        "Assets:Receivables:Card payments in transit": cards,
        "Assets:Cash:Till": gross - cards,
        **{account: -amount for account, amount in net.items()},
        "Liabilities:VAT:Output VAT": -vat,
    }
    return cards, _draft(day, f"Takings of week {day.isocalendar().week}", lines, payee="Counter sales")


def _paper_mill(day: date, figures: Figures) -> Draft:
    amount = figures.between(6_400, 18_900)
    lines = {"Expenses:Supplies:Paper": amount, "Assets:Bank:Current": -amount}
    return _draft(day, "Paper of the week", lines, payee="Paper Mill")


def _settlement(day: date, amount: int) -> Draft:
    fee = amount * 14 // 1000
    lines = {
        "Assets:Bank:Current": amount - fee,
        "Expenses:Finance:Bank charges": fee,
        "Assets:Receivables:Card payments in transit": -amount,
    }
    return _draft(day, "Card payments of two weeks", lines, payee="Card Services")


def _months(figures: Figures) -> Iterator[Draft]:
    """Wages, rent, power, telephone, loan, drawings, and the till taken to the bank."""
    owed = 2_400_000
    for place in range(_MONTHS):
        first = add_months(FIRST_DAY, place)
        yield from _wages(first, 412_000 + 9_000 * (place // 12))
        yield _two_lines(first, "Rent", "Expenses:Premises:Rent", "Assets:Bank:Current", 140_000, "Quayside Estates")
        power = figures.between(11_800, 24_600)
        yield _with_input_vat(first.replace(day=9), "Electricity", "Expenses:Premises:Electricity", power, "City Power")
        line = 5_490 if place < 14 else 5_990
        telephone = "Expenses:Office:Telephone and internet"
        yield _with_input_vat(first.replace(day=14), "Telephone and internet", telephone, line, "Telco")
        interest = owed * 5 // 1200
        owed -= 50_000
        yield _draft(
            month_end(first),
            f"Loan instalment {place + 1}",
            {
                "Liabilities:Loans:Bank loan": 50_000,
                "Expenses:Finance:Interest": interest,
                "Assets:Bank:Current": -50_000 - interest,
            },
            payee="Harbour Bank",
        )
        drawn = figures.between(12, 20) * 10_000
        yield _two_lines(
            first.replace(day=20), "Drawings", "Equity:Drawings", "Assets:Bank:Current", drawn, "The owner"
        )
        banked = figures.between(290, 330) * 1_000
        yield _two_lines(
            first.replace(day=27), "Till to the bank", "Assets:Bank:Current", "Assets:Cash:Till", banked, ""
        )


def _wages(first: date, gross: int) -> Iterator[Draft]:
    tax, employee, employer = gross * 14 // 100, gross * 9 // 100, gross * 11 // 100
    pay_day = first.replace(day=26)
    yield _draft(
        pay_day,
        f"Wages {first:%Y-%m}",
        {
            "Expenses:Staff:Wages": gross,
            "Expenses:Staff:Social insurance": employer,
            "Assets:Bank:Current": -(gross - tax - employee),
            "Liabilities:Payroll:Wage tax": -tax,
            "Liabilities:Payroll:Social insurance": -employee - employer,
        },
        payee="Staff",
        tags=("wages",),
    )
    due = add_months(first, 1).replace(day=12)
    if due <= DEMO_DAY:
        lines = {
            "Liabilities:Payroll:Wage tax": tax,
            "Liabilities:Payroll:Social insurance": employee + employer,
            "Assets:Bank:Current": -tax - employee - employer,
        }
        yield _draft(due, f"Wage tax and insurance {first:%Y-%m}", lines, payee="Tax office")


def _invoices(figures: Figures) -> Iterator[Draft]:
    """Three invoices in two months to business customers, paid a month later; the last ones are still open."""
    for place in range(36):
        day = FIRST_DAY + timedelta(days=8 + place * 20)
        if day > DEMO_DAY:
            return
        net = figures.between(28_000, 164_000)
        customer = _CUSTOMERS[place % len(_CUSTOMERS)]
        reference = f"INV-{day.year}-{place + 1:03}"
        income = "Income:Services:Binding" if place % 3 == 2 else "Income:Services:Printing"
        lines = {
            "Assets:Receivables:Trade debtors": with_vat(net),
            income: -net,
            "Liabilities:VAT:Output VAT": net - with_vat(net),
        }
        yield _draft(day, f"Invoice {reference}", lines, payee=customer, reference=reference, tags=("invoice",))
        paid = day + timedelta(days=figures.between(24, 47))
        if paid <= DEMO_DAY:
            yield _payment(paid, customer, reference, with_vat(net), discounted=place % 7 == 3)


def _payment(day: date, customer: str, reference: str, gross: int, *, discounted: bool) -> Draft:
    discount = gross * 2 // 100 if discounted else 0
    lines = {"Assets:Bank:Current": gross - discount, "Assets:Receivables:Trade debtors": -gross}
    if discount:
        lines["Income:Discounts given"] = discount
    return _draft(day, f"Payment of {reference}", lines, payee=customer)


def _purchases(figures: Figures) -> Iterator[Draft]:
    """Goods bought on account each month, and what the month's sales took from the shelves."""
    for place in range(_MONTHS):
        day = add_months(FIRST_DAY, place).replace(day=5)
        supplier = _SUPPLIERS[place % len(_SUPPLIERS)]
        net = figures.between(290_000, 430_000)
        lines = {
            "Assets:Inventory:Goods for resale": net,
            "Assets:VAT:Input VAT": with_vat(net) - net,
            "Liabilities:Payables:Trade creditors": -with_vat(net),
        }
        yield _draft(day, f"Goods {day:%Y-%m}", lines, payee=supplier, reference=f"{supplier.split()[0]}-{place + 101}")
        due = day + timedelta(days=30)
        if due <= DEMO_DAY:
            owed = "Liabilities:Payables:Trade creditors"
            yield _two_lines(due, f"Goods {day:%Y-%m} paid", owed, "Assets:Bank:Current", with_vat(net), supplier)
        used = figures.between(300_000, 400_000)
        goods = "Assets:Inventory:Goods for resale"
        yield _two_lines(month_end(day), "Goods sold", "Expenses:Goods:Cost of goods sold", goods, used, "")


def _quarters() -> Iterator[Draft]:
    """Each quarter the accountant's bill, the gift boxes, the cleaning and what equipment lost in value."""
    for place in range(8):
        day = month_end(add_months(FIRST_DAY, place * 3 + 2))
        yield _with_input_vat(
            day, f"Books of quarter {place + 1}", "Expenses:Accounting", 36_000, "Ledgerwood & Daughters"
        )
        yield _with_input_vat(
            day.replace(day=7), "Boxes and ribbon", "Expenses:Supplies:Packaging", 18_400, "Gift & Ribbon"
        )
        yield _with_input_vat(day.replace(day=18), "Windows", "Expenses:Premises:Cleaning", 12_000, "Bright Panes")
        lost = "Assets:Equipment:Accumulated depreciation"
        yield _two_lines(day, f"Depreciation of quarter {place + 1}", "Expenses:Depreciation", lost, 51_000, "")


def _vat_settlements(trade: Iterable[Draft | Correction]) -> Iterator[Draft]:
    """At each quarter's end what was charged less what was paid becomes due, and is paid on the tenth."""
    drafts = [act for act in trade if isinstance(act, Draft)]
    for place in range(8):
        first = add_months(FIRST_DAY, place * 3)
        end = month_end(add_months(first, 2))
        charged = -_moved(drafts, "Liabilities:VAT:Output VAT", first, end)
        paid = _moved(drafts, "Assets:VAT:Input VAT", first, end)
        lines = {
            "Liabilities:VAT:Output VAT": charged,
            "Assets:VAT:Input VAT": -paid,
            "Liabilities:VAT:VAT due": paid - charged,
        }
        yield _draft(end, f"VAT of quarter {place + 1}", lines)
        due = add_months(end, 1).replace(day=10)
        if due <= DEMO_DAY:
            sums = ("Liabilities:VAT:VAT due", "Assets:Bank:Current", charged - paid, "Tax office")
            yield _two_lines(due, f"VAT of quarter {place + 1} paid", *sums)


def _moved(drafts: Iterable[Draft], account: str, first: date, last: date) -> int:
    """What drafts of a range add to an account, debit-positive."""
    return sum(
        posting.amount.units
        for draft in drafts
        if draft.date is not None and first <= draft.date <= last
        for posting in draft.postings
        if posting.account == account and isinstance(posting.amount, Money)
    )


def _years() -> Iterator[Draft]:
    """Once or twice a year: insurance, software, a fair, a gift voucher, money put aside and its interest."""
    for year in (2025, 2026):
        insured = ("Expenses:Insurance", "Assets:Bank:Current", 96_000, "Harbour Mutual")
        yield _two_lines(date(year, 1, 8), f"Insurance {year}", *insured)
        yield _with_input_vat(
            date(year, 2, 3), f"Till software {year}", "Expenses:Office:Software", 21_600, "Tillworks"
        )
        yield _with_input_vat(date(year, 9, 2), "Stand at the autumn fair", "Expenses:Marketing", 48_000, "Autumn Fair")
        voucher = ("Assets:Cash:Till", "Liabilities:Payables:Gift vouchers", 5_000, "Counter sales")
        yield _two_lines(date(year, 5, 16), "Gift voucher sold", *voucher)
        saved = ("Assets:Bank:Savings", "Assets:Bank:Current", 100_000, "")
        yield _two_lines(date(year, 6, 15), "Put aside", *saved)
        earned = ("Assets:Bank:Savings", "Income:Interest", 15_000 + (year - 2025) * 1_250, "Harbour Bank")
        yield _two_lines(date(year, 6, 30), "Interest on savings", *earned)


def _corrections() -> Iterator[Draft | Correction]:
    """Slips as they happen, each reversed and posted again."""
    stamps, travel = "Expenses:Office:Postage", "Expenses:Travel"
    slips = (
        (date(2025, 2, 11), "P-17", stamps, 4_350, 3_450, "Stamps", "Post Office", "Digits exchanged"),
        (date(2025, 7, 22), "T-04", travel, 12_680, 12_680, "Train to the fair", "Railways", "Posted twice by account"),
        (date(2026, 4, 14), "P-31", stamps, 29_900, 2_990, "Parcels", "Post Office", "A nought too many"),
    )
    for day, reference, account, wrong, right, memo, payee, reason in slips:
        yield _two_lines(day, memo, account, "Assets:Cash:Till", wrong, payee, reference=reference)
        yield Correction(day + timedelta(days=6), reference, f"Correction: {reason.lower()}")
        later = day + timedelta(days=6)
        yield _two_lines(later, memo, account, "Assets:Bank:Current", right, payee, reference=f"{reference}b")


def _with_input_vat(day: date, memo: str, account: str, net: int, payee: str) -> Draft:
    lines = {account: net, "Assets:VAT:Input VAT": with_vat(net) - net, "Assets:Bank:Current": -with_vat(net)}
    return _draft(day, memo, lines, payee=payee)


def _two_lines(
    day: date, memo: str, debited: str, credited: str, amount: int, payee: str, *, reference: str | None = None
) -> Draft:
    return _draft(day, memo, {debited: amount, credited: -amount}, payee=payee or None, reference=reference)


def _draft(
    day: date,
    memo: str,
    lines: dict[str, int],
    *,
    payee: str | None = None,
    reference: str | None = None,
    tags: tuple[str, ...] = (),
) -> Draft:
    settled = day <= DEMO_DAY - timedelta(days=UNCLEARED_DAYS)
    postings = tuple(
        DraftPosting(
            account,
            Money(amount, _EURO),
            status=PostingStatus.CLEARED if settled and account.startswith("Assets:Bank") else PostingStatus.UNCLEARED,
        )
        for account, amount in lines.items()
    )
    return Draft(day, memo, postings, payee, reference, tags)
