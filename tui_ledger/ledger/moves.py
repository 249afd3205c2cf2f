"""Which two postings move an amount between two accounts?"""

from __future__ import annotations

from tui_ledger.errors import AmountNotPositive, InvalidOptions, ReceivedMissing, SelfTransfer, WrongCurrency
from tui_ledger.ledger.values import Account, DraftPosting, WrittenPrice
from tui_ledger.money import AmountLike, Currency, Money, parse_units
from tui_ledger.words import N_, Said


def transfer_lines(
    source: Account, target: Account, amount: Money | AmountLike, received: Money | AmountLike | None
) -> tuple[DraftPosting, DraftPosting]:
    """Credit the source, debit the target; the reverse where both are credit-normal. Amounts are positive.

    Between currencies `received` is what arrives, and the price is written at it. Raises SelfTransfer, WrongCurrency,
    AmountNotPositive.
    """
    if source.id == target.id:
        raise SelfTransfer(account=source.name)
    direction = -1 if source.type.sign < 0 and target.type.sign < 0 else 1
    sent = positive_units(amount, source.currency)
    if source.currency == target.currency:
        if received is not None:
            raise InvalidOptions(
                reason=Said(
                    "{name!r} and {name_2!r} are both in {currency}: leave out what is received.",
                    name=source.name,
                    name_2=target.name,
                    currency=source.currency,
                )
            )
        arrived, price = sent, None
    elif received is None:
        raise ReceivedMissing(account=target.name, currency=target.currency, other=source.currency)
    else:
        arrived = positive_units(received, target.currency)
        price = WrittenPrice(Money(sent, source.currency).amount, str(source.currency), total=True)
    return (
        DraftPosting(source, Money(-direction * sent, source.currency)),
        DraftPosting(target, Money(direction * arrived, target.currency), price=price),
    )


def moving_lines(
    moved: Account, other: Account, amount: Money | AmountLike, direction: int
) -> tuple[DraftPosting, DraftPosting]:
    """The account up (+1) or down (-1) in its own direction by a positive amount, the other side against it."""
    if moved.id == other.id:
        raise SelfTransfer(account=moved.name)
    units = direction * moved.type.sign * positive_units(amount, moved.currency)
    return DraftPosting(moved, Money(units, moved.currency)), DraftPosting(other, Money(-units, moved.currency))


def positive_units(amount: Money | AmountLike, currency: Currency) -> int:
    """Minor units of an amount that must be greater than zero."""
    if isinstance(amount, Money) and amount.currency != currency:
        raise WrongCurrency(account=N_("The account"), currency=currency, other=amount.currency)
    units = parse_units(amount.amount if isinstance(amount, Money) else amount, currency)
    if units <= 0:
        raise AmountNotPositive(text=str(amount))
    return units
