"""How is what a verification checked and found said in lines?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_ledger.words import N_, _, listed, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger.verification import Discrepancy, Verification

HEAD, OK_HEAD = N_("head {hash}"), N_("ok, head {hash}")


def counted(found: Verification) -> str:
    """How many of each were checked."""
    return listed(_several(name, count) for name, count in found.checked.items())


def discrepancy_line(one: Discrepancy) -> str:
    """Something that is not as it must be: what it is called, where it is, what was expected and found."""
    places = (
        one.account,
        None if one.transaction is None else _("transaction {number}").format(number=one.transaction),
    )
    values = (
        None if one.expected is None else _("expected {value}").format(value=one.shown_expected),
        None if one.found is None else _("found {value}").format(value=one.shown_found),
    )
    where = listed(text for text in places if text is not None)
    said = "; ".join(text for text in values if text is not None)
    return f"  {one.kind}: " + " · ".join(text for text in (where, said) if text)


def _several(name: str, count: int) -> str:
    known = {
        "transactions": ngettext("{n} transactions", "{n} transactions", count),
        "postings": ngettext("{n} postings", "{n} postings", count),
        "accounts": ngettext("{n} accounts", "{n} accounts", count),
        "changes": ngettext("{n} changes", "{n} changes", count),
    }
    return known[name].format(n=count)
