"""Which starter charts of accounts are there? One TOML file each, beside this module; a user's own is read like them.

The national ones are written from the public standards: SKR03 and SKR04 of DATEV, the French plan comptable général,
the Swedish BAS, the Dutch Referentie Grootboekschema, the Spanish Plan General de Contabilidad de PYMES.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from tui_ledger.charts.chart_file import read_chart, read_chart_file
from tui_ledger.charts.purposes import PURPOSES
from tui_ledger.charts.values import DEFAULT_YEAR_START, OutlineRow, StarterChart, outline
from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.locale.catalogues import SOURCE, words_of
from tui_ledger.words import ENGLISH, N_, Said, _, spoken

__all__ = [
    "DEFAULT_YEAR_START",
    "ENDING",
    "OutlineRow",
    "StarterChart",
    "about_chart",
    "chart_accounts",
    "chart_names",
    "charts",
    "find_chart",
    "likely_chart",
    "outline",
    "purpose_of",
    "read_chart",
    "read_chart_file",
]

ENDING = ".toml"
USUAL = "small-business-en"
OF_LOCALES = {
    "de_DE": "skr03",
    "en_GB": "uk-small-business",
    "es_ES": "es-pymes",
    "fr_FR": "pcg",
    "nl_NL": "rgs",
    "sv_SE": "bas",
}


def charts() -> list[StarterChart]:
    """All starter charts, by name."""
    return [_starter(name) for name in chart_names()]


def chart_names() -> tuple[str, ...]:
    """The names starter charts are asked for by, in order."""
    return tuple(sorted(file.name.removesuffix(ENDING) for file in files(__name__).iterdir() if _is_chart(file.name)))


def find_chart(asked: str) -> StarterChart:
    """The starter chart of a name, upper or lower case, or the one in a file: what has a slash or ends in .toml.

    Raises InvalidSetting for a name that is none, FileNotReadable, InvalidChart.
    """
    if "/" in asked or asked.casefold().endswith(ENDING):
        return read_chart_file(Path(asked))
    names = chart_names()
    if asked.casefold() not in names:
        known = ", ".join(names)
        raise InvalidSetting(
            value=asked,
            what=N_("starter chart"),
            advice=Said("choose one of {known}, or a file ending .toml", known=known),
        )
    return _starter(asked.casefold())


def about_chart(chart: StarterChart) -> str:
    """The title of a chart, and what it is for."""
    purpose = purpose_of(chart)
    return f"{chart.title}: {purpose}" if purpose else chart.title


def purpose_of(chart: StarterChart) -> str:
    """What a chart is for: as it says itself, or for those who are spoken to in another language, in theirs."""
    known = PURPOSES.get(chart.name)
    is_starter = known is not None and chart is _starter(chart.name)
    is_theirs = spoken() is words_of(chart.language) and (chart.language == SOURCE or spoken() is not ENGLISH)
    return chart.description if known is None or not is_starter or is_theirs else _(known)


def likely_chart(locale: str) -> str:
    """The name of the chart that is proposed where a locale such as 'de_DE' is spoken."""
    return OF_LOCALES.get(locale, USUAL)


def chart_accounts(name: str) -> tuple[AccountDraft, ...]:
    """The accounts of a starter chart, in its order; raises what `find_chart` raises."""
    return find_chart(name).accounts


@cache
def _starter(name: str) -> StarterChart:
    return read_chart(files(__name__).joinpath(name + ENDING).read_text(encoding="utf-8"), name, name)


def _is_chart(file: str) -> bool:
    return file.endswith(ENDING)
