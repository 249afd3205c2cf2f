#!/usr/bin/env python3
"""Finds every text of the program and keeps the catalogues of its languages.

    .ci/messages.py extract     write tui_ledger.pot, and bring each catalogue up to it; nothing translated is lost
    .ci/messages.py check       say what the template or a catalogue lacks, and end with 1 if anything does
    .ci/messages.py compile     write the compiled catalogues
    .ci/messages.py add CODE    begin a language

Texts are found in calls of _, N_, NP_, ngettext, pgettext, Said, translate and shown words alike, and where a class or
a table holds them: the `template` of a refusal, the label and description of a key.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "tui_ledger"
FOLDER = PACKAGE / "locale" / "catalogues"
TEMPLATE = FOLDER / "tui_ledger.pot"
PROJECT = "tui-ledger"

SINGLE = {"_", "N_", "Said", "translate"}
PLURAL = {"ngettext"}
IN_CONTEXT = {"pgettext", "NP_"}
HELD = {"template"}
TABLES = {"Key": (4, 5), "ReportKind": (1, 2), "ListingKind": (1, 2)}
"""Classes whose arguments at these places are texts."""
NAMED = {"label", "description", "title", "about", "help", "short_help"}
"""Arguments that are texts in a table's row or in a click command or option."""
CLICK = {"option", "command", "group", "argument"}

Found = tuple[str | tuple[str, str], str | None]


def texts_of(source: str) -> Iterator[tuple[int, Found]]:
    """(line, (text or (one, many), context)) of each text in a module, in their order."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, found) for found in _of_call(node))
        elif isinstance(node, ast.ClassDef):
            yield from _held_by(node)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _is_command(node):
            docstring = ast.get_docstring(node)
            if docstring:
                yield from ((node.lineno, (part, None)) for part in paragraphs(docstring))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a command's help that are words; blocks kept as they stand are whole."""
    return [part.strip("\n") for part in re.split(r"\n\s*\n", text) if part.strip()]


def extracted() -> Catalog:
    """Every text of the package, with the modules it stands in."""
    catalog = Catalog(project=PROJECT, charset="utf-8", fuzzy=False, header_comment=f"# Texts of {PROJECT}.")
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = PROJECT
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(HOUSE).as_posix()
        for _line, (text, context) in sorted(texts_of(path.read_text(encoding="utf-8")), key=str):
            flags = ("python-brace-format",) if _has_fields(text) else ()
            catalog.add(text, locations=[(place, 0)], context=context, flags=flags)
    return catalog


def extract() -> int:
    """Writes the template, and each catalogue with what is new in it and without what is gone."""
    FOLDER.mkdir(exist_ok=True)
    template = extracted()
    _write(TEMPLATE, template)
    for path in sorted(FOLDER.glob("*.po")):
        catalog = _read(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(path, catalog)
    return 0


def check() -> int:
    """Prints what is out of date, missing, fuzzy or wrong."""
    template = extracted()
    problems = [] if _same(template, _read(TEMPLATE)) else [f"{TEMPLATE.name} is out of date: run make messages"]
    for path in sorted(FOLDER.glob("*.po")):
        problems += _problems_of(path.name, template, _read(path))
    for problem in problems[:50]:
        sys.stdout.write(f"messages: {problem}\n")
    return int(bool(problems))


def compile_all() -> int:
    """Writes a compiled catalogue beside each written one."""
    for path in sorted(FOLDER.glob("*.po")):
        with path.with_suffix(".mo").open("wb") as into:
            write_mo(into, _read(path))
    return 0


def add(code: str) -> int:
    """Begins the catalogue of a language; one that is there stays."""
    path = FOLDER / f"{code}.po"
    if not path.exists():
        catalog = Catalog(locale=code, project=PROJECT, charset="utf-8", fuzzy=False)
        catalog.update(extracted())
        _write(path, catalog)
    return 0


def _of_call(node: ast.Call) -> Iterator[Found]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    given = [_text(one) for one in node.args]
    if name in SINGLE and given and given[0]:
        yield given[0], None
    elif name in PLURAL and len(given) > 1 and given[0] and given[1]:
        yield (given[0], given[1]), None
    elif name in IN_CONTEXT and len(given) > 1 and given[1]:
        yield given[1], given[0]
    if name in TABLES:
        yield from ((given[at], None) for at in TABLES[name] if at < len(given) and given[at])
    if name in TABLES or name in CLICK:
        named = ((keyword.arg, _text(keyword.value)) for keyword in node.keywords)
        yield from ((text, None) for arg, text in named if arg in NAMED and text)


def _held_by(node: ast.ClassDef) -> Iterator[tuple[int, Found]]:
    for statement in node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        names = {target.id for target in targets if isinstance(target, ast.Name)}
        if names & HELD and (text := _text(statement.value)):  # type: ignore[attr-defined]
            yield statement.lineno, (text, None)


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is a command of the command line, whose docstring is its help."""
    called = (one.func if isinstance(one, ast.Call) else one for one in node.decorator_list)
    return any(isinstance(one, ast.Attribute) and one.attr in ("command", "group") for one in called)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _has_fields(text: str | tuple[str, str]) -> bool:
    return any(_fields(one) for one in ([text] if isinstance(text, str) else text))


def _fields(text: str) -> set[str]:
    """The names in braces of a text; nothing where it is no template."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def _problems_of(name: str, template: Catalog, catalog: Catalog) -> Iterator[str]:
    for message in template:
        if not message.id:
            continue
        translated = catalog.get(message.id, message.context)
        shown = message.id if isinstance(message.id, str) else message.id[0]
        if translated is None or not all(_forms(translated)):
            yield f"{name} lacks {shown!r}"
        elif translated.fuzzy:
            yield f"{name} is not sure of {shown!r}"
        elif not _fields_fit(message, translated):
            yield f"{name} has other names in braces than {shown!r}"


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _fields_fit(message: Message, translated: Message) -> bool:
    """Whether no form names a value there is not; a form of the plural may leave the number out."""
    known = set().union(*(_fields(one) for one in ([message.id] if isinstance(message.id, str) else message.id)))
    needed = known if isinstance(message.id, str) else set()
    return all(needed <= _fields(form) <= known for form in _forms(translated))


def _same(new: Catalog, old: Catalog) -> bool:
    return {(one.id, one.context) for one in new if one.id} == {(one.id, one.context) for one in old if one.id}


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    with path.open("rb") as opened:
        return read_po(opened, locale=None if path.suffix == ".pot" else path.stem)


def _write(path: Path, catalog: Catalog) -> None:
    """Without a day of its own: what is the same text stays the same file."""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalog.version = "0"
    catalog.header_comment = f"# Texts of {PROJECT}."
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = PROJECT
    for message in catalog:
        message.flags.discard("python-format")
    with path.open("wb") as into:
        write_po(into, catalog, width=110, no_location=True, sort_output=True, omit_header=False)


if __name__ == "__main__":
    commands = {"extract": extract, "check": check, "compile": compile_all}
    match sys.argv[1:]:
        case [name] if name in commands:
            sys.exit(commands[name]())
        case ["add", code]:
            sys.exit(add(code))
        case _:
            sys.exit(__doc__)
