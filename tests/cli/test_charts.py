"""Starter charts from the command line: listed, shown, and begun with."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call
from tui_ledger.ledger import Ledger

OWN = """
title = "Ours [red]x[/]"
currency = "CHF"

[[group]]
name = "Assets:=cmd()"
type = "asset"
code = "1"
cash = true
accounts = [{ code = "10", name = "Till" }]
"""


def test_the_charts_are_listed_with_what_they_are_for(call: Call) -> None:
    listed = {chart["name"]: chart for chart in call("charts", "--json").json["charts"]}
    assert listed["skr03"] == {
        "name": "skr03",
        "title": "DATEV-Kontenrahmen SKR03",
        "description": "Kleine Firma nach dem Prozessgliederungsprinzip; Bilanz nach § 266, GuV nach § 275 HGB",
        "language": "de",
        "country": "DE",
        "currency": "EUR",
        "locale": "de_DE",
        "fiscal_year_start": "01-01",
        "accounts": 155,
    }
    assert listed["household-en"]["country"] is None
    said = call("charts").out
    assert "uk-small-business  en        GB            136  UK small business" in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_chart_is_shown_as_a_tree(call: Call) -> None:
    lines = call("charts", "show", "skr04").out.splitlines()
    assert "B.IV        [Kassenbestand und Guthaben bei Kreditinstituten]" in lines
    assert "1800          Bank  · cash" in lines
    assert "4400        Erlöse 19 % USt  · USt19" in lines
    shown = call("charts", "show", "skr04", "--json").json
    assert shown["accounts"] == 154
    assert shown["places"]["parties"] == "Fremdkapital:Verbindlichkeiten:Sonstige Verbindlichkeiten"
    assert shown["places"]["commission_expense"].endswith(":Verkaufsprovisionen")
    assert "what a closing transaction closes into: Eigenkapital:Gewinnvortrag vor" in lines
    assert [one["name"] for one in shown["statements"]["subtotals"]][:2] == ["Rohergebnis", "Betriebsergebnis"]
    bank = next(row for row in shown["rows"] if row["code"] == "1800")
    assert bank["account"].endswith(":Bank")
    assert (bank["type"], bank["depth"], bank["heading"], bank["cash"]) == ("asset", 4, False, True)


def test_a_book_has_what_its_chart_says_unless_told_otherwise(call: Call, tmp_path: Path) -> None:
    said = call("init", tmp_path / "firma.ledger", "--chart", "skr03", "--json").json
    assert (said["currency"], said["accounts"]) == ("EUR", 155)
    call("init", tmp_path / "kanton.ledger", "--chart", "SKR03", "--currency", "CHF", "--locale", "de-CH")
    call("init", tmp_path / "club.ledger", "--chart", "uk-small-business", "--fiscal-year-start", "08-01")
    found = []
    for name in ("firma", "kanton", "club"):
        with Ledger.open(tmp_path / f"{name}.ledger") as book:
            found.append((str(book.currency), book.setting("locale"), book.fiscal_year_start))
    assert found == [("EUR", "de_DE", (1, 1)), ("CHF", "de_CH", (1, 1)), ("GBP", "en_GB", (8, 1))]


def test_a_chart_of_one_s_own_is_a_file(call: Call, tmp_path: Path) -> None:
    file, place = tmp_path / "ours.toml", tmp_path / "ours.ledger"
    file.write_text(OWN, encoding="utf-8")
    assert "Ours [red]x[/]" in call("charts", "show", file).out
    assert call("init", place, "--chart", file, "--json").json == {"book": str(place), "currency": "CHF", "accounts": 3}
    assert call("--book", place, "balance", "10", "--json").json["accounts"][0]["account"] == "Assets:=cmd():Till"


def test_what_cannot_be_begun_with_is_refused_and_leaves_no_book(call: Call, tmp_path: Path) -> None:
    file, place = tmp_path / "ours.toml", tmp_path / "new.ledger"
    file.write_text(OWN.replace('"asset"', '"as\\u001bset"'), encoding="utf-8")
    for asked, said in {
        "skr99": "choose one of bas,",
        str(file): "is no account type",
        "./no.toml": "cannot be read",
    }.items():
        assert said in call("init", place, "--chart", asked).refusal
        assert said in call("charts", "show", asked).refusal
    file.write_text('locale = "xx_XX"\n' + OWN, encoding="utf-8")
    assert "'xx_XX' is no locale" in call("init", place, "--chart", file).refusal
    file.write_text(OWN.replace('currency = "CHF"', ""), encoding="utf-8")
    assert call("init", place, "--chart", file).status == 2
    assert call("init", place).status == 2
    assert not place.exists()
