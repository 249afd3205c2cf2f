"""Do a transaction's amounts add to zero, and which amount is the one left out?"""

from __future__ import annotations

from collections.abc import Sequence

from tui_ledger.importing.figures import plain_number
from tui_ledger.importing.refusals import LineRefused, all_of, quoted
from tui_ledger.importing.values import ReadAmount, ReadPosting
from tui_ledger.words import N_, Said


def balanced(postings: Sequence[ReadPosting], fallback_currency: str) -> tuple[ReadPosting, ...]:
    """The postings, none of them with a price, with the amount left out filled in.

    It is zero (in the fallback currency) where nothing remains. Raises LineRefused where two amounts are left out or
    the amounts do not add to exactly zero in every currency.
    """
    sums: dict[str, int] = {}
    open_postings = 0
    for posting in postings:
        if posting.amount is None:
            open_postings += 1
        else:
            trillionths, currency = posting.amount
            sums[currency] = sums.get(currency, 0) + trillionths
    if not open_postings:
        _refuse_remainder(sums)
        return tuple(postings)
    if open_postings > 1:
        raise LineRefused(_several_missing(postings))
    remainders = [ReadAmount(-total, code) for code, total in sums.items() if total]
    return filled(postings, remainders, next(iter(sums), fallback_currency))


def is_open(postings: Sequence[ReadPosting]) -> bool:
    """Whether an amount is left out; raises LineRefused where there are two."""
    open_postings = sum(posting.amount is None for posting in postings)
    if open_postings > 1:
        raise LineRefused(_several_missing(postings))
    return open_postings == 1


def filled(
    postings: Sequence[ReadPosting], remainders: Sequence[ReadAmount], fallback_currency: str
) -> tuple[ReadPosting, ...]:
    """The postings with the remainders in place of the amount left out: as many postings, or one of zero."""
    amounts = remainders or [ReadAmount(0, fallback_currency)]
    lines: list[ReadPosting] = []
    for posting in postings:
        if posting.amount is None:
            lines.extend(posting._replace(amount=amount, left_out=True) for amount in amounts)
        else:
            lines.append(posting)
    return tuple(lines)


def _refuse_remainder(sums: dict[str, int]) -> None:
    off = {code: total for code, total in sums.items() if total}
    if not off:
        return
    differences = all_of([f"{plain_number(abs(total))} {code}" for code, total in off.items()])
    if len(off) == 1:
        raise LineRefused(
            Said(
                "debits and credits differ by {differences}: the amounts of a transaction must add to zero",
                differences=differences,
            )
        )
    raise LineRefused(
        Said(
            "debits and credits differ by {differences}: currencies balance each other only where a price "
            "is written, and none is guessed: {advice}",
            differences=differences,
            advice=_advice(off),
        )
    )


def _advice(off: dict[str, int]) -> str | Said:
    """With the price another program would have inferred, where there is one."""
    signed = sorted(off.items(), key=lambda one: -one[1])
    if len(off) != 2 or not signed[0][1] > 0 > signed[1][1]:
        return N_("write one behind an amount, with `@` or `@@`")
    (bought, amount), (paid, price) = signed
    example = f"`{plain_number(amount)} {bought} @@ {plain_number(-price)} {paid}`"
    return Said("write one behind an amount, with `@` or `@@`, such as {example}", example=example)


def _several_missing(postings: Sequence[ReadPosting]) -> Said:
    names = [quoted(posting.account) for posting in postings if posting.amount is None][:3]
    return Said(
        "only one amount may be left out, and {names} have none: give all but one, with two blanks before each amount",
        names=all_of(names),
    )
