"""Which page of a list is printed? The one of --page, of as many lines as the book, or --page-size, says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import Decorator, whole_number
from tui_ledger.cli.session import print_lines
from tui_ledger.errors import InvalidOptions
from tui_ledger.page_size import PAGE_SIZE, USUAL_PAGE_SIZE, checked_page_size
from tui_ledger.words import N_, Said, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger

_LARGEST = 10**9


def page_options(command: Any) -> Any:
    """--page and --page-size, given to the command as `page` and `page_size`."""
    sized: Decorator = click.option(
        "--page-size", metavar="N", help="Lines of a page, 1 to 1000. Default: the setting page_size."
    )
    paged: Decorator = click.option("--page", metavar="N", help="Only this page, the first is 1. Default: all lines.")
    return paged(sized(command))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its number from 1, how many there are, and how many lines each has."""

    number: int
    pages: int
    size: int

    @property
    def lines(self) -> slice:
        """Where its lines stand in the list."""
        return slice((self.number - 1) * self.size, self.number * self.size)

    @property
    def is_first(self) -> bool:
        return self.number == 1

    def shape(self) -> dict[str, int]:
        """What JSON says of it."""
        return {"page": self.number, "pages": self.pages, "page_size": self.size}

    def say(self) -> None:
        """Print which page it was."""
        said = ngettext("page {page} of {pages}, {n} line each", "page {page} of {pages}, {n} lines each", self.size)
        print_lines([said.format(page=self.number, pages=self.pages, n=self.size)])


@dataclass(frozen=True, slots=True)
class AskedPage:
    """The number and size that were asked for, before it is known how many lines there are."""

    number: int
    size: int

    def of(self, count: int) -> Page:
        """The page of a list of so many lines; raises InvalidOptions where it has none such."""
        pages = max(-(-count // self.size), 1)
        if self.number > pages:
            said = Said("There is no page {page}: the last one is {pages}.", page=self.number, pages=pages)
            raise InvalidOptions(reason=said)
        return Page(self.number, pages, self.size)


def asked_page(ledger: Ledger, page: str | None, page_size: str | None) -> AskedPage | None:
    """The page asked for; None for all lines. Raises InvalidOptions, InvalidSetting."""
    number = whole_number(page, N_("page"))
    size = None if page_size is None else checked_page_size(whole_number(page_size, N_("page size")))
    if number is None:
        if size is not None:
            raise InvalidOptions(reason=N_("--page-size goes with --page: say which page."))
        return None
    kept = ledger.setting(PAGE_SIZE, USUAL_PAGE_SIZE) if size is None else size
    return AskedPage(min(number, _LARGEST), checked_page_size(kept))


def page_of(asked: AskedPage | None, count: int) -> Page | None:
    """The page of a list of so many lines, or None for all of them."""
    return None if asked is None else asked.of(count)
