"""The starter charts: each opens to a book whose statements are laid out as its country expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.charts.books import CODES, MONTH, begun_book, layout, new_book, statements
from tests.charts.headings import HEADINGS
from tests.charts.layouts import LAYOUTS
from tests.charts.schemes import SCHEMES
from tui_ledger.charts import (
    OF_LOCALES,
    StarterChart,
    about_chart,
    chart_names,
    charts,
    find_chart,
    likely_chart,
    outline,
    purpose_of,
)
from tui_ledger.charts.purposes import PURPOSES
from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.ledger.values import credit, debit
from tui_ledger.locale.catalogues import words_of
from tui_ledger.locale.locales import known_locale
from tui_ledger.reports.cash_flow import cash_flow
from tui_ledger.reports.drawn import drawn
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.layout import laid_out, layout_of
from tui_ledger.reports.report import SectionKind
from tui_ledger.reports.tree import AccountNode, account_tree
from tui_ledger.widths import cell_width
from tui_ledger.words import speaking

NAMES = chart_names()
SMALL = {"club-en", "household-en"}
LONGEST_LABEL_CELLS = 68
"""What leaves a figure of ten cells its place on 80 columns."""

OFFICIAL = {
    "bas": {"1930": "Företagskonto", "2641": "Debiterad ingående moms", "5010": "Lokalhyra", "1510": "Kundfordringar"}
    | {"2611": "Utgående moms på försäljning inom Sverige, 25 %", "3001": "Försäljning inom Sverige, 25 % moms"}
    | {"2440": "Leverantörsskulder", "2099": "Årets resultat", "7210": "Löner till tjänstemän"},
    "es-pymes": {"572": "Bancos e instituciones de crédito c/c vista, euros", "430": "Clientes", "400": "Proveedores"}
    | {"477": "Hacienda Pública, IVA repercutido", "472": "Hacienda Pública, IVA soportado"}
    | {"700": "Ventas de mercaderías", "600": "Compras de mercaderías", "129": "Resultado del ejercicio"},
    "pcg": {"512": "Banques", "411": "Clients", "401": "Fournisseurs", "44571": "TVA collectée", "101": "Capital"}
    | {"707": "Ventes de marchandises", "607": "Achats de marchandises", "44566": "TVA sur autres biens et services"},
    "skr03": {"1000": "Kasse", "1200": "Bank", "8400": "Erlöse 19 % USt", "1776": "Umsatzsteuer 19 %"}
    | {"1576": "Abziehbare Vorsteuer 19 %", "4210": "Miete (unbewegliche Wirtschaftsgüter)"}
    | {
        "0860": "Gewinnvortrag vor Verwendung",
        "3400": "Wareneingang 19 % Vorsteuer",
        "9000": "Saldenvorträge, Sachkonten",
    },
    "skr04": {"1600": "Kasse", "1800": "Bank", "4400": "Erlöse 19 % USt", "3806": "Umsatzsteuer 19 %"}
    | {"1406": "Abziehbare Vorsteuer 19 %", "6310": "Miete (unbewegliche Wirtschaftsgüter)"}
    | {
        "2970": "Gewinnvortrag vor Verwendung",
        "5400": "Wareneingang 19 % Vorsteuer",
        "9000": "Saldenvorträge, Sachkonten",
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_opens_to_a_book_that_is_whole(name: str, tmp_path: Path) -> None:
    chart = find_chart(name)
    least, most = (25, 45) if name in SMALL else (55, 165)
    assert least <= chart.count <= most
    with new_book(chart, tmp_path / "new.ledger") as book:
        assert len(book.accounts()) == chart.count
        assert {account.type for account in book.accounts()} == set(AccountType)
        assert book.verify(replay=True).ok
        assert [row.name for row in outline(chart)] == list(in_order_of_reports(book))


@pytest.mark.parametrize("name", NAMES)
def test_the_statements_of_a_month_are_laid_out_as_the_country_expects(name: str, tmp_path: Path) -> None:
    with begun_book(name, tmp_path) as book:
        at_its_end, over_it = statements(book, name)
        assert layout(at_its_end, over_it) == LAYOUTS[name].strip("\n")
        assert at_its_end.balanced
        assert over_it.balanced
        assert book.verify().ok


@pytest.mark.parametrize("name", SCHEMES)
def test_an_income_statement_is_one_list_in_the_order_of_the_law(name: str, tmp_path: Path) -> None:
    with begun_book(name, tmp_path) as book:
        made = laid_out(income_statement(book, [MONTH], show_zero=True), layout_of(book))
    drawing = drawn(made)
    lines = []
    for part in drawing.parts:
        lines += [row.label for row in part.section.rows if row.depth == 1]
        lines += [f"= {total.label}" for total in part.totals]
    lines += [f"= {total.label}" for total in drawing.totals_at_end]
    assert lines == SCHEMES[name].strip("\n").splitlines()
    assert sum(len(one.rows) for one in made.sections) >= len(list(drawing.rows()))


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_stand_in_the_order_of_the_law_whatever_the_codes_beneath_them(name: str) -> None:
    rows = [row for row in outline(find_chart(name)) if not row.takes_postings and row.depth > 1]
    assert [f"{'  ' * (row.depth - 2)}{row.leaf}" for row in rows] == HEADINGS[name].strip("\n").splitlines()


@pytest.mark.parametrize("name", CODES)
def test_cash_comes_from_the_activities_it_belongs_to(name: str, tmp_path: Path) -> None:
    with begun_book(name, tmp_path) as book:
        report = cash_flow(book, [MONTH])
    assert [str(section.totals[0].amount) for section in report.sections] == ["-50.00", "-300.00", "1200.00"]
    assert report.balanced


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_numbers_have_their_official_names(name: str) -> None:
    leaves = {row.code: row.leaf for row in outline(find_chart(name))}
    assert {code: leaves.get(code) for code in OFFICIAL[name]} == OFFICIAL[name]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_short_enough_for_eighty_columns(name: str) -> None:
    rows = outline(find_chart(name))
    assert [row.name for row in rows if 2 * (row.depth - 1) + cell_width(row.leaf) > LONGEST_LABEL_CELLS] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_the_book_posts_by_itself_goes_to_accounts_of_the_chart(name: str, tmp_path: Path) -> None:
    chart, codes = find_chart(name), CODES[name]
    with new_book(chart, tmp_path / "new.ledger") as book:
        book.set_opening_balances("2025-12-31", {book.account(codes.bank).name: "10"})
        book.increase(codes.bank, "5", date="2025-12-31")
        book.post("Sale", debit(codes.bank, "100"), credit(codes.sales, "100"), date="2025-12-31")
        book.close_period("2025-12-31", closing_transaction=True)
        known = {draft.name for draft in chart.accounts}
        new = {account.name for account in book.accounts()} - known
        assert new <= ({"Equity:Retained earnings"} if name == "small-shop" else set())
        retained = chart.settings.get("retained_earnings", "Equity:Retained earnings")
        assert str(abs(book.balance(str(retained)))) == f"100.00 {book.currency}"


def test_a_member_of_the_club_gets_an_account_among_the_members(tmp_path: Path) -> None:
    with new_book(find_chart("club-en"), tmp_path / "club.ledger") as book:
        book.add_party("ann", "Ann")
        book.party_debit("ann", "60", against="4000", memo="Fee")
        assert str(book.balance("Assets:Members:ann")) == "60.00 USD"


PARTY_PLACES = {
    "bas": ("Skulder:Kortfristiga skulder:Övriga kortfristiga skulder", "Försäljningsprovisioner"),
    "es-pymes": ("Pasivo:Pasivo corriente:Acreedores varios", "Servicios de profesionales independientes"),
    "pcg": (
        "Passif:Dettes:Autres dettes:Divers comptes créditeurs et charges à payer",
        "Commissions et courtages sur ventes",
    ),
    "rgs": ("Schulden:Kortlopende schulden:Overige schulden", "Verkoopprovisies"),
    "skr03": ("Fremdkapital:Verbindlichkeiten:Sonstige Verbindlichkeiten", "Verkaufsprovisionen"),
    "skr04": ("Fremdkapital:Verbindlichkeiten:Sonstige Verbindlichkeiten", "Verkaufsprovisionen"),
}


@pytest.mark.parametrize("name", [name for name in NAMES if find_chart(name).language != "en"])
def test_parties_and_commissions_have_their_place_in_the_words_of_the_chart(name: str, tmp_path: Path) -> None:
    parent, expense = PARTY_PLACES[name]
    with new_book(find_chart(name), tmp_path / "new.ledger") as book:
        roots = {account.name.partition(":")[0] for account in book.accounts()}
        book.add_party("ann", "Ann")
        book.party_credit("ann", "25", against=CODES[name].bank, date="2026-01-15")
        assert book.account(f"{parent}:ann").party == "ann"
        assert book.account(str(book.setting("commission_expense"))).leaf == expense
        balance = statements(book, name)[0]
        assert {account.name.partition(":")[0] for account in book.accounts()} == roots
        labels = [row.label for row in balance.section(SectionKind.LIABILITIES).rows]
        assert labels[-1] == "ann"
        assert balance.section(SectionKind.LIABILITIES).title not in labels

        book.rename_account(parent, f"{parent.rpartition(':')[0]}:Parties")
        book.party_credit("ann", "5", against=CODES[name].bank, purpose="bonus")
        assert book.account(f"{parent.rpartition(':')[0]}:Parties:ann:bonus").party == "ann"


def test_a_locale_gets_the_chart_of_its_country() -> None:
    assert {one.locale: one.name for one in charts() if one.locale and one.name != "skr04"} == OF_LOCALES
    assert (likely_chart("de_DE"), likely_chart("ja_JP")) == ("skr03", "small-business-en")


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.name)
def test_a_chart_says_what_it_is_for_and_where(chart: StarterChart) -> None:
    assert chart.title
    assert chart.description
    assert len(chart.language) == 2
    assert chart.currency is not None
    assert chart.locale is None or known_locale(chart.locale) == f"{chart.language}_{chart.country}"
    assert bool(chart.locale) == bool(chart.country)


def test_a_chart_says_what_it_is_for_in_its_language_and_to_others_in_theirs() -> None:
    assert set(PURPOSES) == set(NAMES)
    pcg, household = find_chart("pcg"), find_chart("household-en")
    own = replace(pcg, name="ours")
    with speaking(words_of("fr")):
        french = purpose_of(pcg), purpose_of(household)
    assert french[0] == pcg.description
    assert french[1] not in {household.description, PURPOSES["household-en"]}
    assert (purpose_of(pcg), purpose_of(household)) == (PURPOSES["pcg"], household.description)
    assert purpose_of(find_chart("bas")) == PURPOSES["bas"]
    assert purpose_of(own) == purpose_of(replace(pcg)) == pcg.description
    assert about_chart(pcg) == f"Plan comptable général: {PURPOSES['pcg']}"


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_unique_and_every_account_stands_under_its_root_in_their_order(name: str) -> None:
    rows = [row for row in outline(find_chart(name)) if row.takes_postings]
    codes = [row.code for row in rows if row.code]
    assert len(set(codes)) == len(codes)
    by_heading: dict[str, list[str]] = {}
    for row in rows:
        by_heading.setdefault(row.name.rpartition(":")[0], []).append(row.code)
    for heading, found in by_heading.items():
        assert [code for code in found if code] == sorted(code for code in found if code), heading


def test_an_unknown_chart_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidSetting, match=r"'skr99' is no starter chart: choose one of bas, club-en, .*skr03"):
        find_chart("skr99")
    assert find_chart("SKR03").name == "skr03"


def in_order_of_reports(book: Ledger) -> Iterator[str]:
    for kind in AccountType:
        own = [account for account in book.accounts() if account.type is kind]
        yield from _names(account_tree(own, {account.id: ({},) for account in own}, 1, own))


def _names(nodes: tuple[AccountNode, ...]) -> Iterator[str]:
    for node in nodes:
        yield node.name
        yield from _names(node.beneath)
