"""Is a text file an earlier report of this program? Its first lines say so."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from tui_ledger.export.delimited import STATEMENT_HEAD
from tui_ledger.export.html import GENERATOR
from tui_ledger.reports.report import Report
from tui_ledger.reports.requests import kinds
from tui_ledger.reports.table import LineKind, Table
from tui_ledger.text import clean
from tui_ledger.widths import ELLIPSIS
from tui_ledger.words import _

_MOST_BYTES = 4096
_LINE_KINDS = tuple(kind.value for kind in LineKind)
_NAMED = re.compile(r'\{\s*"report": "([a-z-]+)",\s*"title": "')


def is_own_text(path: Path, form: str, made: Report | Table) -> bool:
    """Whether a file is a report that this program wrote in a format: csv, json, html, or text.

    Text has no mark of its own: it is known by the title of a report, that of `made` or one the program has, above the
    name of the book that `made` is of. Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        lines = file.read(_MOST_BYTES).decode("utf-8", errors="replace").splitlines()
    if form == "csv":
        return _is_csv(lines)
    if form == "json":
        return _is_json("\n".join(lines))
    if form == "html":
        return lines[:1] == ["<!DOCTYPE html>"] and any(GENERATOR in line for line in lines)
    return _is_plain(lines, made)


def _is_csv(lines: list[str]) -> bool:
    """The head of a statement, or that of a list above a line that says which it is."""
    try:
        head, first = [*csv.reader(lines[:2]), [], []][:2]
    except csv.Error:
        return False
    if tuple(head[: len(STATEMENT_HEAD)]) == STATEMENT_HEAD:
        return True
    return head[:1] == ["line"] and "currency" in head and (not first or first[0] in _LINE_KINDS)


def _is_json(text: str) -> bool:
    named = _NAMED.match(text)
    return named is not None and named[1] in {kind.name for kind in kinds()}


def _is_plain(lines: list[str], made: Report | Table) -> bool:
    if len(lines) < 2:
        return False
    titles = {made.title, *(kind.title for kind in kinds()), *(_(kind.title) for kind in kinds())}
    return any(_is_same(lines[0], clean(title)) for title in titles) and _is_same(lines[1], clean(made.book))


def _is_same(line: str, text: str) -> bool:
    """Whether a line is a text, perhaps clipped to a narrow terminal."""
    if line == text.rstrip():
        return True
    return len(line) > 1 and line.endswith(ELLIPSIS) and text.startswith(line[:-1])
