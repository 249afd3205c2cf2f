"""What is said of a call that makes no sense? What is wrong, how the command is used, and where its help is."""

from __future__ import annotations

import re

import click

from tui_ledger.words import N_, _

# What the parser of the command line says, in the order in which it is tried; any other sentence stays as it is.
_SENTENCES = (
    N_("No such option {name}."),
    N_("No such option: {name}"),
    N_("No such command {name}."),
    N_("Missing argument {name}."),
    N_("Missing option {name}."),
    N_("Missing command."),
    N_("Option {name} requires an argument."),
    N_("Option {name} requires {number} arguments."),
    N_("Option {name} does not take a value."),
    N_("Got unexpected extra argument ({arguments})"),
    N_("Got unexpected extra arguments ({arguments})"),
)
_SUGGESTIONS = (N_("{message} Did you mean {other}?"), N_("{message} (Did you mean one of: {others}?)"))
_FIELD = re.compile(r"\\\{(\w+)\\\}")


def show_misuse(misuse: click.ClickException) -> None:
    """Says on stderr what is wrong with a call, in the language spoken."""
    context = misuse.ctx if isinstance(misuse, click.UsageError) else None
    if context is not None:
        hint = _("Try '{command} {option}' for help.").format(command=context.command_path, option="--help")
        click.echo(f"{context.get_usage()}\n{hint}\n", err=True)
    click.echo(_("Error: {message}").format(message=_in_words(misuse.format_message())), err=True)


def _in_words(message: str) -> str:
    for suggestion in _SUGGESTIONS:
        if (found := _values(suggestion, message)) is not None:
            return _(suggestion).format(**{**found, "message": _in_words(found["message"])})
    for sentence in _SENTENCES:
        if (found := _values(sentence, message)) is not None:
            return _(sentence).format(**found)
    return message


def _values(sentence: str, message: str) -> dict[str, str] | None:
    """What stands for the names in a sentence where a message is that sentence."""
    found = re.fullmatch(_FIELD.sub(r"(?P<\1>.+?)", re.escape(sentence)), message, re.DOTALL)
    return None if found is None else found.groupdict()
