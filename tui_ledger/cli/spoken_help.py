"""How is the help of a command shown in the language spoken? Its paragraphs, its options, and the words around them."""

from __future__ import annotations

import inspect
import re
from copy import copy

import click

from tui_ledger.words import N_, _, pgettext

_PARAGRAPHS = re.compile(r"\n\s*\n")
_OPTIONS, _COMMANDS, _REQUIRED = N_("Options"), N_("Commands"), N_("required")
_OF_EVERY_COMMAND = (N_("Show this message and exit."), N_("Show the version and exit."))
"""What is said of the options that every command has without asking for them."""


class SpokenFormatter(click.HelpFormatter):
    """Writes the headings of a help page in the language spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{_('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        headed = pgettext("help", "{heading}:").format(heading=_(heading))
        self.write(f"{'':>{self.current_indent}}{headed}\n")


class SpokenContext(click.Context):
    """A call whose help pages are written so."""

    formatter_class = SpokenFormatter


class SpokenHelp(click.Command):
    """A command whose help is looked up when it is shown, paragraph by paragraph."""

    context_class = SpokenContext

    def get_short_help_str(self, limit: int = 45) -> str:
        return super(SpokenHelp, self._in_words()).get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(SpokenHelp, self._in_words()).format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for option in self.get_params(ctx) if (row := _option_row(option, ctx)) is not None]
        if rows:
            with formatter.section(_OPTIONS):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def _in_words(self) -> SpokenHelp:
        said = copy(self)
        said.help = None if self.help is None else help_in_words(self.help)
        return said


def help_in_words(text: str) -> str:
    """A help text with each of its paragraphs in the language spoken; a block kept as it stands is one of them."""
    parts = (part.strip("\n") for part in _PARAGRAPHS.split(inspect.cleandoc(text)))
    return "\n\n".join(_(part) for part in parts if part)


def _option_row(option: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    """An option as it is written, and what it is for."""
    row = None if isinstance(option, click.Argument) else option.get_help_record(ctx)
    about = getattr(option, "help", None)
    if row is None or not about:
        return row
    written, said = row
    beside = said[len(about) :].replace(f"[{_REQUIRED}]", f"[{_(_REQUIRED)}]")
    return written, _(about) + beside
