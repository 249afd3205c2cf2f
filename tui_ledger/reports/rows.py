"""How does a tree of accounts become the rows of a section?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui_ledger.money import Currency, Money
from tui_ledger.reports.report import Row, RowKind, Unconverted
from tui_ledger.reports.tree import AccountNode, Amounts
from tui_ledger.text import name_key

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Direction:
    """How debit-positive amounts are shown: `sign` is +1 where debits raise a figure, -1 where credits do."""

    sign: int
    currency: Currency

    def figures(self, amounts: Amounts) -> tuple[Money | None, ...]:
        """What is in the report's currency, a figure a column; None where there is only money of other ones."""
        return tuple(
            Money(self.sign * held.get(self.currency, 0), self.currency)
            if held.get(self.currency, 0) or not any(held.values())
            else None
            for held in amounts
        )

    def totals(self, amounts: Amounts) -> tuple[Money, ...]:
        """What is in the report's currency, zero where there is nothing."""
        return tuple(Money(self.sign * held.get(self.currency, 0), self.currency) for held in amounts)

    def unconverted(self, amounts: Amounts) -> tuple[Unconverted, ...]:
        """What is in other currencies, by column."""
        return tuple(
            {
                str(currency): Money(self.sign * units, currency)
                for currency, units in sorted(held.items())
                if units and currency != self.currency
            }
            if len(held) > 1 or self.currency not in held
            else {}
            for held in amounts
        )


def account_rows(
    trees: Sequence[AccountNode], direction: Direction, depth: int | None, translate: Translate, title: str = ""
) -> list[Row]:
    """The rows of a section: headings with what is beneath them, accounts, and own postings of headings.

    `depth` counts segments of account names; deeper accounts are summed into the row above them. A root that only
    repeats the section's `title` is left out, and a single one whatever its name.
    """
    rows: list[Row] = []
    waiting = [(top, top.depth - 1) for top in reversed(_without_repeated_roots(trees, depth, title))]
    while waiting:
        node, outermost = waiting.pop()
        if not node.beneath or node.depth == depth:
            rows.append(_row(node, RowKind.ACCOUNT, node.total, node.depth - outermost, direction))
            continue
        rows.append(_row(node, RowKind.HEADING, node.total, node.depth - outermost, direction))
        if node.has_own:
            rows.append(_own_row(node, node.depth + 1 - outermost, direction, translate))
        waiting.extend((child, outermost) for child in reversed(node.beneath))
    return rows


def computed_row(label: str, amounts: Amounts, direction: Direction) -> Row:
    """An outermost row without an account, summed from other accounts."""
    return Row(
        label=label,
        depth=1,
        figures=direction.figures(amounts),
        kind=RowKind.COMPUTED,
        unconverted_by_column=direction.unconverted(amounts),
    )


def _without_repeated_roots(trees: Sequence[AccountNode], depth: int | None, title: str) -> Sequence[AccountNode]:
    if depth == 1:
        return trees
    return [top for tree in trees for top in (tree.beneath if _repeats(tree, trees, title) else (tree,))]


def _repeats(tree: AccountNode, trees: Sequence[AccountNode], title: str) -> bool:
    if not tree.beneath or tree.has_own:
        return False
    return len(trees) == 1 or name_key(tree.name) == name_key(title)


def _own_row(node: AccountNode, depth: int, direction: Direction, translate: Translate) -> Row:
    label = translate("{account}, own postings").format(account=node.leaf)
    return _row(node, RowKind.OWN, node.own, depth, direction, label)


def _row(
    node: AccountNode, kind: RowKind, amounts: Amounts, depth: int, direction: Direction, label: str | None = None
) -> Row:
    return Row(
        label=node.leaf if label is None else label,
        depth=depth,
        figures=direction.figures(amounts),
        kind=kind,
        account=node.name,
        account_id=node.account.id if node.account is not None else None,
        code=node.account.code if node.account is not None else None,
        unconverted_by_column=direction.unconverted(amounts),
    )
