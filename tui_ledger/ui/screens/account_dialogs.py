"""How is an account changed? Its parts, its name, its closing; what the book refuses is said beneath the field."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Generic

from textual.app import ComposeResult
from textual.widgets import Static

from tui_ledger.errors import AccountExists, AccountInUse, InvalidName, LedgerError, MinimumBalanceBroken
from tui_ledger.ledger import Account
from tui_ledger.ledger.account_parts import STATEMENT_LINES
from tui_ledger.ledger.chart import parse_attributes
from tui_ledger.locale.reading import read_date, read_money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.screens.dialogs import CANCEL, Answer, Dialog
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.choice_field import ChoiceField, yes_or_no
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import AmountField, DateField, Field
from tui_ledger.ui.widgets.tax_suggesting import code_completions
from tui_ledger.words import _, in_english, ngettext, pgettext


class ActDialog(Dialog[Answer], Generic[Answer]):
    """A question whose yes does something; where that is refused, the dialog says so and stays."""

    def __init__(self, question: str, yes: str, act: Callable[[], Answer], note: str = "") -> None:
        super().__init__(question, (("confirm", yes), CANCEL))
        self._act = act
        self._note = note

    def body(self) -> ComposeResult:
        if self._note:
            yield Static(shown(self._note), classes="note")

    def action_confirm(self) -> None:
        try:
            answer = self._act()
        except LedgerError as refusal:
            self.show_error(str(refusal))
        else:
            self.dismiss(answer)


class EditAccountDialog(FormDialog[Account]):
    """The parts of an account that may change while it is in use."""

    def __init__(self, desk: Desk, account: Account) -> None:
        self._desk = desk
        self._account = account
        self.code = _text_field(account.code, "edit-code")
        self.minimum = AmountField(id="edit-minimum")
        if account.minimum is not None:
            self.minimum.put(desk.formats.money(account.minimum, credit_normal=None))
        self.cash = yes_or_no(account.cash, id="edit-cash")
        self.statement_line = ChoiceField(
            ("", *STATEMENT_LINES), account.statement_line or "", id="edit-line", placeholder=_("as its type says")
        )
        self.tax_code = _text_field(account.tax_code, "edit-tax")
        self.placeholder = yes_or_no(account.placeholder, id="edit-placeholder")
        self.opened = _text_field(None, "edit-opened", _("takes postings of any day"))
        self.opened.put("" if account.opened is None else desk.formats.date_column(account.opened))
        self.attributes = _text_field(written_attributes(account.attributes), "edit-attributes", "user=7, type=savings")
        rows = (
            FormRow(_("Code"), self.code),
            FormRow(_("Minimum"), self.minimum, str(account.currency)),
            FormRow(_("Cash account"), self.cash),
            FormRow(_("Cash flow line"), self.statement_line),
            FormRow(_("Tax code"), self.tax_code),
            FormRow(_("Placeholder"), self.placeholder, _("takes no postings")),
            FormRow(_("Opening day"), self.opened),
            FormRow(_("Attributes"), self.attributes),
        )
        super().__init__(_("Edit {account}").format(account=account.name), rows)

    def act(self) -> Account:
        changes = self._changes()
        return self._desk.ledger.edit_account(self._account, **changes) if changes else self._account

    def completions_for(self, field: Field) -> list[Completion]:
        return code_completions(self._desk, field.value) if field is self.tax_code else []

    def culprit(self, refusal: LedgerError) -> Field | None:
        match refusal:
            case AccountExists():
                return self.code
            case MinimumBalanceBroken():
                return self.minimum
            case AccountInUse():
                return self.opened
            case InvalidName():
                return self.code if "code" in in_english(refusal.values.get("reason")) else self.attributes
        return self.tax_code if "tax code" in in_english(refusal).casefold() else None

    def _changes(self) -> dict[str, Any]:
        """What differs from what stands, by the names `edit_account` takes."""
        account, formats, today = self._account, self._desk.formats, self._desk.ledger.today
        wanted: dict[str, Any] = {
            "code": self.code.value.strip() or None,
            "cash": self.cash.is_yes,
            "statement_line": self.statement_line.chosen or None,
            "tax_code": self.tax_code.value.strip() or None,
            "placeholder": self.placeholder.is_yes,
        }
        with self.about(self.minimum):
            text = self.minimum.value.strip()
            wanted["minimum"] = read_money(text, account.currency, formats) if text else None
        with self.about(self.opened):
            text = self.opened.value.strip()
            wanted["opened"] = read_date(text, account.opened or today, today, formats) if text else None
        with self.about(self.attributes):
            text = self.attributes.value.strip()
            wanted["attributes"] = parse_attributes(f"{{{text}}}") if text else {}
        return {name: value for name, value in wanted.items() if value != getattr(account, name)}


class RenameDialog(FormDialog[str]):
    """Another name for an account or a node of the tree; what lies beneath it goes along. Answers the new name."""

    def __init__(self, desk: Desk, node: str) -> None:
        self._desk = desk
        self._node = node
        self.name_field = Field(id="rename-name")
        self.name_field.put(node)
        rows = (FormRow(_("New name"), self.name_field),)
        title = _("Rename or move {account}").format(account=node)
        super().__init__(title, rows, save=_("Rename"), note=self._what_moves())

    def act(self) -> str:
        wanted = self.name_field.value.strip()
        if wanted == self._node:
            return wanted
        renamed = self._desk.ledger.rename_account(self._node, wanted)
        return ":".join(renamed[0].name.split(":")[: wanted.count(":") + 1])

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.name_field

    def completions_for(self, field: Field) -> list[Completion]:
        return node_completions(self._desk, field.value, self._node)

    def entered(self, field: Field) -> None:
        """The first completion is what was typed; one further down is taken first, and looked at."""
        marked = self.completions.marked
        if marked is not None and marked is not self.completions.items[0]:
            self.take(field, marked)
        else:
            self.action_save()

    def _what_moves(self) -> str:
        count = sum(one.name.startswith(f"{self._node}:") for one in self._desk.standing.accounts)
        if not count:
            return _("Another parent moves it: Assets:Safe, or Assets:Safe:Euro.")
        moved = ngettext("{n} account beneath it move along.", "{n} accounts beneath it move along.", count)
        return moved.format(n=self._desk.count(count))


class CloseAccountDialog(FormDialog[Account]):
    """The day from which an account takes nothing any more."""

    def __init__(self, desk: Desk, account: Account) -> None:
        self._desk = desk
        self._account = account
        self.day = DateField(desk.ledger.today, desk.formats, desk.ledger.today, id="close-day")
        super().__init__(
            _("Close {account}").format(account=account.name),
            (FormRow(_("Closed on"), self.day),),
            save=pgettext("account", "Close"),
            note=_("Its postings and its name stay; {key} on it opens it again.").format(key=pressed("close-account")),
        )

    def act(self) -> Account:
        with self.about(self.day):
            day: date = self.day.read()
        return self._desk.ledger.close_account(self._account, date=day)

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.day


def node_completions(desk: Desk, typed: str, moved: str) -> list[Completion]:
    """Names of the tree that begin with what was typed, with the last part of what is moved behind them."""
    key, leaf = typed.strip().casefold(), moved.rpartition(":")[2]
    if not key or typed.strip() == moved:
        return []
    nodes = {":".join(parts[:depth]) for parts in _paths(desk) for depth in range(1, len(parts) + 1)}
    kept = sorted(node for node in nodes if node.casefold().startswith(key) and not f"{node}:".startswith(f"{moved}:"))
    typed_one = Completion(typed.strip(), _("as typed"), typed)
    return [typed_one, *(Completion(f"{node}:{leaf}", "", node) for node in kept)] if kept else []


def written_attributes(attributes: Mapping[str, str]) -> str:
    """Attributes as they are typed: `user=7, type=savings`; a value that would not be read back so is in quotes."""
    return ", ".join(f"{name}={_quoted(value)}" for name, value in attributes.items())


def _quoted(value: str) -> str:
    plain = value and not set(value) & set("\"',={}") and value == value.strip()
    return value if plain else json.dumps(value, ensure_ascii=False)


def _paths(desk: Desk) -> list[list[str]]:
    return [account.name.split(":") for account in desk.standing.accounts]


def _text_field(text: str | None, id: str, placeholder: str = "") -> Field:
    field = Field(id=id, placeholder=placeholder)
    field.put(text or "")
    return field
