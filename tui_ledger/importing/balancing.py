"""Do a transaction's amounts add to zero, and which amount is the one left out?"""

from __future__ import annotations

from collections.abc import Sequence

from tui_ledger.importing.figures import plain_number
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.values import ReadAmount, ReadPosting


def balanced(postings: Sequence[ReadPosting], fallback_currency: str) -> tuple[ReadPosting, ...]:
    """The postings with the amount left out filled in, zero (in the fallback currency) where nothing remains.

    A remainder in several currencies makes as many postings of the one. Raises LineRefused where two amounts are left
    out or the amounts do not add to exactly zero in every currency.
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
    return _filled(postings, sums, fallback_currency)


def _filled(postings: Sequence[ReadPosting], sums: dict[str, int], fallback_currency: str) -> tuple[ReadPosting, ...]:
    currency = next(iter(sums), fallback_currency)
    remainders = [ReadAmount(-total, code) for code, total in sums.items() if total] or [ReadAmount(0, currency)]
    filled: list[ReadPosting] = []
    for posting in postings:
        if posting.amount is None:
            filled.extend(posting._replace(amount=amount) for amount in remainders)
        else:
            filled.append(posting)
    return tuple(filled)


def _refuse_remainder(sums: dict[str, int]) -> None:
    differences = [f"{plain_number(abs(total))} {code}" for code, total in sums.items() if total]
    if not differences:
        return
    if len(differences) == 1:
        raise LineRefused(
            f"debits and credits differ by {differences[0]}: the amounts of a transaction must add to zero"
        )
    raise LineRefused(f"debits and credits differ by {' and '.join(differences)}: currencies do not balance each other")


def _several_missing(postings: Sequence[ReadPosting]) -> str:
    names = [quoted(posting.account) for posting in postings if posting.amount is None][:3]
    return (
        f"only one amount may be left out, and {' and '.join(names)} have none: "
        "give all but one, with two blanks before each amount"
    )
