"""What may stand in the parts of an account that are text? Statement line, tax code, attributes."""

from __future__ import annotations

from collections.abc import Mapping

from tui_ledger.errors import InvalidName, InvalidSetting, InvalidText
from tui_ledger.text import TEXT_LIMIT, forbidden_in_names, storable
from tui_ledger.words import N_, Said

STATEMENT_LINES = ("operating", "investing", "financing")


def checked_statement_line(line: str | None) -> str | None:
    """The part of the cash flow statement an account belongs to; raises InvalidSetting."""
    if line is not None and line not in STATEMENT_LINES:
        raise InvalidSetting(value=line, what=N_("statement line"), advice=N_("use operating, investing or financing"))
    return line


def checked_tax_code(code: object) -> str | None:
    """The tax code of what is posted to an account; raises InvalidText."""
    if code is None:
        return None
    if not isinstance(code, str) or not storable(code) or not 0 < len(code) <= TEXT_LIMIT:
        raise InvalidText(
            field=N_("The tax code"), reason=Said("it is a text of 1 to {text_limit} characters", text_limit=TEXT_LIMIT)
        )
    return code


def checked_attributes(attributes: Mapping[str, object]) -> dict[str, str]:
    """Attributes as they are stored: names and values are text; raises InvalidName, InvalidText."""
    stored = {str(name).strip(): str(value) for name, value in attributes.items()}
    for name, value in stored.items():
        if not name or "=" in name or "," in name or forbidden_in_names(name) is not None:
            raise InvalidName(name=name, reason=N_("an attribute's name is text without = and ,"))
        if not storable(value):
            raise InvalidText(
                field=Said("The attribute {name}", name=name), reason=N_("it holds a character no file can keep")
            )
    return stored
