"""A chart of the user's own: read from TOML as it stands, or refused by one sentence, before any book is made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.charts.books import new_book
from tests.conftest import CHECKOUT
from tui_ledger.charts import find_chart, outline, read_chart
from tui_ledger.charts.chart_file import LARGEST_FILE_BYTES, MOST_ACCOUNTS
from tui_ledger.errors import FileNotReadable, InvalidChart, LedgerError

OWN = """
title = "Ours"
description = "What we use"
currency = "CHF"
locale = "de_CH"
fiscal_year_start = "07-01"
opening = "39"
retained_earnings = "equity : results"
parties = "Assets:Customers"
commissions = "71"

[[account]]
name = "Assets:Till"
type = "Assets"
cash = true
code = "10"
minimum = "0.00"
opened = 2026-01-31
attributes = { place = "counter" }

[[group]]
name = "Assets:Fixed"
type = "asset"
code = "15"
statement_line = "investing"
accounts = [
  { code = "151", name = "Van : Old", tax_code = "in" },
  { name = "Loans given", statement_line = "operating", currency = "USD" },
]

[[group]]
name = "Equity"
type = "equity"
accounts = [{ code = "39", name = "Start" }, { name = "Results" }]

[[account]]
name = "Costs:Selling:Commissions"
type = "expense"
code = "71"
"""
TOP = 'title = "x"\n'
BANK = '[[account]]\nname = "Assets:Bank"\ntype = "asset"\ncode = "1"\n'
GROSS = '[[subtotal]]\nstatement = "income-statement"\nname = "Gross"\n'
COSTS = '[[account]]\nname = "Costs:Selling"\ntype = "expense"\ncode = "7"\n'
EQUITY = '[[account]]\nname = "Equity:Own"\ntype = "equity"\ncode = "3"\n'


def test_every_part_of_an_own_chart_comes_into_the_book(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("\ufeff" + OWN, encoding="utf-8")
    chart = find_chart(str(file))
    assert (chart.name, chart.title, chart.count, chart.fiscal_year_start) == ("ours", "Ours", 7, "07-01")
    assert [row.leaf for row in outline(chart)][:5] == ["Assets", "Till", "Fixed", "Van", "Old"]
    with new_book(chart, tmp_path / "new.ledger") as book:
        assert (str(book.currency), book.setting("locale")) == ("CHF", "de_CH")
        till, van, lent = (book.account(name) for name in ("10", "151", "Assets:Fixed:Loans given"))
        assert (till.cash, str(till.minimum), till.attributes) == (True, "0.00 CHF", {"place": "counter"})
        assert str(till.opened) == "2026-01-31"
        assert (van.name, van.statement_line, van.tax_code) == ("Assets:Fixed:Van:Old", "investing", "in")
        assert (lent.statement_line, str(lent.currency)) == ("operating", "USD")
        assert book.account("15").placeholder
        assert book.setting("opening_balances") == "Equity:Start"
        assert book.setting("retained_earnings") == "Equity:Results"
        assert book.setting("party_rules") == [{"type": "asset", "parent": "Assets:Customers"}]
        assert book.setting("commission_expense") == "Costs:Selling:Commissions"
        assert "Equity:Adjustments" in [account.name for account in book.accounts()]
        assert book.verify(replay=True).ok


def test_the_chart_that_the_readme_shows_is_one() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    (shown,) = (part.partition("```")[0] for part in readme.split("```toml\n") if "[[account]]" in part)
    chart = read_chart(shown, "ours", "README.md")
    assert [account.name for account in chart.accounts] == [
        "Equity:Carried forward",
        "Assets:Bank:Current",
        "Assets:Bank:Savings",
    ]
    assert chart.settings == {
        "retained_earnings": "Equity:Carried forward",
        "statements": {
            "language": "",
            "subtotals": [{"statement": "balance-sheet", "name": "Net assets", "without": []}],
        },
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'it has no title: write title = "…" at the top'),
        ("title = 5", "title of the chart has to be text in quotation marks"),
        (TOP, "it has no account"),
        ("title = ", "it is no TOML: "),
        ("x = " + "[" * 5000, "it is nested too deeply"),
        (f"{TOP}x = {'1' * 5000}", "it is no TOML: "),
        (f'{TOP}colour = "red"\n{BANK}', 'the chart has "colour", which is not known: it may have title, '),
        (f'{TOP}account = "Bank"', "account of the chart has to be a list of tables"),
        (f'{TOP}account = ["Bank"]', "account 1 is no table"),
        (f'{TOP}[[account]]\nname = "Assets"', "account 1 has no type"),
        (f'{TOP}[[account]]\nname = 7\ntype = "asset"', "name of account 1 has to be text"),
        (f'{TOP}{BANK}cash = "yes"', "cash of account 1 has to be true or false"),
        (f"{TOP}{BANK}minimum = 0.5", "minimum of account 1 has to be an amount as text"),
        (f'{TOP}[[account]]\nname = "Assets:"\ntype = "asset"', "each part between colons needs a name"),
        (f'{TOP}[[account]]\nname = "Bank"\ntype = "money"', "'money' is no account type"),
        (f'{TOP}{BANK}statement_line = "fun"', '"Assets:Bank": "fun" is no statement line: use operating, '),
        (f'{TOP}{BANK}currency = "EURO"', "'EURO' is not a currency"),
        (f'{TOP}{BANK}opened = "2026-02-30"', "2026-02-30"),
        (f"{TOP}{BANK}attributes = {{ user = 7 }}", "attributes are texts in quotation marks"),
        (f'{TOP}[[account]]\nname = "B"\ntype = "asset"\ncode = " "', "a code is up to 40 visible characters"),
        (f'{TOP}[[account]]\nname = "{"x" * 501}"\ntype = "asset"', "name of account 1 is longer than 500"),
        (f'{TOP}{BANK}[[account]]\nname = "assets : bank"\ntype = "asset"', "the account"),
        (f'{TOP}{BANK}[[account]]\nname = "C"\ntype = "asset"\ncode = "1"', '"C" has the code "1", which another one'),
        (f'{TOP}{BANK}[[account]]\nname = "1"\ntype = "asset"', '"1" is the name of one account and the code'),
        (f'{TOP}{BANK}[[account]]\nname = "Assets:Debt"\ntype = "liability"', "is of type liability, others under"),
        (f'{TOP}[[group]]\nname = "A"\ntype = "asset"\naccounts = [{{ code = "1" }}]', 'account 1 of "A" has no name'),
        (f'{TOP}[[group]]\nname = "A"\ntype = "asset"\ncolor = "x"\n', 'group 1 has "color", which is not known'),
        (f'opening = "9"\n{TOP}{BANK}', 'opening is "9", which is neither the name nor the code'),
        (f'adjustments = "1"\n{TOP}{BANK}', "it has to be an equity account that takes postings"),
        (f'retained_earnings = "3"\n{TOP}{EQUITY}placeholder = true', "it has to be an equity account"),
        (f'parties = ":"\n{TOP}{BANK}', "each part between colons needs a name"),
        (f'parties = "Costs"\n{TOP}{BANK}{COSTS}', 'parties is "Costs": it has to be a name for assets, '),
        (f'commissions = "1"\n{TOP}{BANK}', 'commissions is "1": it has to be an expense account'),
        (f'commissions = "7"\n{TOP}{COSTS}placeholder = true', 'commissions is "7": it has to be an expense account'),
        (f'currency = "euro"\n{TOP}{BANK}', "'euro' is not a currency"),
        (f'fiscal_year_start = "13-01"\n{TOP}{BANK}', "'13-01' is not a day of every year"),
        (f'equity_first = "yes"\n{TOP}{BANK}', "equity_first of the chart has to be true or false"),
        (f'vertical = "Income"\n{TOP}{BANK}', "vertical of the chart has to be a list of names"),
        (f'vertical = ["Sales"]\n{TOP}{BANK}', "'Sales' is no account or heading: `vertical` lists headings"),
        (f'{TOP}{BANK}{GROSS}of = []\nafter = "Sales"', "'Sales' is no place of a sum between: write an item of"),
        (f"words = 5\n{TOP}{BANK}", "words of the chart has to be a table of texts"),
        (f'{TOP}{BANK}[words]\nProfit = "x"', "'Profit' is no part of the layout of statements: use Balance sheet, "),
        (f'{TOP}{BANK}[[subtotal]]\nname = "x"', "'None' is no statement with sums between: choose one of "),
        (f"{TOP}{BANK}{GROSS}of = []\nwithout = []", "'Gross' is no sum between: give it `of` or `without`"),
        (f'{TOP}{BANK}{GROSS}of = ["Sales"]', "'Sales' is no account or heading: Gross adds up headings and accounts"),
    ],
)
def test_what_no_book_can_be_made_with_is_refused_by_one_sentence(text: str, said: str) -> None:
    with pytest.raises(InvalidChart) as refusal:
        read_chart(text, "mine", "./mine.toml")
    sentence = str(refusal.value)
    assert sentence.startswith("The chart of accounts ./mine.toml cannot be used: ")
    assert said in sentence
    assert sentence.endswith(".")
    assert ".." not in sentence
    assert len(sentence) < 500


def test_a_chart_lays_out_statements_by_its_headings() -> None:
    words = '[words]\nResult = "Surplus"\n'
    chart = read_chart(f'language = "en"\n{TOP}{BANK}{GROSS}without = ["assets"]\n{words}', "mine", "./mine.toml")
    assert chart.settings["statements"] == {
        "language": "en",
        "words": {"Result": "Surplus"},
        "subtotals": [{"statement": "income-statement", "name": "Gross", "without": ["assets"]}],
    }


def test_too_many_accounts_are_refused() -> None:
    lines = "".join(f'[[account]]\nname = "A{number}"\ntype = "asset"\n' for number in range(MOST_ACCOUNTS + 1))
    with pytest.raises(InvalidChart, match="more than 5000 accounts"):
        read_chart(TOP + lines, "mine", "mine.toml")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    huge, binary, pipe = tmp_path / "huge.toml", tmp_path / "binary.toml", tmp_path / "pipe.toml"
    huge.write_bytes(b"#" * (LARGEST_FILE_BYTES + 1))
    binary.write_bytes(b'title = "\xff"')
    os.mkfifo(pipe)
    refused: dict[str, type[LedgerError]] = {
        str(huge): FileNotReadable,
        str(binary): InvalidChart,
        str(pipe): FileNotReadable,
        str(tmp_path / "none.toml"): FileNotReadable,
        f"{tmp_path}/": FileNotReadable,
        "~nobody-of-this-name/none.toml": FileNotReadable,
        "nul\0.toml": FileNotReadable,
    }
    for place, kind in refused.items():
        with pytest.raises(kind):
            find_chart(place)


def test_text_that_is_markup_or_a_formula_stays_text(tmp_path: Path) -> None:
    names = ("Assets:[red]x[/]", "Assets:=cmd()", "Assets:[/x]")
    text = TOP + "".join(f'[[account]]\nname = "{name}"\ntype = "asset"\n' for name in names)
    with new_book(read_chart(text, "mine", "mine.toml"), tmp_path / "new.ledger") as book:
        assert set(names) < {account.name for account in book.accounts()}
    with pytest.raises(InvalidChart, match="control or invisible") as refusal:
        read_chart(f'{TOP}[[account]]\nname = "A\\u001b[31m"\ntype = "asset"\n', "mine", "mine.toml")
    assert "\x1b" not in str(refusal.value)
