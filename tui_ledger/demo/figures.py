"""Where do the demo shop's figures come from? A small generator that gives the same numbers everywhere."""

from __future__ import annotations

VAT_PERCENT = 20


class Figures:
    """Whole numbers that look like chance and are the same on every machine and in every release of Python."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        self._state = (self._state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return least + (self._state >> 33) % (most - least + 1)


def with_vat(net: int) -> int:
    """The amount with VAT added, in minor units, rounded half up."""
    return net + (net * VAT_PERCENT + 50) // 100
