"""What does each account hold, and how did it come to that? The account tree beside a register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from tui_ledger.ledger import Account, RegisterPosting, Transaction
from tui_ledger.money import Money
from tui_ledger.ui.account_rows import AccountRow, account_rows, deepest
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings
from tui_ledger.ui.screens.dialogs import OpenAccountDialog
from tui_ledger.ui.screens.transactions import STATUS_MARKS, TransactionsScreen
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.columns import Column, natural_width, short_accounts
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow, Window

GAP = 2
TREE_EDGES = 4
SETTLING_SECONDS = 0.04
EMPTY_REGISTER = "No postings yet. Press n to write a transaction."


class AccountsScreen(TransactionsScreen):
    """The tree; the register of the highlighted account beside it, or over it on a narrow screen."""

    MODE = "accounts"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.TRANSACTIONS, Scope.ACCOUNTS, Scope.DEPTH, Scope.SCREEN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.ACCOUNTS, Scope.DEPTH)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tree_rows: Grid[AccountRow] = Grid(
            _tree_columns(desk),
            lambda row: row.name,
            tone=lambda row: "muted" if row.is_zero else None,
            empty="No accounts yet. Press a to open the first one.",
            id="tree",
        )
        self.register: Grid[RegisterPosting] = Grid(
            _register_columns(desk, self._is_credit_normal), register_key, id="register"
        )
        self._register_title = Caption(id="register-title")
        self._account: Account | None = None
        self._settling: Timer | None = None
        self._depth: int | None = None
        self._folded: set[str] = set()
        self._tree_cells = 0

    def body(self) -> ComposeResult:
        with Horizontal(id="accounts-body"):
            yield self.tree_rows
            with Vertical(id="register-side"):
                yield self._register_title
                yield self.register
        yield self.form

    @property
    def register_is_open(self) -> bool:
        """Whether the register has the screen, or the focus beside the tree."""
        return self.has_class("-register")

    def redraw(self) -> None:
        self._show_tree()
        self._show_register(self._account)

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
            self.register.go_to((transaction.date.isoformat(), transaction.number, lines[0]))

    def go_to_account(self, name: str, key: Any = None) -> None:
        """Open an account's register, at a row's key or at its end."""
        self._depth = None
        self._folded.clear()
        self._show_tree(name)
        self._account = self.desk.standing.by_name.get(name)
        self._show_register(self._account, key, at_end=key is None)
        self._enter_register()

    def go_to_day(self, day: date) -> None:
        if self._account is None:
            return
        self._show_register(self._account, (day.isoformat(), 0, 0))
        self._enter_register()

    def shown_day(self) -> date:
        row = self.register.row
        return super().shown_day() if row is None else row.date

    def day_to_export(self) -> date | None:
        return None if self.register_is_open else self.desk.ledger.today

    def focus_list(self) -> None:
        (self.register if self.register_is_open else self.tree_rows).focus()

    def can_go_back(self) -> bool:
        return self.register_is_open or super().can_go_back()

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
                self.workbench.say(f"Opened {account.name}")
                self.follow_book()
                self.tree_rows.go_to(account.name)

        self.app.push_screen(OpenAccountDialog(self.desk, start), answered)

    def action_less_depth(self) -> None:
        current = self._depth or deepest(self.desk.standing)
        self._set_depth(max(current - 1, 1))

    def action_more_depth(self) -> None:
        most = deepest(self.desk.standing)
        self._set_depth(None if self._depth is None or self._depth + 1 >= most else self._depth + 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open_account":
            return not self.register_is_open and not self.desk.ledger.read_only
        if action in ("less_depth", "more_depth"):
            return not self.register_is_open
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
            self.register.empty = EMPTY_REGISTER
            window: Window[RegisterPosting] = self.desk.ask(
                lambda: self.desk.ledger.register_window(account), ListWindow([], register_key)
            )
            self.register.show(window, key=key, at_end=at_end)
            self._register_title.say(self._title(account))
        self._show_status()

    def _is_credit_normal(self) -> bool:
        return self._account is not None and self._account.type.sign < 0

    def _title(self, account: Account) -> str:
        code = f"{account.code}  " if account.code else ""
        currency = "" if account.currency == self.desk.standing.currency else f"  {account.currency}"
        closed = "  closed" if account.closed else ""
        return f"{code}{account.name}{currency}{closed}"

    def _enter_register(self) -> None:
        self.add_class("-register")
        self.register.focus()

    def _leave_register(self) -> None:
        self.remove_class("-register")
        self.tree_rows.focus()

    def _set_depth(self, depth: int | None) -> None:
        self._depth = depth
        row = self.tree_rows.row
        name = None if row is None else ":".join(row.name.split(":")[:depth])
        self._folded.clear()
        self._show_tree(name)

    def _show_tree(self, name: str | None = None) -> None:
        rows = account_rows(self.desk.standing, self._depth, self._folded)
        self.tree_rows.show(ListWindow(rows, lambda row: row.name), key=name)
        self._tree_cells = natural_width(_tree_columns(self.desk), rows, GAP) + TREE_EDGES
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
            left = [ledger.name, account.name, f"{self.desk.count(self.register.row_count)} postings"]
            self.status.show(left, f"balance {self.desk.balance_of(account)}")
            return
        debits, credits = standing.sides()
        left = [ledger.name, self.desk.full_day(ledger.today), f"{self.desk.count(len(standing.accounts))} accounts"]
        self.status.show(left, f"Dr {self.desk.named(debits)}  Cr {self.desk.named(credits)}")


def register_key(row: RegisterPosting) -> tuple[str, int, int]:
    """What a register is ordered by."""
    return (row.date.isoformat(), row.transaction, row.line)


def _tree_columns(desk: Desk) -> list[Column[AccountRow]]:
    own = desk.ledger.currency

    def name(row: AccountRow) -> str:
        code = f"{row.account.code}  " if row.account is not None and row.account.code else ""
        return "  " * (row.depth - 1) + code + row.leaf + (" ▸" if row.hides else "")

    def balance(row: AccountRow) -> str:
        return desk.figure(row.totals[0], credit_normal=row.type.sign < 0)

    def currency(row: AccountRow) -> str:
        first = "" if row.totals[0].currency == own else str(row.totals[0].currency)
        return f"{first}+{len(row.totals) - 1}" if len(row.totals) > 1 else first

    return [
        Column("Account", name, minimum=12, preferred=24, grows=1),
        Column("Balance", balance, right=True, exact=True, marks_negative=True),
        Column("", currency, exact=True, minimum=0),
    ]


def _register_columns(desk: Desk, is_credit_normal: Callable[[], bool]) -> list[Column[RegisterPosting]]:
    """The columns for whichever account is shown; where Dr and Cr are written, they follow its side."""

    def figure(money: Money) -> str:
        return desk.figure(money, credit_normal=is_credit_normal())

    def memo(row: RegisterPosting) -> str:
        return row.posting_memo or row.memo

    return [
        Column("Date", lambda row: desk.day(row.date), exact=True, minimum=10),
        Column("No", lambda row: str(row.transaction), right=True, exact=True, minimum=2, yields=4),
        Column("", lambda row: STATUS_MARKS[row.status], exact=True, minimum=0, yields=5),
        Column("Payee", lambda row: row.payee or memo(row), minimum=8, preferred=20, grows=1),
        Column("Memo", lambda row: memo(row) if row.payee else "", minimum=8, preferred=20, grows=2, yields=3),
        Column(
            "Account",
            lambda row: ", ".join(row.counter_accounts),
            minimum=10,
            preferred=24,
            grows=1,
            yields=1,
            shorten=short_accounts,
        ),
        Column("Change", lambda row: figure(row.change), right=True, exact=True),
        Column("Balance", lambda row: figure(row.balance), right=True, exact=True, marks_negative=True),
    ]
