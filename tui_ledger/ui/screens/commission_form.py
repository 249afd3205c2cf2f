"""What do parties earn by those they invited? The terms of commissions in one form, turned on and off by it."""

from __future__ import annotations

from typing import Any

from tui_ledger.addons.commission_terms import (
    BY_REFERENCE,
    DEFAULT_EXPENSE,
    DEFAULT_MEMO,
    DEFAULT_PERCENT,
    PLACEHOLDERS,
    checked_base,
    checked_once,
    checked_percent,
)
from tui_ledger.errors import InvalidOptions, LedgerError, UnknownAccount
from tui_ledger.ledger import Account, Party
from tui_ledger.ledger.accounts import clean_name
from tui_ledger.ledger.addons import COMMISSION
from tui_ledger.ledger.memo_templates import memo_template
from tui_ledger.ledger.parties import DEFAULT_PURPOSE, checked_purpose
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.widgets.choice_field import yes_or_no
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.suggesting import account_completions

ALWAYS = "always"
BETWEEN = ";"
"""What stands between the accounts of the base: a comma may be part of a name."""

_NOBODY: tuple[Party, ...] = ()


class CommissionForm(FormDialog[str]):
    """The setting `commission`, a field for each of its parts; without commissions the others are not looked at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        kept: object = desk.ask(lambda: desk.ledger.setting(COMMISSION), None)
        terms: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        self.paid = yes_or_no(bool(terms), id="commission-paid")
        self.percent = _field("percent", terms.get("percent", DEFAULT_PERCENT))
        self.base = _field("base", f"{BETWEEN} ".join(map(str, terms.get("base", ()))), "such as Income:Sales")
        self.expense = _field("expense", terms.get("expense", DEFAULT_EXPENSE))
        self.purpose = _field("purpose", terms.get("purpose", DEFAULT_PURPOSE))
        self.memo = _field("memo", terms.get("memo", DEFAULT_MEMO))
        self.once = _field("once", terms.get("once", BY_REFERENCE) or ALWAYS)
        self.refunds = yes_or_no(terms.get("refunds", True) is not False, id="commission-refunds")
        rows = (
            FormRow("Commissions", self.paid),
            FormRow("Percent", self.percent),
            FormRow("Of sales on", self.base),
            FormRow("Paid from", self.expense),
            FormRow("Purpose", self.purpose, "the inviter's account"),
            FormRow("Memo", self.memo),
            FormRow("Once by", self.once, f"or data.KEY, {ALWAYS}"),
            FormRow("Refunds", self.refunds, "take it back"),
        )
        for row in rows:
            row.field.add_class("commission-terms")
        super().__init__("What inviting earns", rows, note=_receivers(desk))

    def act(self) -> str:
        terms = self._terms() if self.paid.is_yes else None
        self._desk.ledger.set_setting(COMMISSION, terms)
        return COMMISSION

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.expense if self.paid.is_yes else None

    def completions_for(self, field: Field) -> list[Completion]:
        typed = field.value.rpartition(BETWEEN)[2] if field is self.base else field.value
        if field not in (self.base, self.expense) or not typed.strip():
            return []
        return account_completions(self._desk, typed.strip(), {}, can_open=False)

    def take(self, field: Field, completion: Completion) -> None:
        name = completion.value.name if isinstance(completion.value, Account) else completion.text
        before, between, _ = field.value.rpartition(BETWEEN) if field is self.base else ("", "", "")
        super().take(field, Completion(f"{before}{between} {name}".strip(), "", completion.value))

    def _terms(self) -> dict[str, Any]:
        """The terms as the fields say them; what is wrong in one is said beneath it."""
        with self.about(self.percent):
            percent = format(checked_percent(self.percent.value.strip().replace(",", ".")), "f")
        with self.about(self.base):
            base = [self._meant(one) for one in self.base.value.split(BETWEEN) if one.strip()]
            checked_base(base)
        with self.about(self.expense):
            expense = self._paid_from()
        with self.about(self.purpose):
            purpose = checked_purpose(self.purpose.value)
        with self.about(self.memo):
            memo_template(self.memo.value, PLACEHOLDERS)
        with self.about(self.once):
            typed = self.once.value.strip()
            once = checked_once(None if typed in ("", ALWAYS) else typed)
        return {
            "percent": percent,
            "base": base,
            "expense": expense,
            "purpose": purpose,
            "memo": self.memo.value,
            "once": once,
            "refunds": self.refunds.is_yes,
        }

    def _meant(self, text: str) -> str:
        """An account of the base by its full name, or a node of the tree; attributes as they are."""
        typed = text.strip()
        if typed.startswith("{"):
            return typed
        known = [account.name for account in self._desk.standing.accounts]
        if any(name.startswith(f"{typed}:") for name in known):
            return typed
        return self._desk.ledger.account(typed).name

    def _paid_from(self) -> str:
        typed = self.expense.value.strip()
        if not typed:
            raise InvalidOptions(reason=f"Name the account that pays, such as {DEFAULT_EXPENSE}.")
        try:
            return self._desk.ledger.account(typed).name
        except UnknownAccount:
            return clean_name(typed)


def _receivers(desk: Desk) -> str:
    """Whom it can be paid to, in a sentence."""
    keys = [party.key for party in desk.ask(desk.ledger.parties, _NOBODY) if party.receives_commissions]
    if not keys:
        return "Nobody may receive commissions yet: change a party and say that it does."
    more = f" and {len(keys) - 5} more" if len(keys) > 5 else ""
    return f"May receive them: {', '.join(keys[:5])}{more}."


def _field(name: str, text: object, placeholder: str = "") -> Field:
    field = Field(id=f"commission-{name}", placeholder=placeholder)
    field.put(str(text))
    return field
