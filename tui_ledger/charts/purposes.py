"""What is each starter chart for, told to those who read another language than its own?"""

from __future__ import annotations

from collections.abc import Mapping

from tui_ledger.words import N_, Word

PURPOSES: Mapping[str, Word] = {
    "bas": N_("Sweden: small business by BAS, with balance sheet and income statement by the annual accounts act"),
    "club-en": N_("club or association: fees, events, donations and funds; each member has an account of its own"),
    "es-pymes": N_("Spain: small business by the general accounting plan for small and medium-sized enterprises"),
    "household-en": N_("a family's money: accounts, cards, home, car, loans, salaries and what the month goes on"),
    "ifrs": N_("company reporting under IFRS: non-current before current, expenses by nature"),
    "pcg": N_("France: small business by the general chart of accounts, statements by nature"),
    "rgs": N_("the Netherlands: small business with the codes of the reference classification system"),
    "skr03": N_("Germany: small business, accounts in the order of processes; statements by the commercial code"),
    "skr04": N_("Germany: small business, accounts in the order of statements, by the commercial code"),
    "small-business-en": N_("trading or service business with stock, staff, sales tax and a loan; for any country"),
    "small-shop": N_("the chart of the demo book: a stationer's with VAT, wages and a loan"),
    "uk-small-business": N_("United Kingdom: company or sole trader with VAT and PAYE, by the Companies Act"),
}
"""By the names of the charts, in English."""
