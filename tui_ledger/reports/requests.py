"""What is a report that is asked for by its name and options, in the words of the command line?

Every option a report takes is written here once more, so that a report may be saved with it, run again, and be shown by
whoever has its words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui_ledger.errors import InvalidOptions, InvalidSetting, UnknownReport
from tui_ledger.reports.catalogue import REPORTS, ReportKind, report_named
from tui_ledger.reports.choices import IN_PLACE_OF_COLUMNS, Asked, choice_of
from tui_ledger.reports.listings import LISTINGS, AskedListing, ListingKind, listing_named, with_subject
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.ledger.saved_reports import OptionValue
    from tui_ledger.reports.report import Report
    from tui_ledger.reports.table import Table

Translate = Callable[[str], str]
Kind = ReportKind | ListingKind

FORMAT = "format"
"""The option that says how a report is written, which any of them may be saved with."""

_ACCOUNT = "ACCOUNT"
"""What stands behind the name of a report: an account, or what else it is of."""
_DEEPEST_DIGITS = 18
_ASIDE = (("column", IN_PLACE_OF_COLUMNS), ("at", ("from", "to", "every")))
"""Of these pairs what is said now takes the place of what was saved."""


@dataclass(frozen=True, slots=True)
class Request:
    """A report and what was said for its options, by their names without dashes: texts, several of an option that may
    be repeated, True for a flag, False for one that is taken back."""

    report: str
    options: Mapping[str, OptionValue] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """The report there is; raises UnknownReport."""
        return listing_named(self.report) or report_named(self.report)

    def made(self, ledger: Ledger, translate: Translate = str) -> Report | Table:
        """The report of a book; raises what its options raise: InvalidOptions, InvalidSetting, InvalidDate,
        UnknownAccount, InvalidCurrency."""
        kind, options = self.kind, {name: said for name, said in self.options.items() if name != FORMAT}
        if isinstance(kind, ListingKind):
            return kind.table(ledger, with_subject(asked_listing(options), kind), translate)
        check_statement_options(kind, options)
        code = _text(options, "currency")
        asked = replace(asked_statement(options), currency=None if code is None else ledger.currency_of(code))
        return kind.report(ledger, choice_of(kind, asked, ledger), translate)

    def check(self) -> None:
        """Refuses options that the report does not take, before any book is asked."""
        kind, options = self.kind, {name: said for name, said in self.options.items() if name != FORMAT}
        if isinstance(kind, ListingKind):
            kind.check(with_subject(asked_listing(options), kind))
        else:
            check_statement_options(kind, options)
            asked_statement(options)

    def over(self, saved: Request) -> Request:
        """What was saved, with what is said now in its place. Days that are said otherwise leave no others."""
        options = dict(saved.options)
        for one, others in _ASIDE:
            if one in self.options:
                options = {name: said for name, said in options.items() if name not in others}
            if any(other in self.options for other in others):
                options.pop(one, None)
        merged = {**options, **self.options}
        return Request(saved.report, {name: said for name, said in merged.items() if said is not False})

    def without_format(self) -> Request:
        return Request(self.report, {name: said for name, said in self.options.items() if name != FORMAT})


def kinds() -> tuple[Kind, ...]:
    """Every report there is, statements first."""
    return (*REPORTS, *LISTINGS)


def unknown_report(name: str, others: tuple[str, ...] = ()) -> UnknownReport:
    """That there is no report of a name, with those there are, and `others` that were saved."""
    return UnknownReport(name=name, known=", ".join((*(kind.name for kind in kinds()), *others)))


def asked_statement(options: Mapping[str, OptionValue]) -> Asked:
    """What options ask of a statement, but for the currency, which a book has to know; raises InvalidSetting."""
    _text(options, "currency")
    return Asked(
        at=_text(options, "at"),
        date_from=_text(options, "from"),
        date_to=_text(options, "to"),
        every=_text(options, "every"),
        compare=_text(options, "compare"),
        depth=levels(options),
        show_zero=_flag(options, "zero"),
        after_closing=_flag(options, "after-closing"),
        sort=_text(options, "sort"),
        prices_from_costs=_flag(options, "prices-from-costs"),
        columns=_texts(options, "column"),
    )


def asked_listing(options: Mapping[str, OptionValue]) -> AskedListing:
    """What options ask of a report that lists."""
    return AskedListing(
        at=_text(options, "at"),
        date_from=_text(options, "from"),
        date_to=_text(options, "to"),
        account=_text(options, _ACCOUNT),
        accounts=_texts(options, "account"),
        by=_text(options, "by"),
        sort=_text(options, "sort"),
        show_zero=_flag(options, "zero"),
        after_closing=_flag(options, "after-closing"),
        others={name: said for name, said in options.items() if name not in _OF_LISTINGS and said is not False},
        columns=_text(options, "columns"),
        every=_text(options, "every"),
        party=_text(options, "party"),
        purpose=_text(options, "purpose"),
        filter=_text(options, "filter"),
        newest_first=_flag(options, "newest-first"),
    )


def levels(options: Mapping[str, OptionValue]) -> int | None:
    """The depth that is asked for; raises InvalidSetting."""
    text = _text(options, "depth")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _DEEPEST_DIGITS and int(text) >= 1):
        raise InvalidSetting(value=text, what=N_("depth"), advice=N_("write a whole number of 1 or more"))
    return int(text)


def check_statement_options(kind: ReportKind, options: Mapping[str, OptionValue]) -> None:
    """Refuses what only a report that lists takes, and what no statement knows."""
    for name, said in options.items():
        if said is False or (name in _OF_STATEMENTS and kind.takes(name)):
            continue
        if name in _OF_STATEMENTS:
            raise InvalidOptions(
                reason=Said(
                    "{name} takes no --{name_2}, but {names}.",
                    name=kind.name,
                    name_2=name,
                    names=", ".join(map(_dashed, kind.options)),
                )
            )
        takers = [one.name for one in LISTINGS if one.takes(name)]
        shown = name if name.isupper() else f"--{name}"
        raise InvalidOptions(reason=_taken_by(takers, name=kind.name, shown=shown))


_OF_STATEMENTS = frozenset(
    {
        *("at", "from", "to", "every", "compare", "column", "depth", "zero", "sort"),
        *("after-closing", "currency", "prices-from-costs"),
    }
)


_OF_LISTINGS = frozenset(
    {
        *("at", "from", "to", "every", _ACCOUNT, "account", "by", "sort", "zero", "after-closing", "columns"),
        *("party", "purpose", "filter", "newest-first"),
    }
)


def _taken_by(takers: Sequence[str], *, name: str, shown: str) -> Said:
    """That a report takes no option, and which others do."""
    if not takers:
        return Said("{name} takes no {shown}.", name=name, shown=shown)
    if len(takers) == 1:
        return Said("{name} takes no {shown}, as {other} does.", name=name, shown=shown, other=takers[0])
    others: str | Said = takers[-1]
    for one in takers[-2::-1]:
        others = Said("{one} and {other}", one=one, other=others)
    return Said("{name} takes no {shown}, as {others} do.", name=name, shown=shown, others=others)


def _dashed(name: str) -> str:
    return f"--{name}"


def _text(options: Mapping[str, OptionValue], name: str) -> str | None:
    said = options.get(name)
    if said is None or said is False:
        return None
    if not isinstance(said, str):
        raise InvalidSetting(value=str(said), what=name, advice=N_("it is one text"))
    return said


def _texts(options: Mapping[str, OptionValue], name: str) -> tuple[str, ...]:
    said = options.get(name) or ()
    if not isinstance(said, tuple):
        raise InvalidSetting(value=str(said), what=name, advice=N_("it is a list of texts"))
    return said


def _flag(options: Mapping[str, OptionValue], name: str) -> bool:
    said = options.get(name, False)
    if not isinstance(said, bool):
        raise InvalidSetting(value=str(said), what=name, advice=N_("it is true, or not said at all"))
    return said
