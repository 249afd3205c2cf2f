"""What does one call work with? The book that is meant, the formats, and what is printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.language import language_for
from tui_ledger.dates import begin_weeks
from tui_ledger.directions import kept_in_place
from tui_ledger.errors import NoBookNamed
from tui_ledger.errors.system import system_reason
from tui_ledger.settings import last_book
from tui_ledger.text import clean
from tui_ledger.widths import steady
from tui_ledger.words import Said, Word, _, in_english, speak, speaking

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats

BOOK_VARIABLE = "TUI_LEDGER_BOOK"
_NARROWEST = 40


class Session:
    """One call's book, locale and output."""

    def __init__(
        self,
        book: str | None,
        locale: str | None,
        read_only: bool,
        environ: Mapping[str, str],
        user: str | None = None,
    ) -> None:
        self._user = user
        self._book = book
        self._locale = locale
        self._read_only = read_only
        self._environ = environ
        self._ledger: Ledger | None = None
        self._opened: Ledger | None = None
        self._revision_before = 0
        self.has_written = False

    def place(self, *, reading: bool) -> str:
        """The book meant: the option, else the environment, else, for reading only, the last one opened."""
        found = self._book or self._environ.get(BOOK_VARIABLE) or (last_book() if reading else None)
        if not found:
            raise NoBookNamed
        return found

    @property
    def read_only(self) -> bool:
        return self._read_only

    @property
    def locale(self) -> str | None:
        """What --locale said, as it was said."""
        return self._locale

    def for_reading(self) -> Ledger:
        """The book, to look at; nothing of it changes."""
        return self._open(self.place(reading=True))

    def for_writing(self) -> Ledger:
        """The book, to write; it must be named."""
        ledger = self._open(self.place(reading=False))
        self._revision_before = ledger.revision
        return ledger

    def for_serving(self) -> Ledger:
        """The book itself, to be shown to whoever signs in to it: who serves it is nobody in particular."""
        from tui_ledger.ledger import Ledger

        self._ledger = Ledger.open(self.place(reading=True), read_only=self._read_only)
        return self._ledger

    def signed_in(self, ledger: Ledger) -> Ledger:
        """The book for whoever opens it; a book on a server asks its users for name and passphrase."""
        from tui_ledger.cli.sign_in import signed_in

        return signed_in(ledger, self._user, self._environ)

    def check_may_take(self, place: str) -> None:
        """Refuses whoever signs in to a book and may not take all of it along; a file without a name is its owner's."""
        from tui_ledger.cli.sign_in import refuse_unless_all, signs_in

        if signs_in(place, self._user, self._environ):
            from tui_ledger.ledger import Ledger

            with Ledger.open(place, read_only=self._read_only) as ledger:
                refuse_unless_all(self.signed_in(ledger))

    def formats(self, ledger: Ledger | None = None) -> Formats:
        """The formats of --locale, else the book's, else the environment's locale, else that of the settings file;
        with what the book's settings say in the locale's place, unless they cannot be used: then stderr says so."""
        from tui_ledger.locale.book_formats import usable_formats

        settings = {} if ledger is None else (self._opened or ledger).settings()
        if settings.get("locale"):
            self._speak(settings["locale"])
        formats, trouble = usable_formats(self.locale_for(settings.get("locale")), settings)
        if trouble:
            print_note(trouble)
        return formats

    def locale_for(self, book_locale: str | None) -> str:
        """The locale that a book with a setting of its own, or without one, is written in."""
        from tui_ledger.locale.locales import choose_locale

        return choose_locale(self._locale, book_locale, self._environ, self._last_locale)

    def _speak(self, book_locale: str | None) -> None:
        speak(language_for(self._locale, book_locale, self._environ, self._last_locale))
        begin_weeks(self._week_begins)

    def _week_begins(self) -> int:
        """The first day of a week for whoever asks here; the locale is looked into when a week is."""
        return self.formats(self._opened).week_begins

    def _last_locale(self) -> str | None:
        """What the settings file says, where nothing else does."""
        from tui_ledger.preferences import read_preferences

        return read_preferences().locale

    def check_locale(self) -> None:
        """Refuses a --locale that is none, whatever the command, and speaks its language from now on."""
        if self._locale is not None:
            self.formats()
        self._speak(None)

    def close(self) -> None:
        if self._ledger is not None:
            self.has_written |= 0 < self._revision_before < self._ledger.revision
            self._ledger.close()

    def _open(self, place: str) -> Ledger:
        from tui_ledger.ledger import Ledger

        if self._ledger is None:
            self._opened = self._ledger = Ledger.open(place, read_only=self._read_only)
            self._ledger = self.signed_in(self._opened)
            self._speak(self._opened.setting("locale"))
            if self._ledger.kept_copy is not None:
                said = _("{place} was brought up to date; as it was it is kept in {copy}.")
                print_note(said.format(place=place, copy=self._ledger.kept_copy))
        return self._ledger


class ReaderLeft(Exception):
    """Whoever read the output went away: there is nobody left to answer."""


class AnswerLost(Exception):
    """The answer could not be written; the message is the reason."""


@contextmanager
def spoken_for(as_json: bool) -> Iterator[None]:
    """Around work that says things of its own: in English where a program reads the answer."""
    with speaking() if as_json else nullcontext():
        yield


def print_json(value: object) -> None:
    """One JSON document on stdout; texts of the program in it are English, whatever is spoken."""
    print_text(json.dumps(value, ensure_ascii=False, indent=2, default=_said_in_english) + "\n")


def _said_in_english(value: object) -> str:
    if isinstance(value, Said):
        return in_english(value)
    raise TypeError(f"{type(value).__name__} is nothing that JSON has")


def print_lines(lines: Iterable[str]) -> None:
    """Lines for a person; whatever the book holds, no control byte reaches the terminal."""
    for line in lines:
        print_text(in_place(clean(line)) + "\n")


def in_place(text: str) -> str:
    """Text as its columns stand straight on every terminal, whatever the direction of its parts; elsewhere as it is."""
    is_seen = not text.isascii() and sys.stdout is not None and sys.stdout.isatty()
    return kept_in_place(steady(text)) if is_seen else text


def print_text(text: str) -> None:
    """Text on stdout as it is; raises ReaderLeft where its reader went away, AnswerLost where it cannot be written."""
    if sys.stdout is None:
        raise AnswerLost(_("standard output is closed"))
    try:
        click.echo(text, nl=False)
        if not text.endswith("\n"):
            sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderLeft from None
    except OSError as problem:
        raise AnswerLost(_(system_reason(problem))) from None


def print_note(line: str) -> None:
    """A remark beside the answer, on stderr."""
    click.echo(clean(line), err=True)


def terminal_width() -> int:
    """The columns of the terminal, 80 where there is none."""
    import shutil

    return max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST)


def table_width() -> int | None:
    """The columns that rows have room in: those of the terminal, or as COLUMNS says; None in a pipe, which has no end
    to a line."""
    import os

    return terminal_width() if sys.stdout.isatty() or os.environ.get("COLUMNS") else None


def on_a_terminal() -> bool:
    """Whether a person sits at both ends: what is typed comes from a terminal and what is shown goes to one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Progress(AbstractContextManager["Progress"]):
    """A progress bar on a terminal, nothing in a pipe; called with (done, total). Its label is looked up when it
    is shown."""

    def __init__(self, label: Word) -> None:
        self._label = label
        self._bar: Any = None
        self._shown = on_a_terminal()

    def __call__(self, done: int, total: int) -> None:
        if not self._shown or total <= 0:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=_(self._label), file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(min(done, total) - self._bar.pos)

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
