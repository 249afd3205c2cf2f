"""What is a kind of act called where a person reads it? Scripts know it by its own name, such as `set-setting`."""

from __future__ import annotations

from collections.abc import Mapping

from tui_ledger.words import NP_, _

ACTS: Mapping[str, str] = {
    "add-currency": NP_("act", "add currency"),
    "add-party": NP_("act", "add party"),
    "add-price": NP_("act", "add price"),
    "add-user": NP_("act", "add user"),
    "attach": NP_("act", "attach"),
    "close-account": NP_("act", "close account"),
    "close-period": NP_("act", "close period"),
    "create-book": NP_("act", "create book"),
    "currency-digits": NP_("act", "currency digits"),
    "decrease": NP_("act", "decrease"),
    "delete-account": NP_("act", "delete account"),
    "delete-party": NP_("act", "delete party"),
    "delete-schedule": NP_("act", "delete schedule"),
    "delete-user": NP_("act", "delete user"),
    "detach": NP_("act", "detach"),
    "edit": NP_("act", "edit"),
    "edit-account": NP_("act", "edit account"),
    "edit-many": NP_("act", "edit several"),
    "edit-party": NP_("act", "edit party"),
    "edit-user": NP_("act", "edit user"),
    "import": NP_("act", "import"),
    "increase": NP_("act", "increase"),
    "mark": NP_("act", "mark"),
    "open-account": NP_("act", "open account"),
    "party-adjust": NP_("act", "adjust party"),
    "party-credit": NP_("act", "credit party"),
    "party-debit": NP_("act", "debit party"),
    "post": NP_("act", "post"),
    "post-scheduled": NP_("act", "post scheduled"),
    "rebuild": NP_("act", "rebuild"),
    "redo": NP_("act", "redo"),
    "remove-price": NP_("act", "remove price"),
    "remove-tax-rate": NP_("act", "remove tax rate"),
    "rename-account": NP_("act", "rename account"),
    "reopen-account": NP_("act", "reopen account"),
    "reopen-period": NP_("act", "reopen period"),
    "reverse": NP_("act", "reverse"),
    "save-schedule": NP_("act", "save schedule"),
    "set-fiscal-year": NP_("act", "set fiscal year"),
    "set-passphrase": NP_("act", "set passphrase"),
    "set-setting": NP_("act", "change setting"),
    "set-tax-rate": NP_("act", "set tax rate"),
    "skip-scheduled": NP_("act", "skip scheduled"),
    "transfer": NP_("act", "transfer"),
    "undo": NP_("act", "undo"),
    "unset-fiscal-year": NP_("act", "unset fiscal year"),
    "void": NP_("act", "void"),
    "void-many": NP_("act", "void several"),
}


def act_name(kind: str) -> str:
    """A kind of act in the language spoken; what has no words here is said with blanks."""
    return _(ACTS[kind]) if kind in ACTS else kind.replace("-", " ")
