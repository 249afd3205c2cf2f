"""What does each account hold, and how did it come to that? The account tree beside a register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from tui_ledger.ledger import Account, PostingStatus, RegisterPosting, Transaction
from tui_ledger.money import Money
from tui_ledger.reports.tree import tree_names
from tui_ledger.text import path_keys
from tui_ledger.ui.account_rows import AccountRow, account_rows, deepest
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.earlier_words import earlier_in_words
from tui_ledger.ui.keys import Scope, bindings, pressed
from tui_ledger.ui.listing import ListChoice, Listing, Source
from tui_ledger.ui.screens.account_acts import NEED_ACCOUNT, AccountActs
from tui_ledger.ui.screens.account_lights import AccountLights
from tui_ledger.ui.screens.dialogs import OpenAccountDialog
from tui_ledger.ui.screens.lists import CLOSED_MARK, ListsScreen
from tui_ledger.ui.screens.transactions import STATUS_MARKS
from tui_ledger.ui.widgets.bars import AccountPart, CountPart
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.columns import Column, natural_width, short_accounts
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow, Window
from tui_ledger.words import N_, NP_, _, listed, ngettext

GAP = 2
TREE_EDGES = 4
SETTLING_SECONDS = 0.04
EMPTY_REGISTER = N_("No postings yet. Press {key} to write a transaction.")


class AccountsScreen(AccountActs, AccountLights, ListsScreen):
    """The tree; the register of the highlighted account beside it, or over it on a narrow screen."""

    MODE = "accounts"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.TRANSACTIONS, Scope.LISTED, Scope.ACCOUNTS, Scope.DEPTH, Scope.SCREEN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.ACCOUNTS, Scope.DEPTH)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tree_rows: Grid[AccountRow] = Grid(
            _tree_columns(desk, self.light_of_row),
            lambda row: row.name,
            tone=lambda row: "muted" if row.is_zero else None,
            empty=_("No accounts yet. Press {key} to open the first one.").format(key=pressed("open-account")),
            id="tree",
        )
        self.register: Grid[RegisterPosting] = Grid(
            _register_columns(desk, self._is_credit_normal, self.is_closed),
            register_key,
            tone=lambda row: "muted" if self.is_closed(row.date) else None,
            mark_of=lambda key: key[1:],
            id="register",
        )
        source = Source(self._window, self._totals, lambda: self._account and self._account.id, _nothing_yet)
        self.listing: Listing[RegisterPosting] = Listing("register", self, self.register, source, self.list_changed)
        self.filter_bar = self.new_filter_bar()
        self._register_title = Caption(id="register-title")
        self._account: Account | None = None
        self._settling: Timer | None = None
        self._depth: int | None = None
        self._hides_zero = False
        self._shows_closed = False
        self._folded: set[str] = set()
        self._tree_cells = 0
        self._marked_in: int | None = None

    def body(self) -> ComposeResult:
        with Horizontal(id="accounts-body"):
            yield self.tree_rows
            with Vertical(id="register-side"):
                yield self._register_title
                yield self.register
                yield self.filter_bar
        yield self.form

    @property
    def register_is_open(self) -> bool:
        """Whether the register has the screen, or the focus beside the tree."""
        return self.has_class("-register")

    def redraw(self) -> None:
        self._show_tree()
        self._show_register(None if self._account is None else self.desk.standing.by_id.get(self._account.id))
        self.read_lights(self.desk.standing.revision)

    def current_number(self) -> int | None:
        row = self.register.row if self.register_is_open else None
        return None if row is None else row.transaction

    def own_account(self) -> str | None:
        account = self._account
        return None if account is None or account.placeholder or account.closed else account.name

    def show_posted(self, transaction: Transaction) -> None:
        account = self._account
        lines = [posting.line for posting in transaction.postings if account and posting.account == account.name]
        if lines:
            self.listing.go_to((transaction.date.isoformat(), transaction.number, lines[0]))

    def go_to_account(self, name: str, key: Any = None) -> None:
        """Open an account's register, at a row's key or at its end."""
        self._depth = None
        self._folded.clear()
        self._show_tree(name)
        self._account = self.desk.standing.by_name.get(name)
        self._show_register(self._account, key, at_end=key is None)
        if key is not None and self._account is not None:
            self.listing.go_to_listed(key, lambda one, other: one is not None and one[1:] == tuple(other)[1:])
        self._enter_register()

    def go_to_day(self, day: date) -> None:
        if self._account is None:
            return
        self.show_day_of_list(day)
        self._enter_register()

    def list_is_shown(self) -> bool:
        return self._account is not None and (self.register_is_open or not self.is_narrow)

    def enter_list(self) -> None:
        self.add_class("-register")
        super().enter_list()

    def postings_at_cursor(self) -> tuple[list[tuple[int, int]], PostingStatus]:
        row = self.register.row
        return ([], PostingStatus.UNCLEARED) if row is None else ([(row.transaction, row.line)], row.status)

    def chosen_postings(self) -> list[tuple[int, int]] | None:
        row = self.register.row
        marked = [(int(number), int(line)) for number, line in self.register.marked]
        return marked or (None if row is None else [(row.transaction, row.line)])

    def rows_of_numbers(self, query: str) -> Sequence[RegisterPosting]:
        if self._account is None:
            return []
        window = self.desk.ledger.register_window(self._account, query)
        return window.rows(0, len(window))

    def list_changed(self) -> None:
        if self._account is not None:
            self._register_title.say(self._title(self._account))
        self._show_status()

    def shown_day(self) -> date:
        row = self.register.row
        return super().shown_day() if row is None else row.date

    def day_to_export(self) -> date | None:
        return None if self.register_is_open else self.desk.ledger.today

    def focus_list(self) -> None:
        (self.register if self.register_is_open else self.tree_rows).focus()

    def can_go_back(self) -> bool:
        return self.register_is_open or super().can_go_back()

    def row_title(self) -> str:
        row = self.tree_rows.row if self.focused is self.tree_rows else None
        return super().row_title() if row is None else row.name

    def action_back(self) -> None:
        if self.workbench.came_from is not None:
            self._leave_register()
            super().action_back()
        elif self.register_is_open:
            self._leave_register()

    def action_new(self) -> None:
        if not self.register_is_open and self._account is not None:
            self._enter_register()
        super().action_new()

    def action_open_account(self) -> None:
        row = self.tree_rows.row
        start = (
            "" if row is None else f"{row.name}:" if row.is_parent else f"{row.name.rpartition(':')[0]}:".lstrip(":")
        )

        def answered(account: Account | None) -> None:
            if account is not None:
                self.workbench.say(_("Opened {account}").format(account=account.name))
                self.follow_book()
                self.tree_rows.go_to(account.name)

        self.app.push_screen(OpenAccountDialog(self.desk, start), answered)

    def current_row(self) -> AccountRow | None:
        return self.tree_rows.row

    def show_account(self, name: str) -> None:
        self._show_tree(name)

    def lights_changed(self) -> None:
        self._show_tree()
        if self._account is not None:
            self._register_title.say(self._title(self._account))

    def action_hide_zero(self) -> None:
        self._hides_zero = not self._hides_zero
        self._show_tree()
        hidden = _("Accounts that hold nothing are hidden")
        self.workbench.say(hidden if self._hides_zero else _("Every account is shown"))

    def action_show_closed(self) -> None:
        self._shows_closed = not self._shows_closed
        self._show_tree()
        self.workbench.say(_("Closed accounts are shown") if self._shows_closed else _("Closed accounts are hidden"))

    def action_less_depth(self) -> None:
        current = self._depth or deepest(self.desk.standing)
        self._set_depth(max(current - 1, 1))

    def action_more_depth(self) -> None:
        most = deepest(self.desk.standing)
        self._set_depth(None if self._depth is None or self._depth + 1 >= most else self._depth + 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open_account":
            return not self.register_is_open and not self.desk.ledger.read_only
        if action in ("less_depth", "more_depth", "account_menu", "hide_zero", "show_closed"):
            return not self.register_is_open
        if action in NEED_ACCOUNT or action == "rename_account":
            return not self.register_is_open and not self.desk.ledger.read_only and self._can_change(action)
        return super().check_action(action, parameters)

    @on(Grid.Highlighted, "#tree")
    def _account_highlighted(self) -> None:
        """The register follows once the cursor rests, so that a held key stays light."""
        row = self.tree_rows.row
        if row is None or row.account == self._account:
            self._show_status()
            return
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLING_SECONDS, self._follow_cursor)

    @on(Grid.Opened, "#tree")
    def _account_opened(self) -> None:
        """An account opens its register; a heading that never was an account folds and unfolds."""
        self._follow_cursor()
        row = self.tree_rows.row
        if self._account is not None:
            self._enter_register()
        elif row is not None:
            self._folded ^= {row.name}
            self._show_tree()

    @on(Grid.Highlighted, "#register")
    def _posting_highlighted(self) -> None:
        self.note_rows(self.register.row_count)

    @on(Grid.Opened, "#register")
    async def _posting_opened(self) -> None:
        row = self.register.row
        if row is not None:
            await self.workbench.open_transaction(row.transaction)

    def on_descendant_focus(self) -> None:
        if self.focused is self.tree_rows:
            self.remove_class("-register")
        elif self.focused is self.register:
            self.add_class("-register")
        self._show_status()
        self.refresh_bindings()

    def _can_change(self, action: str) -> bool:
        row = self.tree_rows.row
        return row is not None and (row.account is not None or action not in NEED_ACCOUNT)

    def _follow_cursor(self) -> None:
        if self._settling is not None:
            self._settling.stop()
        row = self.tree_rows.row
        if row is not None and row.account != self._account:
            self._account = row.account
            self._show_register(self._account, at_end=True)

    def _show_register(self, account: Account | None, key: Any = None, *, at_end: bool = False) -> None:
        if account is None:
            row = self.tree_rows.row
            self._account = row.account if row is not None else None
            account, at_end = self._account, True
        if account is None:
            self.register.empty = ""
            self.register.show(ListWindow([], register_key))
            self._register_title.say("")
        else:
            self._account = account = self.desk.standing.by_id.get(account.id, account)
            if account.id != self._marked_in:
                self._marked_in = account.id
                self.register.mark_keys(())
            self.listing.show(key, at_end=at_end)
            self._register_title.say(self._title(account))
        self._show_status()

    def _window(self, choice: ListChoice) -> Window[RegisterPosting]:
        account = self._account
        if account is None:
            return ListWindow([], register_key)
        first, last = choice.days
        ledger, order = self.desk.ledger, choice.order()
        return ledger.register_window(account, choice.query, date_from=first, date_to=last, order=order)

    def _totals(self, choice: ListChoice) -> str:
        if self._account is None:
            return ""
        first, last = choice.days
        debits, credits = self.desk.ledger.register_totals(self._account, choice.query, date_from=first, date_to=last)
        return _both(self.desk.named(debits, credit_normal=None), self.desk.named(credits, credit_normal=None))

    def _is_credit_normal(self) -> bool:
        return self._account is not None and self._account.type.sign < 0

    def _title(self, account: Account) -> str:
        code = f"{account.code}  " if account.code else ""
        currency = "" if account.currency == self.desk.standing.currency else f"  {account.currency}"
        closed = f"  {_('closed')}" if account.closed else ""
        tax = f"  {_('tax code {code}').format(code=account.tax_code)}" if account.tax_code else ""
        light = self.light_words(account)
        earlier = earlier_in_words(self.desk, account, *self.listing.choice.days)
        parts = (f"{code}{account.name}{currency}{tax}{closed}", light, earlier)
        return "  ".join(part for part in parts if part)

    def _enter_register(self) -> None:
        self.add_class("-register")
        self.register.focus()

    def _leave_register(self) -> None:
        self.remove_class("-register")
        self.tree_rows.focus()

    def _set_depth(self, depth: int | None) -> None:
        self._depth = depth
        row = self.tree_rows.row
        names = tree_names(self.desk.standing.accounts)
        name = None if row is None else names[path_keys(row.name)[:depth][-1]]
        self._folded.clear()
        self._show_tree(name)

    def _show_tree(self, name: str | None = None) -> None:
        rows = account_rows(
            self.desk.standing,
            self._depth,
            self._folded,
            hides_zero=self._hides_zero,
            shows_closed=self._shows_closed,
        )
        self.tree_rows.show(ListWindow(rows, lambda row: row.name), key=name)
        self._tree_cells = natural_width(_tree_columns(self.desk, self.light_of_row), rows, GAP) + TREE_EDGES
        self._fit_tree()

    def _fit_tree(self) -> None:
        """Beside a register the tree takes what it needs, within the limits of the style sheet."""
        self.tree_rows.styles.width = None if self.is_narrow else self._tree_cells

    def on_resize(self) -> None:
        self._fit_tree()

    def _show_status(self) -> None:
        standing, ledger = self.desk.standing, self.desk.ledger
        account = self._account
        if self.register_is_open and account is not None:
            found = self.register.row_count
            count = ngettext("{n} posting", "{n} postings", found).format(n=self.desk.count(found))
            left = [ledger.name, AccountPart(account.name), CountPart(count), *self.status_parts()]
            totals = self.listing.totals or _both("…", "…")
            held = _("balance {balance}").format(balance=self.desk.balance_of(account))
            self.status.show(left, f"{totals}  {held}")
            return
        debits, credits = standing.sides()
        known = len(standing.accounts)
        count = ngettext("{n} account", "{n} accounts", known).format(n=self.desk.count(known))
        left = [ledger.name, self.desk.full_day(ledger.today), count]
        named = partial(self.desk.named, credit_normal=None)
        self.status.show(left, _both(named(debits), named(credits)))


def register_key(row: RegisterPosting) -> tuple[str, int, int]:
    """What a register is ordered by."""
    return (row.date.isoformat(), row.transaction, row.line)


def _both(debits: str, credits: str) -> str:
    """Debits and credits of what is listed, in words."""
    return _("Dr {debits}  Cr {credits}").format(debits=debits, credits=credits)


def _nothing_yet() -> str:
    return _(EMPTY_REGISTER).format(key=pressed("new"))


def _tree_columns(desk: Desk, light: Callable[[AccountRow], str]) -> list[Column[AccountRow]]:
    own = desk.ledger.currency

    def name(row: AccountRow) -> str:
        code = f"{row.account.code}  " if row.account is not None and row.account.code else ""
        closed = f"  {_('closed')}" if row.account is not None and row.account.closed else ""
        return "  " * (row.depth - 1) + code + row.leaf + (" ▸" if row.hides else "") + closed

    def balance(row: AccountRow) -> str:
        return desk.figure(row.totals[0], credit_normal=row.type.sign < 0)

    def currency(row: AccountRow) -> str:
        first = "" if row.totals[0].currency == own else str(row.totals[0].currency)
        return f"{first}+{len(row.totals) - 1}" if len(row.totals) > 1 else first

    return [
        Column(N_("Account"), name, minimum=12, preferred=24, grows=1),
        Column("", light, exact=True, minimum=0, yields=1),
        Column(N_("Balance"), balance, right=True, exact=True, marks_negative=True),
        Column("", currency, exact=True, minimum=0),
    ]


def _register_columns(
    desk: Desk, is_credit_normal: Callable[[], bool], is_closed: Callable[[date], bool]
) -> list[Column[RegisterPosting]]:
    """The columns for whichever account is shown; where Dr and Cr are written, they follow its side."""

    def figure(money: Money) -> str:
        return desk.figure(money, credit_normal=is_credit_normal())

    def mark(row: RegisterPosting) -> str:
        return STATUS_MARKS[row.status] + (CLOSED_MARK if is_closed(row.date) else "")

    def memo(row: RegisterPosting) -> str:
        return row.posting_memo or row.memo

    return [
        Column(N_("Date"), lambda row: desk.day(row.date), exact=True, minimum=10, sorts="date"),
        Column(
            NP_("number", "No"),
            lambda row: str(row.transaction),
            right=True,
            exact=True,
            minimum=2,
            yields=4,
            sorts="number",
        ),
        Column("", mark, exact=True, minimum=0, yields=5, sorts="status"),
        Column(N_("Payee"), lambda row: row.payee or memo(row), minimum=8, preferred=20, grows=1, sorts="payee"),
        Column(
            N_("Memo"),
            lambda row: memo(row) if row.payee else "",
            minimum=8,
            preferred=20,
            grows=2,
            yields=3,
            sorts="memo",
        ),
        Column(
            N_("Account"),
            lambda row: listed(row.counter_accounts),
            minimum=10,
            preferred=24,
            grows=1,
            yields=1,
            shorten=short_accounts,
            sorts="accounts",
        ),
        Column(NP_("amount", "Change"), lambda row: figure(row.change), right=True, exact=True, sorts="amount"),
        Column(
            N_("Balance"),
            lambda row: figure(row.balance),
            right=True,
            exact=True,
            marks_negative=True,
            sorts="balance",
        ),
    ]
