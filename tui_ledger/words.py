"""In which language is the reader spoken to? Every text of the program passes through here; English unless said.

Texts are written in English where they arise and looked up when they are shown. What is shown follows the context of
the caller (`contextvars`): a program says once what it speaks, two sessions in one process may speak two languages, and
whoever says nothing, as a script does, reads English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from typing import Self

ENGLISH = NullTranslations()

_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=ENGLISH)
_written: ContextVar[Callable[[object], object] | None] = ContextVar("written", default=None)


class Word(str):
    """A text of the program that is looked up where it is shown, such as the name of a field in a refusal."""

    __slots__ = ()


class WordIn(Word):
    """A word that means several things in English, with the one that is meant here: its `context` in the catalogues."""

    __slots__ = ("context",)
    context: str

    def __new__(cls, context: str, text: str) -> Self:
        made = super().__new__(cls, text)
        made.context = context
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return WordIn, (self.context, str(self))


class Said:
    """A text of the program with values in it, looked up and filled where it is shown."""

    __slots__ = ("_template", "_values")

    def __init__(self, template: str, /, **values: object) -> None:
        self._template = template
        self._values = values

    def __str__(self) -> str:
        return filled(self._template, self._values)

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, (str, Said)) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        return _said_again, (self._template, self._values)


class Several(Said):
    """Several things in a sentence, one after the other as the language parts them where it is shown."""

    __slots__ = ("_things",)

    def __init__(self, things: Iterable[object], template: str = "", /) -> None:
        super().__init__(template)
        self._things = tuple(things)

    def __str__(self) -> str:
        said = [str(_shown(one)) for one in self._things]
        if not self._template or len(said) < 2:
            return listed(said)
        return filled(self._template, {"one": listed(said[:-1]), "other": said[-1]})

    def __reduce__(self) -> tuple[object, ...]:
        return Several, (self._things, self._template)


def either(things: Iterable[object]) -> Several:
    """`EUR, USD or GBP`; looked up where it is shown."""
    return Several(things, N_("{one} or {other}"))


def both(things: Iterable[object]) -> Several:
    """`EUR, USD and GBP`; looked up where it is shown."""
    return Several(things, N_("{one} and {other}"))


def _(text: str) -> str:
    """A text in the language spoken."""
    if isinstance(text, WordIn):
        return _spoken.get().pgettext(text.context, text)
    return _spoken.get().gettext(text) if text else text


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a text that a number asks for, in the language spoken; the number is not filled in."""
    return _spoken.get().ngettext(one, many, number)


def pgettext(context: str, text: str) -> str:
    """A text that means several things in English, in the language spoken."""
    return _spoken.get().pgettext(context, text)


def listed(texts: Iterable[str]) -> str:
    """Several things one after the other, as the language spoken parts them."""
    return pgettext("between two of a list", ", ").join(texts)


def N_(text: str) -> Word:  # noqa: N802 -- the name by which texts are found that are looked up later
    """A text that will be looked up where it is shown; here it stays as it is."""
    return Word(text)


def NP_(context: str, text: str) -> WordIn:  # noqa: N802 -- as `N_`, for what means several things
    """A text that means several things in English and will be looked up where it is shown; here it stays as it is."""
    return WordIn(context, text)


def filled(template: str, values: dict[str, object]) -> str:
    """A text in the language spoken with its values; those that are words of the program are looked up, too."""
    return _(template).format_map({name: _shown(one) for name, one in values.items()})


def write_values(writer: Callable[[object], object]) -> None:
    """From here on values in texts, such as days and amounts, are written so for the reader of this context; as they
    arose where nothing is said."""
    _written.set(writer)


def _shown(value: object) -> object:
    if isinstance(value, Word):
        return _(value)
    writer = _written.get()
    return value if writer is None else writer(value)


def in_english(value: object) -> str:
    """A value of a refusal as it arose, for programs that look into it."""
    with speaking():
        return str(value)


def speak(language: NullTranslations) -> None:
    """From here on the reader of this context is spoken to so."""
    _spoken.set(language)


@contextmanager
def speaking(language: NullTranslations = ENGLISH) -> Iterator[None]:
    """Inside, the language is this one, and values are written plainly: English where nothing is said, as in files for
    programs."""
    before, written_before = _spoken.set(language), _written.set(None)
    try:
        yield
    finally:
        _spoken.reset(before)
        _written.reset(written_before)


def spoken() -> NullTranslations:
    """The language spoken here."""
    return _spoken.get()


def _said_again(template: str, values: dict[str, object]) -> Said:
    return Said(template, **values)
