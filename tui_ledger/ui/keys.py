"""Which key does what? Every key once; bindings, key bar, key sheet, palette and tests all read this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from textual._context import active_app
from textual.binding import Binding

from tui_ledger.ui.key_signs import shown_key, written_key
from tui_ledger.words import N_, NP_, _

BEFORE_ALL = ("quit", "jump")


class Scope(StrEnum):
    """Where a key works; the value is the heading on the key sheet, where it is looked up."""

    EVERYWHERE = N_("Everywhere")
    LIST = N_("Lists")
    TRANSACTIONS = N_("Registers and the journal")
    LISTED = N_("What is listed there")
    FILTER = N_("Filter")
    ACCOUNTS = N_("Accounts")
    REPORTS = N_("Reports")
    DEPTH = N_("Accounts and reports")
    SCREEN = N_("Every screen")
    FORM = N_("Entry form")
    DATE = N_("Date field")
    AMOUNT = N_("Amount field")
    COMPLETION = N_("Completions")
    DIALOG = N_("Dialogs")
    BOX = N_("Forms over the screen")
    SHEET = N_("Lists over the screen")
    SCHEDULES = N_("What is due")
    PARTIES = N_("Parties")
    WORDS = N_("Words to find parties by")
    WELCOME = N_("Without a book")


class Offered(Flag):
    """Where a key is offered beside the key sheet, which has them all."""

    NOWHERE = 0
    BAR = auto()
    PALETTE = auto()
    BOTH = BAR | PALETTE


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that is done by key.

    `keys` are Textual's names, separated by blanks; the first is the one shown. `label` stands in key bar and palette,
    `description` on the key sheet; `named` and `told` are both in the language spoken. A key without an `action` is
    handled by the field it belongs to.
    """

    scope: Scope
    id: str
    keys: str
    action: str
    label: str
    description: str
    offered: Offered = Offered.NOWHERE

    @property
    def named(self) -> str:
        """Its label in the language spoken."""
        return _(_TEMPLATE).format(place=self.id[-1]) if self.id in _TEMPLATE_IDS else _(self.label)

    @property
    def told(self) -> str:
        """Its description in the language spoken."""
        return _(_TEMPLATE_TOLD).format(place=self.id[-1]) if self.id in _TEMPLATE_IDS else _(self.description)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.keys.split())

    @property
    def shown(self) -> str:
        """The key as the key bar shows it: `^s`."""
        return shown_key(self.names[0]) if self.names else ""

    @property
    def shortest(self) -> str:
        """The key that takes the least room, as the top bar shows it: `1`."""
        return min(map(shown_key, self.names), key=len, default="")

    @property
    def shown_all(self) -> str:
        """All its keys as the key sheet shows them: `home  g`."""
        return "  ".join(shown_key(name) for name in self.names)

    @property
    def is_bound(self) -> bool:
        """Whether Textual binds it; what has no action is a field's own."""
        return bool(self.action)

    @property
    def bound_to(self) -> str:
        """What Textual binds it to; what has no key keeps a place to which the user's settings may bring one."""
        return ",".join(self.names) or f"{_NO_KEY}{self.id}"

    @property
    def in_words(self) -> str:
        """How a sentence names it: `ctrl+z`; what has no key is found in the palette by its label."""
        if self.names:
            return written_key(self.names[0])
        palette = key_of("palette")
        return self.named if palette is None or not palette.names else f"{palette.in_words} {self.named}"

    def binding(self) -> Binding:
        """Quitting and jumping go before whatever has the focus, so that they work in fields and dialogs too."""
        return Binding(
            self.bound_to,
            self.action,
            self.label,
            show=Offered.BAR in self.offered,
            key_display=self.shown,
            priority=self.id in BEFORE_ALL,
            id=self.id,
        )


def bindings(*scopes: Scope) -> list[Binding]:
    """Textual's bindings for the keys of some scopes, in the order of `KEYS`."""
    return [key.binding() for key in KEYS if key.scope in scopes and key.is_bound]


def keys_in_force() -> tuple[Key, ...]:
    """The table with the user's own keys, which the program on the screen holds; outside of one, `KEYS`."""
    table: tuple[Key, ...] = getattr(active_app.get(None), "key_table", KEYS)
    return table


def keys_of(scope: Scope) -> Iterator[Key]:
    """The keys of one scope as they are in force, in the order of `KEYS`."""
    return (key for key in keys_in_force() if key.scope is scope)


def key_of(id: str | None) -> Key | None:
    """The key with an id as it is in force, or None."""
    return next((key for key in keys_in_force() if key.id == id), None)


def pressed(id: str) -> str:
    """How a sentence names the key with an id: `ctrl+z`."""
    key = key_of(id)
    return id if key is None else key.in_words


def with_keys(text: str) -> str:
    """A text in which the ids of keys in braces, `{undo}`, stand as the keys in force; a word that begins a sentence
    has a capital: `Enter`."""
    return _ID_IN_BRACES.sub(_key_at, text)


def _key_at(found: re.Match[str]) -> str:
    words = pressed(found[2])
    begins = found.start() == 0 or found[1] != ""
    return found[1] + (words.capitalize() if begins and words.isalpha() and len(words) > 1 else words)


def field_key(scope: Scope, pressed: str) -> str | None:
    """The id of the key of a field's own scope that has a key name, or None."""
    return next((key.id for key in keys_of(scope) if pressed in key.names), None)


_NO_KEY = "no-key-"
_TEMPLATE, _TEMPLATE_TOLD = N_("Template {place}"), N_("Template {place}, by name, into the form")
_TEMPLATE_IDS = frozenset(f"template-{place}" for place in range(1, 10))
_ID_IN_BRACES = re.compile(r"((?:[.?!] )?)\{([a-z][a-z0-9-]*)\}")
_CLEAR, _EMPTY, _VOID = NP_("posting", "Clear"), NP_("field", "Clear"), NP_("verb", "Void")
_CLOSE, _LEAVE, _CLOSED = NP_("account", "Close"), NP_("dialog", "Close"), NP_("accounts", "Closed")
_OPENING = NP_("book", "Opening")
_BAR, _PALETTE, _BOTH = Offered.BAR, Offered.PALETTE, Offered.BOTH

KEYS: tuple[Key, ...] = (
    Key(Scope.TRANSACTIONS, "new", "n", "new", "New", "A new transaction, typed in the form", _BOTH),
    Key(Scope.TRANSACTIONS, "copy-as-new", "c", "copy_as_new", "Copy", "A new transaction like this one", _BOTH),
    Key(Scope.TRANSACTIONS, "edit", "e", "edit", "Edit", "Change this one in the form, all its lines", _BOTH),
    Key(Scope.TRANSACTIONS, "reverse", "r", "reverse", "Reverse", "Post this one's mirror image, after asking", _BOTH),
    Key(Scope.TRANSACTIONS, "void", "d", "void", _VOID, "Take this one's postings out, after asking", _PALETTE),
    Key(Scope.TRANSACTIONS, "history", "H", "history", "History", "Who changed it, when, and what it was", _PALETTE),
    Key(Scope.TRANSACTIONS, "documents", "A", "documents", "Documents", "Invoices and receipts of this one", _PALETTE),
    Key(Scope.LISTED, "filter", "slash", "filter", NP_("verb", "Filter"), "Show only what a few words find", _BOTH),
    Key(Scope.LISTED, "clear-filter", "backspace", "clear_filter", "All", "Take filter and period away", _PALETTE),
    Key(
        Scope.LISTED, "toggle-cleared", "x", "toggle_cleared", _CLEAR, "Cleared or uncleared, then the next row", _BOTH
    ),
    Key(Scope.LISTED, "bulk", "b", "bulk", "Change", "Change all that is marked, after a preview", _BOTH),
    Key(Scope.LISTED, "narrower", "shift+down", "narrower", "Narrower", "Year, quarter, month, week, day", _PALETTE),
    Key(Scope.LISTED, "wider", "shift+up", "wider", "Wider", "A wider period, up to all days", _PALETTE),
    Key(
        Scope.LISTED,
        "period-before",
        "shift+left left_square_bracket",
        "period_before",
        "Period before",
        "The period before this one",
        _PALETTE,
    ),
    Key(
        Scope.LISTED,
        "period-after",
        "shift+right right_square_bracket",
        "period_after",
        "Period after",
        "The period after this one",
        _PALETTE,
    ),
    Key(Scope.LISTED, "this-period", "t", "this_period", "Today", "The period of today, and its last row", _PALETTE),
    Key(Scope.LISTED, "period-menu", "", "period_menu", "Period", "Choose the period from a menu", _PALETTE),
    Key(Scope.FILTER, "keep-filter", "enter", "", "Keep", "Keep the filter and go back to the list", _BAR),
    Key(Scope.FILTER, "leave-filter", "escape", "leave_filter", _EMPTY, "Clear the filter, as if never typed", _BAR),
    Key(Scope.FILTER, "filter-word", "tab", "", "Complete", "Take the first completion, or the marked one", _BAR),
    Key(Scope.FILTER, "save-filter", "ctrl+s", "save_filter", "Save", "Save the filter under a name", _BOTH),
    Key(Scope.FILTER, "delete-filter", "ctrl+r", "delete_filter", "Delete", "Delete the marked saved filter", _BOTH),
    Key(Scope.TRANSACTIONS, "repeat", "R", "repeat", "Repeat", "Make this one recur, by a schedule", _PALETTE),
    Key(
        Scope.TRANSACTIONS,
        "save-as-template",
        "alt+t",
        "save_as_template",
        "Template",
        "Keep this one as a template, under a name",
        _PALETTE,
    ),
    *(
        Key(
            Scope.TRANSACTIONS,
            f"template-{place}",
            f"alt+{place}",
            f"use_template({place})",
            _TEMPLATE.format(place=place),
            _TEMPLATE_TOLD.format(place=place),
        )
        for place in range(1, 10)
    ),
    Key(Scope.ACCOUNTS, "open-account", "a", "open_account", "Account", "Open a new account", _BOTH),
    Key(Scope.ACCOUNTS, "account-menu", "m", "account_menu", "Menu", "What can be done with this account", _BOTH),
    Key(Scope.ACCOUNTS, "edit-account", "E", "edit_account", "Edit", "Edit the highlighted account", _PALETTE),
    Key(Scope.ACCOUNTS, "rename-account", "M", "rename_account", "Move", "Rename or move it, all below too", _PALETTE),
    Key(Scope.ACCOUNTS, "close-account", "C", "close_account", _CLOSE, "Close it, or open it again", _PALETTE),
    Key(Scope.ACCOUNTS, "delete-account", "D", "delete_account", "Delete", "Delete one without postings", _PALETTE),
    Key(Scope.ACCOUNTS, "hide-zero", "z", "hide_zero", "Zero", "Hide or show accounts that hold nothing", _PALETTE),
    Key(Scope.ACCOUNTS, "show-closed", "Z", "show_closed", _CLOSED, "Show or hide closed accounts", _PALETTE),
    Key(Scope.ACCOUNTS, "watch-account", "B", "watch", "Watch", "Its balance in the status line, or not", _PALETTE),
    Key(Scope.REPORTS, "earlier", "left_square_bracket shift+left", "earlier", "Earlier", "Month, range before", _BOTH),
    Key(Scope.REPORTS, "later", "right_square_bracket shift+right", "later", "Later", "The next month or range", _BOTH),
    Key(Scope.REPORTS, "today", "t", "today", "Today", "The report as of today", _BOTH),
    Key(Scope.REPORTS, "choose-report", "r", "choose_report", "Report", "Choose another report from the list", _BOTH),
    Key(Scope.REPORTS, "report-options", "o", "report_options", "Options", "Its days, columns, currency …", _BOTH),
    Key(Scope.REPORTS, "range-narrower", "shift+down", "range_narrower", "Narrower", "Year, quarter, month", _PALETTE),
    Key(Scope.REPORTS, "range-wider", "shift+up", "range_wider", "Wider", "A longer range, up to all days", _PALETTE),
    Key(Scope.REPORTS, "zero-rows", "z", "show_zero", "Zero", "Show or hide rows of nothing", _BOTH),
    Key(Scope.REPORTS, "chart", "c", "toggle_chart", "Chart", "Show or hide the chart above the figures", _BOTH),
    Key(
        Scope.REPORTS,
        "columns-before",
        "left_curly_bracket ctrl+left",
        "columns_before",
        "Columns ←",
        "Columns further to the left; the names stay",
        _PALETTE,
    ),
    Key(
        Scope.REPORTS,
        "columns-behind",
        "right_curly_bracket ctrl+right",
        "columns_behind",
        "Columns →",
        "Columns further to the right; the names stay",
        _BOTH,
    ),
    Key(Scope.REPORTS, "save-report", "ctrl+s", "save_report", "Save", "Keep it as it is shown, under a name", _BOTH),
    Key(Scope.REPORTS, "forget-report", "d delete", "forget_report", "Forget", "Take a saved report away", _BOTH),
    Key(Scope.REPORTS, "workbook", "W", "whole_workbook", "Whole", "Write the whole book to one workbook", _PALETTE),
    Key(Scope.PARTIES, "adjust-party", "n", "adjust_party", "Adjust", "Credit or debit the highlighted party", _BOTH),
    Key(Scope.PARTIES, "add-party", "a", "add_party", "Party", "Add a party", _BOTH),
    Key(Scope.PARTIES, "edit-party", "e", "edit_party", "Edit", "Change the highlighted party", _BOTH),
    Key(Scope.PARTIES, "delete-party", "D", "delete_party", "Delete", "Delete one that was never used", _PALETTE),
    Key(Scope.PARTIES, "find-party", "slash", "find_party", "Find", "Only those in whose key or name words are", _BOTH),
    Key(Scope.PARTIES, "all-parties", "backspace", "all_parties", "All", "Take words and days away", _PALETTE),
    Key(Scope.PARTIES, "zero-parties", "z", "zero_parties", "Zero", "Hide or show those that are owed nothing", _BOTH),
    Key(Scope.PARTIES, "inactive-parties", "Z", "inactive_parties", "Inactive", "Hide or show inactive ones", _PALETTE),
    Key(Scope.PARTIES, "party-days", "d", "party_days", "Days", "First and last day of the sheet, typed", _BOTH),
    Key(Scope.PARTIES, "party-narrower", "shift+down", "narrower", "Narrower", "Year, quarter, month, week", _PALETTE),
    Key(Scope.PARTIES, "party-wider", "shift+up", "wider", "Wider", "A wider period, up to all days", _PALETTE),
    Key(
        Scope.PARTIES,
        "party-before",
        "shift+left left_square_bracket",
        "period_before",
        "Period before",
        "The period before this one",
        _PALETTE,
    ),
    Key(
        Scope.PARTIES,
        "party-after",
        "shift+right right_square_bracket",
        "period_after",
        "Period after",
        "The period after this one",
        _PALETTE,
    ),
    Key(Scope.PARTIES, "party-today", "t", "this_period", "Today", "The period of today", _PALETTE),
    Key(Scope.PARTIES, "party-purpose", "p", "next_purpose", "Purpose", "The sheet of the next purpose", _BOTH),
    Key(Scope.PARTIES, "party-months", "m", "party_months", "Months", "Its debits and credits, month by month", _BOTH),
    Key(Scope.PARTIES, "watch-party", "B", "watch", "Watch", "Its balance in the status line, or not", _PALETTE),
    Key(Scope.WORDS, "keep-words", "enter", "", "Keep", "Keep what is found and go back to the list", _BAR),
    Key(Scope.WORDS, "leave-words", "escape", "leave_words", _EMPTY, "Every party again, as if never typed", _BAR),
    Key(Scope.LIST, "open", "enter right l", "open", NP_("verb", "Open"), "Open what is highlighted", _BAR),
    Key(Scope.SCREEN, "back", "escape left h", "back", "Back", "Back to where you came from", _BAR),
    Key(Scope.DEPTH, "less-depth", "minus", "less_depth", "Fold", "Fewer levels of accounts", _BOTH),
    Key(Scope.DEPTH, "more-depth", "plus equals_sign", "more_depth", "Unfold", "More levels of accounts", _BOTH),
    Key(Scope.LIST, "copy-row", "y", "copy_row", "TSV", "Copy the row, cells separated by tabs", _BOTH),
    Key(Scope.LIST, "mark-row", "space", "mark_row", "Mark", "Mark the row for what is done with many", _BOTH),
    Key(
        Scope.LIST,
        "mark-all",
        "asterisk shift+space",
        "mark_all",
        "Mark all",
        "Mark all that is listed, or none",
        _PALETTE,
    ),
    Key(Scope.LIST, "sort", "s", "sort_next", "Sort", "Sort by the next column; a click on its head too", _BOTH),
    Key(Scope.LIST, "sort-turned", "S", "sort_turned", "Turn", "Turn the order round", _PALETTE),
    Key(Scope.LIST, "fit-columns", "", "fit_columns", "Columns", "Let all columns find their own widths", _PALETTE),
    Key(Scope.LIST, "pick-column", "vertical_line", "pick_column", "Column", "The next column, for < and >", _PALETTE),
    Key(Scope.LIST, "narrow-column", "less_than_sign", "narrow_column", "Slimmer", "Make that one slimmer", _PALETTE),
    Key(Scope.LIST, "widen-column", "greater_than_sign", "widen_column", "Broader", "Make that one broader", _PALETTE),
    Key(Scope.LIST, "row-menu", "full_stop", "row_menu", "Menu", "What can be done here; right-click or ≡", _PALETTE),
    Key(Scope.LIST, "row-up", "up k", "row_up", "Up", "One row up"),
    Key(Scope.LIST, "row-down", "down j", "row_down", "Down", "One row down"),
    Key(Scope.LIST, "page-up", "pageup", "page_up", "Page up", "One screen up"),
    Key(Scope.LIST, "page-down", "pagedown", "page_down", "Page down", "One screen down"),
    Key(Scope.LIST, "first-row", "home g", "first_row", "First", "The first row"),
    Key(Scope.LIST, "last-row", "end G", "last_row", "Last", "The last row"),
    Key(Scope.FORM, "post", "ctrl+s", "post", "Post", "Post, or save the change; from any field", _BOTH),
    Key(Scope.FORM, "next-field", "enter", "", "Next", "On to what is still missing; on the empty line: post", _BAR),
    Key(
        Scope.FORM,
        "following-field",
        "tab",
        "",
        "Field after",
        "The next field, the text as it is; then a new line",
    ),
    Key(Scope.FORM, "field-before", "shift+tab", "", "Field before", "The field before"),
    Key(Scope.FORM, "add-line", "ctrl+n", "add_line", "Line", "One more line", _BOTH),
    Key(Scope.FORM, "split-tax", "f8", "split_tax", "Tax", "Split the tax off; again: on top; then as typed", _BOTH),
    Key(Scope.FORM, "remove-line", "ctrl+r", "remove_line", "Remove", "Take this line out", _BOTH),
    Key(
        Scope.FORM,
        "save-template",
        "alt+t",
        "save_template",
        "Template",
        "Keep what stands here as a template",
        _PALETTE,
    ),
    Key(Scope.FORM, "close-form", "escape", "close_form", _LEAVE, "Close the completions, then the form", _BAR),
    Key(Scope.COMPLETION, "completion-down", "down", "", "Next", "The next completion; opens them where closed"),
    Key(Scope.COMPLETION, "completion-up", "up", "", "Previous", "The completion before"),
    Key(
        Scope.COMPLETION,
        "take-completion",
        "enter",
        "",
        "Take",
        "Take the marked one; tab leaves the text as typed",
    ),
    Key(Scope.DATE, "day-later", "plus", "", "Later", "A day later (in an empty payee field too)"),
    Key(Scope.DATE, "day-earlier", "minus", "", "Earlier", "A day earlier (in an empty payee field too)"),
    Key(Scope.DATE, "month-later", "right_square_bracket", "", "Month later", "A month later"),
    Key(Scope.DATE, "month-earlier", "left_square_bracket", "", "Month earlier", "A month earlier"),
    Key(Scope.DATE, "date-today", "t", "", "Today", "Today"),
    Key(Scope.DATE, "month-start", "m", "", "Month start", "The first day of the month"),
    Key(Scope.DATE, "month-end", "h", "", "Month end", "The last day of the month"),
    Key(Scope.DATE, "year-start", "y", "", "Year start", "The first day of the year"),
    Key(Scope.DATE, "year-end", "r", "", "Year end", "The last day of the year"),
    Key(Scope.AMOUNT, "remainder", "equals_sign", "", "Remainder", "What is still missing on this line"),
    Key(Scope.DIALOG, "confirm", "enter", "confirm", "Yes", "Do it"),
    Key(Scope.DIALOG, "cancel", "escape", "cancel", "Cancel", "Leave everything as it was"),
    Key(Scope.BOX, "save", "ctrl+s", "save", "Save", "Save, from any field"),
    Key(Scope.BOX, "row-below", "down", "", "Below", "The next field, or the next completion"),
    Key(Scope.BOX, "row-above", "up", "", "Above", "The field before, or the completion before"),
    Key(Scope.BOX, "next-choice", "space", "", "Choice", "The next choice, in a field that has choices"),
    Key(Scope.BOX, "box-help", "f1", "help", "Help", "Help on what has the focus"),
    Key(Scope.SHEET, "sheet-help", "f1", "help", "Help", "Help on what is listed"),
    Key(Scope.SHEET, "sheet-undo", "ctrl+z", "undo", "Undo", "Take back your own last act"),
    Key(Scope.SHEET, "sheet-redo", "ctrl+y", "redo", "Redo", "Do again what you undid last"),
    Key(Scope.SHEET, "sheet-add", "a insert", "add", "Add", "Add one"),
    Key(Scope.SHEET, "sheet-edit", "e", "edit", "Change", "Change the highlighted one"),
    Key(Scope.SHEET, "sheet-remove", "d delete", "remove", "Remove", "Take the highlighted one away"),
    Key(Scope.SHEET, "sheet-import", "i", "import_file", "Import", "Read some from a file"),
    Key(Scope.SCHEDULES, "due-post", "p", "post", "Post", "Post the highlighted day that is due"),
    Key(Scope.SCHEDULES, "due-skip", "s", "skip", "Skip", "Pass over the highlighted day"),
    Key(Scope.SCHEDULES, "due-post-all", "P", "post_all", "Post all", "Post all that is due, after asking"),
    Key(Scope.WELCOME, "welcome-new", "n", "new", "New", "Make a new book, with a chart of accounts"),
    Key(Scope.WELCOME, "welcome-demo", "d", "demo", "Demo", "Look around in the book of a small shop"),
    Key(Scope.WELCOME, "welcome-open", "o", "open_book", NP_("verb", "Open"), "Open a book that is there already"),
    Key(Scope.WELCOME, "welcome-import", "i", "import_file", "Import", "Bring a journal into a new book"),
    Key(Scope.EVERYWHERE, "accounts", "f2 1", "go('accounts')", "Accounts", "Accounts with their balances", _PALETTE),
    Key(
        Scope.EVERYWHERE,
        "journal",
        "f3 2",
        "go('journal')",
        "Journal",
        "Every transaction, newest at the bottom",
        _PALETTE,
    ),
    Key(Scope.EVERYWHERE, "reports", "f4 3", "go('reports')", "Reports", "The balance sheet; all reports", _PALETTE),
    Key(
        Scope.EVERYWHERE,
        "parties",
        "f6 5",
        "go('parties')",
        "Parties",
        "What people and firms are owed, and how that came",
        _PALETTE,
    ),
    Key(Scope.EVERYWHERE, "jump", "ctrl+o", "jump", "Jump", "Letters over all there is; one goes there", _PALETTE),
    Key(Scope.EVERYWHERE, "go-to-account", "ctrl+g", "go_to_account", "Go to", "Go to an account's register", _BOTH),
    Key(Scope.EVERYWHERE, "go-to-date", "ctrl+t", "go_to_date", "Date", "Go to a date", _BOTH),
    Key(Scope.EVERYWHERE, "book-menu", "f9 comma", "book_menu", "Book", "Prices, periods, settings, backup", _PALETTE),
    Key(Scope.EVERYWHERE, "opening", "", "book('opening')", _OPENING, "Opening balances, all on one sheet", _PALETTE),
    Key(Scope.EVERYWHERE, "schedules", "", "book('schedules')", "Schedules", "What recurs, and what is due", _PALETTE),
    Key(Scope.EVERYWHERE, "prices", "", "book('prices')", "Prices", "What currencies are worth", _PALETTE),
    Key(Scope.EVERYWHERE, "currencies", "", "book('currencies')", "Currencies", "Add one, or more digits", _PALETTE),
    Key(Scope.EVERYWHERE, "tax-codes", "", "book('tax-codes')", "Tax codes", "Rates by day; where tax goes", _PALETTE),
    Key(Scope.EVERYWHERE, "periods", "", "book('periods')", "Periods", "Close and reopen, fiscal years", _PALETTE),
    Key(Scope.EVERYWHERE, "settings", "", "book('settings')", "Settings", "The settings of this book", _PALETTE),
    Key(Scope.EVERYWHERE, "formats", "", "book('formats')", "Formats", "How amounts and days are written", _PALETTE),
    Key(Scope.EVERYWHERE, "commission", "", "book('commission')", "Commissions", "What inviting earns", _PALETTE),
    Key(Scope.EVERYWHERE, "users", "", "book('users')", "Users", "Who may sign in to the book, and as what", _PALETTE),
    Key(Scope.EVERYWHERE, "book-history", "", "book('history')", "Changes", "The latest changes", _PALETTE),
    Key(Scope.EVERYWHERE, "backup", "", "book('backup')", "Backup", "Write a checked copy of the book", _PALETTE),
    Key(Scope.EVERYWHERE, "verify", "", "book('verify')", "Verify", "Check every balance and the history", _PALETTE),
    Key(Scope.EVERYWHERE, "undo", "ctrl+z", "undo", "Undo", "Take back your own last act", _PALETTE),
    Key(Scope.EVERYWHERE, "redo", "ctrl+y", "redo", "Redo", "Do again what you undid last", _PALETTE),
    Key(Scope.EVERYWHERE, "export", "ctrl+e", "export", "Workbook", "Write what is shown to a workbook", _BOTH),
    Key(Scope.EVERYWHERE, "palette", "ctrl+p", "command_palette", "Palette", "All that can be done here, by name"),
    Key(Scope.EVERYWHERE, "program", "", "program", "Program", "Settings of the program, whatever the book", _PALETTE),
    Key(Scope.EVERYWHERE, "theme", "", "change_colours", "Colours", "Another theme, seen while you choose", _PALETTE),
    Key(Scope.EVERYWHERE, "own-keys", "", "own_keys", "Own keys", "Which key does what: change it", _PALETTE),
    Key(Scope.EVERYWHERE, "help", "f1", "help", "Help", "Help on what has the focus", _PALETTE),
    Key(Scope.EVERYWHERE, "key-sheet", "question_mark", "key_sheet", "Keys", "Every key", _BOTH),
    Key(Scope.EVERYWHERE, "quit", "ctrl+q", "quit", "Quit", "Leave the workbench", _BOTH),
)
