"""How does a journal say its numbers are written? Its `decimal-mark`, `commodity` and `D` lines."""

from __future__ import annotations

from tui_ledger.importing.figures import NumberStyle, style_of
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.written_amounts import bare_commodity, sample_amount
from tui_ledger.words import N_, Said


class NumberStyles:
    """What the directives read so far say; each holds for the lines after it.

    `revision` moves at every directive. `default_commodity` is that of amounts written without one, None before a `D`.
    """

    def __init__(self) -> None:
        self.revision = 0
        self.default_commodity: str | None = None
        self._of_file: NumberStyle | None = None
        self._by_default: NumberStyle | None = None
        self._of_commodities: dict[str, NumberStyle] = {}

    def style(self, commodity: str) -> NumberStyle | None:
        """How amounts of a commodity ('' for none) are written; None where nothing was said."""
        return self._of_file or self._of_commodities.get(commodity) or self._by_default

    def declare_decimal_mark(self, mark: str) -> None:
        """`decimal-mark X`; raises LineRefused, as all of these do."""
        if mark not in (".", ","):
            raise LineRefused(N_("a decimal mark is a point or a comma, such as `decimal-mark .`"))
        self._of_file = NumberStyle(mark)
        self.revision += 1

    def declare_commodity(self, text: str) -> str:
        """`commodity SAMPLE` or `commodity SYMBOL`; returns the commodity."""
        commodity = bare_commodity(text)
        if commodity is not None:
            return commodity
        sample = sample_amount(text)
        self._of_commodities[sample.commodity] = style_of(sample.figures)
        self.revision += 1
        return sample.commodity

    def declare_format(self, commodity: str, text: str) -> None:
        """The `format SAMPLE` below a `commodity` line."""
        sample = sample_amount(text)
        if sample.commodity != commodity:
            raise LineRefused(
                Said(
                    "the format shows {commodity} and stands below {other}",
                    commodity=quoted(sample.commodity),
                    other=quoted(commodity),
                )
            )
        self._of_commodities[commodity] = style_of(sample.figures)
        self.revision += 1

    def declare_default(self, text: str) -> None:
        """`D SAMPLE`: the commodity of amounts that have none."""
        sample = sample_amount(text)
        self.default_commodity = sample.commodity
        self._by_default = style_of(sample.figures)
        self.revision += 1
