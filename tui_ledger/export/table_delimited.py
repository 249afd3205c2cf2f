"""How does a report that lists leave as CSV or JSON, line by line, however long it is?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tui_ledger.export.delimited import Field, csv_field
from tui_ledger.reports.line_checks import LineChecks
from tui_ledger.reports.table import Block, Line, Table, block_json, head_json, line_json

_PIECE_LINES = 500


def table_csv(table: Table) -> Iterator[str]:
    """The table as pieces of CSV: a head, then a line for each line of the table.

    Columns: line (opening, row, total, closing), what the lines of a block have in common (its account, code and
    currency, where the table has no column for them), then the table's own.
    """
    own = [column.name for column in table.columns]
    with table.reading() as blocks:
        first = next(blocks, None)
        shared = [name for name in _shared(first) if name not in own]
        yield _written([["line", *shared, *own]])
        waiting: list[Sequence[Field]] = []
        for block in () if first is None else chain([first], blocks):
            common = [_common(block, name) for name in shared]
            for line in block.lines:
                waiting.append([line.kind.value, *common, *line.cells])
                if len(waiting) >= _PIECE_LINES:
                    yield _written(waiting)
                    waiting = []
        yield _written(waiting)


def table_json_text(table: Table) -> Iterator[str]:
    """What `table_json` gives, as pieces of JSON text."""
    head = json.dumps(head_json(table), ensure_ascii=False, indent=2)
    yield head.removesuffix("\n}") + ',\n  "blocks": ['
    before, checks = "\n    ", LineChecks()
    with table.reading() as blocks:
        for block in blocks:
            yield before + _json(block_json(block)).removesuffix("}") + ', "lines": ['
            yield from _json_lines(table, block.lines)
            yield "\n    ]}"
            before = ",\n    "
            checks.join(block.checks)
    yield "\n  ]"
    if table.is_checked:
        yield f',\n  "checks": {_json(checks.as_json())}'
    yield "\n}\n"


def _json_lines(table: Table, lines: Iterable[Line]) -> Iterator[str]:
    before, waiting = "\n      ", []
    for line in lines:
        waiting.append(before + _json(line_json(table, line)))
        before = ",\n      "
        if len(waiting) >= _PIECE_LINES:
            yield "".join(waiting)
            waiting = []
    yield "".join(waiting)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shared(first: Block | None) -> tuple[str, ...]:
    if first is None or first.account is None:
        return ("currency",)
    return ("account", "code", "currency")


def _common(block: Block, name: str) -> str | None:
    held = {"account": block.account, "code": block.code, "currency": block.currency}[name]
    return None if held is None else str(held)


def _written(lines: Sequence[Sequence[Field]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([csv_field(field) for field in line] for line in lines)
    return target.getvalue()
