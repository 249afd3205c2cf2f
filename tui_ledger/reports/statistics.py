"""What was debited and credited, month by month? Sums and counts, by account, party, payee, tag or key of the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.parties import checked_purpose
from tui_ledger.ledger.sums import Sum
from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn
from tui_ledger.words import N_, Said

NAME = "statistics"

GROUPS = ("account", "party", "payee", "tag", "data:KEY")
_HEADS = {"": N_("Month"), "account": N_("Account"), "party": N_("Party"), "payee": N_("Payee"), "tag": N_("Tag")}
_GROUPED = ("account", "party", "payee", "tag", "data")


@dataclass(frozen=True, slots=True)
class Tally:
    """Debits and credits in minor units, both without sign, and how many postings they were."""

    debits: int = 0
    credits: int = 0
    count: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.debits + other.debits, self.credits + other.credits, self.count + other.count)

    def cells(self, currency: Currency, *, is_owed: bool = False) -> tuple[Money, Money, Money, int]:
        """Debits, credits, debits less credits, or credits less debits of what is owed, count."""
        net = self.credits - self.debits if is_owed else self.debits - self.credits
        return Money(self.debits, currency), Money(self.credits, currency), Money(net, currency), self.count


def statistics(
    ledger: Ledger,
    days: Range,
    accounts: Sequence[Account] = (),
    by: str | None = None,
    *,
    party: str | None = None,
    purpose: str | None = None,
    of_parties: bool = False,
    after_closing: bool = False,
    translate: Translate = str,
) -> Table:
    """Debits, credits, their difference (debits less credits) and the number of postings of each month of a range, over
    all accounts or some; a block a currency, months without postings included.

    With `by` a line a value in place of a month: `account`, `party`, `payee`, `tag` (a transaction counts under each of
    its tags), or `data:KEY` (`data:order.id` looks into what is nested). With a `party`, or `of_parties`, or `by` them,
    the accounts of parties alone count, of one `purpose` or all, and the difference is credits less debits: what came
    to what they are owed. What closing transactions of fiscal years moved is left out unless `after_closing`, as in the
    income statement. Raises InvalidSetting for another word, UnknownParty, InvalidParty.
    """
    group, _, key = (by or "").partition(":")
    if by is not None and (group not in _GROUPED or (group == "data") != bool(key)):
        raise InvalidSetting(value=by, what=N_("grouping"), advice=Said("use one of {names}", names=", ".join(GROUPS)))
    is_owed = of_parties or party is not None or purpose is not None or group == "party"
    head = {
        "": N_("Month"),
        "account": N_("Account"),
        "party": N_("Party"),
        "payee": N_("Payee"),
        "tag": N_("Tag"),
        "data": key,
    }[group]
    net = N_("Credit less debit") if is_owed else N_("Net")
    labels = (
        translate(head) if group != "data" else key,
        *map(translate, (N_("Debit"), N_("Credit"), net, N_("Postings"))),
    )
    names = (group or "month", "debit", "credit", "net", "count")
    kinds = (CellKind.ACCOUNT if group == "account" else CellKind.TEXT, *(CellKind.MONEY,) * 3, CellKind.COUNT)
    chosen = tuple(accounts) or (ledger.party_accounts(party) if party is not None else ledger.accounts())
    if is_owed:
        chosen = _of_parties(ledger, chosen, party, purpose)
    return Table(
        name=NAME,
        title=_title(ledger, party, purpose, translate),
        book=ledger.name,
        currency=ledger.currency,
        columns=tuple(TableColumn(*of) for of in zip(names, labels, kinds, strict=True)),
        read=lambda: _blocks(ledger, days, chosen, group, key, is_owed, after_closing, translate),
        date_from=days.first,
        date_to=days.last,
    )


def _of_parties(
    ledger: Ledger, accounts: Sequence[Account], party: str | None, purpose: str | None
) -> tuple[Account, ...]:
    """Those of some accounts that are kept for a party, or for any."""
    wanted = None if purpose is None else checked_purpose(purpose)
    key = None if party is None else ledger.party(party).key
    return tuple(
        one for one in accounts if one.party is not None and key in (None, one.party) and wanted in (None, one.purpose)
    )


def _title(ledger: Ledger, party: str | None, purpose: str | None, translate: Translate) -> str:
    title = translate("Statistics")
    if party is not None:
        found = ledger.party(party)
        named = found.name if found.name == found.key else f"{found.name} ({found.key})"
        title = translate("Statistics of {party}").format(party=named)
    return title if purpose is None else f"{title} · {purpose}"


def _blocks(
    ledger: Ledger,
    days: Range,
    accounts: Sequence[Account],
    group: str,
    key: str,
    is_owed: bool,
    after_closing: bool,
    translate: Translate,
) -> Iterator[Block]:
    by_id = {account.id: account for account in accounts}
    found: dict[Currency, dict[str | None, Tally]] = {}
    asked = group if group in ("payee", "tag", "data") else None
    left_out = not after_closing
    sums = ledger.sums(list(by_id), days.first, days.last, by=asked, key=key, without_closings=left_out)
    for one in sums if by_id else ():
        account = by_id[one.account]
        tallies = found.setdefault(account.currency, {})
        label = _label(one, account, group)
        tallies[label] = tallies.get(label, Tally()) + Tally(one.debits, one.credits, one.count)
    for currency in sorted(found or {ledger.currency}, key=lambda one: (one != ledger.currency, one)):
        tallies = found.get(currency, {})
        if not group:
            tallies = {month: tallies.get(month, Tally()) for month in _months(tallies)}
        lines = _lines(tallies, currency, group, is_owed, translate)
        yield Block(str(currency), lines, currency=currency, is_credit=is_owed)


def _label(one: Sum, account: Account, group: str) -> str | None:
    return {"": one.month, "account": account.name, "party": account.party}.get(group, one.label)


def _months(tallies: dict[str | None, Tally]) -> list[str]:
    """Every month from the first with postings to the last."""
    known = sorted(month for month in tallies if month is not None)
    if not known:
        return []
    (year, month), found = map(int, known[0].split("-")), [known[0]]
    while found[-1] < known[-1]:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year:04}-{month:02}")
    return found


def _lines(
    tallies: dict[str | None, Tally], currency: Currency, group: str, is_owed: bool, translate: Translate
) -> Iterator[Line]:
    nameless = translate("(none)")
    for label in sorted(tallies, key=lambda one: (one is None, (one or "").casefold())):
        shown = nameless if label is None else label
        cells = tallies[label].cells(currency, is_owed=is_owed)
        yield Line((shown, *cells), account=label if group == "account" else None)
    # Of tags a transaction may have several: what they add up to would count it more than once.
    if group != "tag":
        whole = sum(tallies.values(), start=Tally())
        yield Line((translate("Total"), *whole.cells(currency, is_owed=is_owed)), LineKind.TOTAL)
