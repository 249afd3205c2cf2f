"""The demo book: a small stationery shop over two years, made by code, the same every time."""

from tui_ledger.demo.making import make_demo
from tui_ledger.demo.shop import DEMO_DAY

__all__ = ["DEMO_DAY", "make_demo"]
