"""How is a report chosen in every detail? A form with its days, its columns and what else it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tui_ledger.errors import AccountError, InvalidCurrency, InvalidOptions, InvalidSetting, LedgerError
from tui_ledger.ledger import Account, Party
from tui_ledger.ledger.filters import saved_filters
from tui_ledger.ledger.parties import checked_purpose, matches
from tui_ledger.ledger.queries import parse_query
from tui_ledger.ledger.values import DEFAULT_PURPOSE
from tui_ledger.locale.reading import read_date
from tui_ledger.reports.catalogue import ReportKind, Span
from tui_ledger.reports.columns import COMPARISONS, MONTHS
from tui_ledger.reports.own_columns import own_columns, split_columns
from tui_ledger.reports.statistics import GROUPS
from tui_ledger.text import name_key
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.report_subject import BEHIND_NAME, both_ways, of_party, party_of, query_of, said, with_said
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.shown_period import known_period
from tui_ledger.ui.shown_report import ShownReport, days_of, listed_names, over
from tui_ledger.ui.widgets.choice_field import ChoiceField, yes_or_no
from tui_ledger.ui.widgets.completions import ROWS_SHOWN, Completion
from tui_ledger.ui.widgets.fields import AccountField, Field
from tui_ledger.ui.widgets.suggesting import account_completions
from tui_ledger.words import N_, Said, _, pgettext

NONE = ""
CHOICES_SHOWN = (
    *(N_("month"), N_("quarter"), N_("year"), N_("previous")),
    *(N_("account"), N_("amount"), N_("balance"), N_("code"), N_("date"), N_("key"), N_("memo"), N_("name")),
    *(N_("number"), N_("party"), N_("payee"), N_("status"), N_("debit"), N_("credit"), N_("counter")),
)
"""The choices that a report may have, to be looked up where one is drawn; the program goes by what they are."""
_NOBODY: tuple[Party, ...] = ()


class ReportOptions(FormDialog[ShownReport]):
    """What a report takes; answers what was chosen. `recalled` is how the range is said that stands there at first."""

    def __init__(self, desk: Desk, shown: ShownReport) -> None:
        self._desk = desk
        self.own_columns = _text("report-columns", "; ".join(shown.own_columns), "2026; last-year; Change=#1-#2")
        names = ", ".join(listed_names(shown, desk.ledger))
        every_name = _("all: {names}").format(names=names) if names else pgettext("columns", "all")
        self.listed = _text("report-listed", shown.listed or "", every_name)
        # The days stand there as they are without columns of one's own, which say them all.
        self._shown = shown = replace(shown, own_columns=(), listed=None)
        kind, days = shown.kind, days_of(shown, desk.ledger)
        self._first_text = "" if shown.is_at_day else desk.day(days.first)
        self.first = _text("report-from", self._first_text, _("the fiscal year's first day"))
        last = shown.last_day(desk.ledger) if shown.is_at_day else days.last
        self.last = _text("report-to", desk.day(last), _("today"))
        self.every = ChoiceField(
            (NONE, *MONTHS), shown.every or NONE, id="report-every", placeholder=_usual_every(shown)
        )
        self.compare = ChoiceField(
            (NONE, *COMPARISONS), shown.compare or NONE, id="report-compare", placeholder=_("nothing")
        )
        self.depth = _text("report-depth", "" if shown.depth is None else str(shown.depth), pgettext("levels", "all"))
        self.zero = yes_or_no(shown.show_zero, id="report-zero")
        orders = both_ways(shown) or ("",)
        self.sort = ChoiceField(orders, shown.sort if shown.sort in orders else orders[0], id="report-sort")
        self.query_text = _text("report-query", query_of(shown) or "", _("all of them"))
        self.party = _text("report-party", party_of(shown) or "", "" if kind.takes("PARTY") else _("every account"))
        self.purpose = _text("report-purpose", said(shown, "purpose") or "", pgettext("purposes", "all"))
        self.newest_first = yes_or_no(bool(dict(shown.more).get("newest-first")), id="report-newest-first")
        self.after_closing = yes_or_no(shown.after_closing, id="report-after-closing")
        self.currency = _text("report-currency", shown.currency or "", _("each amount in its own"))
        self.costs = yes_or_no(shown.prices_from_costs, id="report-prices-from-costs")
        self.account = _account("report-account", shown.account or "", _("the account it is of"))
        self.only = _account("report-only", ", ".join(shown.accounts), _("every account"))
        self.by = _text("report-by", shown.by or "", "month")
        title = _("{report}: options").format(report=_(kind.title))
        super().__init__(title, tuple(self._rows_of(shown)), save=pgettext("verb", "Show"))

    def act(self) -> ShownReport:
        every, compare = self.every.chosen or None, self.compare.chosen or None
        with self.about(self.compare):
            if every is not None and compare is not None and (compare != "year" or every == "year"):
                raise InvalidOptions(
                    reason=N_(
                        "Periods stand beside each other already: months and quarters compare with the year before."
                    )
                )
        chosen = replace(
            self._shown,
            every=every,
            compare=compare,
            show_zero=self.zero.is_yes,
            sort=self.sort.chosen or None,
            after_closing=self.after_closing.is_yes,
        )
        own = self._own_columns(every or compare)
        with self.about(self.listed):
            chosen = replace(chosen, listed=self.listed.value.strip() or None)
            listed_names(chosen, self._desk.ledger)
        with self.about(self.depth):
            chosen = replace(chosen, depth=self._depth())
        with self.about(self.currency):
            chosen = replace(chosen, currency=self._currency())
        with self.about(self.costs):
            if self.costs.is_yes and chosen.currency is None:
                raise InvalidOptions(reason=N_("What was paid is a price in some currency: say in which one."))
            chosen = replace(chosen, prices_from_costs=self.costs.is_yes)
        with self.about(self.account):
            chosen = replace(chosen, account=self._account_name(self.account))
        with self.about(self.only):
            only = self._account_name(self.only)
            chosen = replace(chosen, accounts=() if only is None else (only,))
        with self.about(self.by):
            chosen = replace(chosen, by=self._grouping())
        return replace(self._of_days(self._with_subject(chosen)), own_columns=own)

    def culprit(self, refusal: LedgerError) -> Field | None:
        match refusal:
            case AccountError():
                return self.only if self.row_of(self.only) is not None else self.account
            case InvalidCurrency():
                return self.currency
        return self.last

    def _with_subject(self, chosen: ShownReport) -> ShownReport:
        """With the party or the search that was typed, each checked where it stands."""
        ledger, kind = self._desk.ledger, chosen.kind
        if self.row_of(self.party) is not None:
            with self.about(self.party):
                key = self.party.value.strip()
                if not key and kind.takes("PARTY"):
                    raise InvalidOptions(reason=N_("Name the party by its key."))
                party = ledger.party(key).key if key else None
            with self.about(self.purpose):
                purpose = checked_purpose(self.purpose.value) if self.purpose.value.strip() else None
            chosen = of_party(chosen, party, purpose)
        if kind.takes("newest-first"):
            chosen = with_said(chosen, "newest-first", self.newest_first.is_yes)
        if kind.takes("QUERY"):
            with self.about(self.query_text):
                parse_query(self.query_text.value, ledger.today)
            chosen = with_said(chosen, BEHIND_NAME, self.query_text.value.strip() or None)
        return chosen

    def completions_for(self, field: Field) -> list[Completion]:
        typed = field.value.strip()
        if field is self.party:
            return [Completion(one.key, one.name, one.key) for one in self._parties_found(typed)]
        if field is self.query_text:
            saved = saved_filters(self._desk.ask(self._desk.ledger.settings, {}))
            found = [name for name in saved if name_key(name).startswith(name_key(typed)) and saved[name] != typed]
            return [Completion(saved[name], name, saved[name]) for name in found[:ROWS_SHOWN]] if typed else []
        if field in (self.account, self.only) and typed:
            return account_completions(self._desk, typed, {}, can_open=False)
        if field is self.by:
            words = [one.removesuffix("KEY") for one in GROUPS if one.startswith(typed) and one != typed]
            return [Completion(one, "", one) for one in words] if typed else []
        return []

    def take(self, field: Field, completion: Completion) -> None:
        if isinstance(completion.value, Account):
            completion = Completion(completion.value.name, "", completion.value)
        super().take(field, completion)

    def _rows_of(self, shown: ShownReport) -> list[FormRow]:
        kind = shown.kind
        is_over_days = kind.takes("from")
        is_of_day = isinstance(kind, ReportKind) and kind.span is Span.DAYS and kind.every is None
        days = [("from", FormRow(pgettext("day", "From"), self.first, _("with columns") if is_of_day else ""))]
        label = pgettext("day", "To") if is_over_days else pgettext("day", "At")
        label = pgettext("day", "At, or to") if is_of_day and is_over_days else label
        days.append(("to" if is_over_days else "at", FormRow(label, self.last)))
        rows = [
            ("ACCOUNT", FormRow(_("Account"), self.account)),
            ("PARTY", FormRow(_("Party"), self.party)),
            ("QUERY", FormRow(_("Search"), self.query_text, _("as in the filter"))),
            *(reversed(days) if is_of_day else days),
            ("every", FormRow(_("A column each") if isinstance(kind, ReportKind) else _("A line each"), self.every)),
            ("compare", FormRow(_("Compared with"), self.compare, _("the one before, or a year ago"))),
            ("column", FormRow(_("Columns"), self.own_columns, _("[LABEL=]DAYS; …"))),
            ("columns", FormRow(_("Columns"), self.listed)),
            ("by", FormRow(pgettext("grouping", "By"), self.by, ", ".join(GROUPS))),
            ("account", FormRow(pgettext("account", "Only"), self.only, _("and what is beneath it"))),
            ("party", FormRow(_("Party"), self.party)),
            ("purpose", FormRow(_("Purpose"), self.purpose, f"{DEFAULT_PURPOSE}, bonus …")),
            ("newest-first", FormRow(_("Newest first"), self.newest_first)),
            ("depth", FormRow(_("Levels"), self.depth)),
            ("zero", FormRow(_("Zero rows"), self.zero)),
            ("sort", FormRow(_("Sorted by"), self.sort)),
            ("currency", FormRow(_("In currency"), self.currency)),
            ("prices-from-costs", FormRow(_("Costs as prices"), self.costs, _("what was paid counts"))),
            ("after-closing", FormRow(_("After closing"), self.after_closing, _("closing transactions count"))),
        ]
        return [row for option, row in rows if kind.takes(option)]

    def _parties_found(self, typed: str) -> list[Party]:
        words = typed.split()
        known = self._desk.ask(self._desk.ledger.parties, _NOBODY) if words else _NOBODY
        found = [one for one in known if matches(words, one.key, one.name)]
        return [] if len(found) == 1 and found[0].key == typed else found[:ROWS_SHOWN]

    def _of_days(self, chosen: ShownReport) -> ShownReport:
        """With the days that were typed; those that stood there at first leave everything as it was."""
        ledger = self._desk.ledger
        with self.about(self.last):
            last = self._day(self.last)
        if chosen.is_at_day:
            day = last or ledger.today
            return chosen if day == chosen.last_day(ledger) else replace(chosen, day=day, period=None)
        with self.about(self.first):
            first = self._day(self.first)
            end = last or ledger.today
            begin = first or ledger.fiscal_year(end)[0]
            if end < begin:
                raise InvalidOptions(reason=Said("It begins after the last day, {day}.", day=self._desk.day(end)))
        now = days_of(chosen, ledger)
        if (now.first, now.last) == (begin, end):
            return chosen
        if begin == ledger.fiscal_year(end)[0] and end == ledger.today:
            return replace(chosen, day=None, period=None)
        return over(chosen, known_period(begin, end, ledger.fiscal_year), ledger)

    def _day(self, field: Field) -> date | None:
        text, today = field.value.strip(), self._desk.ledger.today
        return read_date(text, today, today, self._desk.formats) if text else None

    def _own_columns(self, others: str | None) -> tuple[str, ...]:
        """The columns typed; with them there are no others."""
        with self.about(self.own_columns):
            specs = split_columns(self.own_columns.value)
            own_columns(specs, self._desk.ledger)
            if specs and others is not None:
                reason = N_("Columns of your own stand alone: leave out a column each and what is compared, or these.")
                raise InvalidOptions(reason=reason)
        return specs

    def _depth(self) -> int | None:
        text = self.depth.value.strip()
        if not text:
            return None
        if not text.isdecimal() or not 1 <= int(text[:9]) < 1000:
            raise InvalidSetting(
                value=text, what=N_("number of levels"), advice=N_("use 1 or more, or leave it empty for all")
            )
        return int(text)

    def _currency(self) -> str | None:
        text = self.currency.value.strip()
        return str(self._desk.ledger.currency_of(text.upper() if len(text) == 3 else text)) if text else None

    def _account_name(self, field: Field) -> str | None:
        """The account typed, or the heading; the first one for a register without any."""
        text, root = field.value.strip(), f"{field.value.strip().casefold()}:"
        if self.row_of(field) is None:
            return text or None
        if not text:
            return self._shown.account if field is self.account else None
        if field is self.only and any(one.name.casefold().startswith(root) for one in self._desk.standing.accounts):
            return text
        return self._desk.ledger.account(text).name

    def _grouping(self) -> str | None:
        text = self.by.value.strip()
        group, colon, key = text.partition(":")
        is_plain = not colon and group in ("account", "party", "payee", "tag")
        is_known = is_plain or (group == "data" and bool(key.strip()))
        if text and text != "month" and not is_known:
            raise InvalidSetting(
                value=text, what=N_("grouping"), advice=Said("use month, {names}", names=", ".join(GROUPS))
            )
        return None if text in ("", "month") else text


def _usual_every(shown: ShownReport) -> str:
    kind = shown.kind
    every = kind.every if isinstance(kind, ReportKind) else None
    return _("one for all") if every is None else _(every)


def _text(id: str, text: str, placeholder: str) -> Field:
    field = Field(id=id, placeholder=placeholder)
    field.put(text)
    return field


def _account(id: str, name: str, placeholder: str) -> AccountField:
    field = AccountField(id=id, placeholder=placeholder)
    field.put(name)
    return field
