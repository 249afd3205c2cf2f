"""The command `template`: list, show, save, post, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.acts import answer_act
from tui_ledger.cli.options import json_option, transaction_number, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.tables import Column, table
from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions
from tui_ledger.widths import cell_width, to_right
from tui_ledger.words import N_, Said, Word, _, listed

if TYPE_CHECKING:
    from tui_ledger.ledger.templates import Template
    from tui_ledger.ledger.values import WrittenPrice


@click.group("template", cls=LedgerGroup)
def template_command() -> None:
    """Keep drafts under a name, and post them again.

    \b
        tui-ledger --book shop.ledger template save 42 Rent
        tui-ledger --book shop.ledger template post Rent --date 2026-02-01
        tui-ledger --book shop.ledger template post Rent 950
    """


@template_command.command("list")
@json_option
@click.pass_obj
def list_templates(session: Session, /, as_json: bool) -> None:
    """List the templates of the book, by name; the workbench opens the first nine with alt+1 to alt+9."""
    from tui_ledger.ledger.templates import templates

    found = templates(session.for_reading())
    if as_json:
        print_json({"templates": [_shape(template) for template in found]})
        return
    columns = [
        Column(N_("Name")),
        Column(N_("Payee"), stretch=True),
        Column(N_("Memo"), stretch=True),
        Column(N_("Lines"), right=True),
    ]
    rows = [(one.name, one.payee or "", one.memo, str(len(one.lines))) for one in found]
    print_lines(table(columns, rows) if rows else [_("No templates yet: `template save N NAME` keeps one.")])


@template_command.command("show")
@click.argument("name", metavar="NAME")
@json_option
@click.pass_obj
def show_template(session: Session, /, name: str, as_json: bool) -> None:
    """Show what the template NAME would post; an open amount is asked for, or follows from the others."""
    from tui_ledger.ledger.templates import template_named

    _answer(template_named(session.for_reading(), name), _SHOWN, as_json)


@template_command.command("save")
@click.argument("number", metavar="N")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--without-amounts", is_flag=True, help="Leave every amount open.")
@writing_options
@click.pass_obj
def save_template(
    session: Session,
    /,
    number: str,
    name: str | None,
    without_amounts: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Keep transaction N as the template NAME, by default its payee's; one of that name is replaced.

    Debits come first; where all is in one currency the last amount is left open, so that another one may be given.
    """
    from tui_ledger.ledger import templates

    ledger = session.for_writing()
    transaction = ledger.transaction(transaction_number(number))
    if transaction.voided:
        raise InvalidOptions(
            reason=Said("Transaction {number} is void: there are no lines to keep.", number=transaction.number)
        )
    template = templates.template_of(
        transaction, name or transaction.payee or transaction.memo, with_amounts=not without_amounts
    )
    _answer(templates.save_template(ledger, template, key=key, actor=actor), _SAVED, as_json)


@template_command.command("post")
@click.argument("name", metavar="NAME")
@click.argument("amount", metavar="[AMOUNT]", required=False)
@click.option("--date", metavar="D", help="The book date. Default: today.")
@writing_options
@click.pass_obj
def post_template(
    session: Session,
    /,
    name: str,
    amount: str | None,
    date: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Post the template NAME. AMOUNT goes to its first line, debit-positive; the line left open takes the rest."""
    from tui_ledger.ledger.templates import draft_of_template, template_named

    ledger = session.for_writing()
    draft = draft_of_template(template_named(ledger, name), date=optional_date(date), amount=amount)
    answer_act(session, ledger, ledger.post_draft(draft, key=key, actor=actor), as_json)


@template_command.command("delete")
@click.argument("name", metavar="NAME")
@writing_options
@click.pass_obj
def delete_template(session: Session, /, name: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Take the template NAME away; `undo` brings it back."""
    from tui_ledger.ledger import templates

    _answer(templates.delete_template(session.for_writing(), name, key=key, actor=actor), _DELETED, as_json)


_SHOWN = (N_("Template {name}"), N_("Template {name}: {about}"))
_SAVED = (N_("Saved {name}"), N_("Saved {name}: {about}"))
_DELETED = (N_("Deleted {name}"), N_("Deleted {name}: {about}"))
"""What is said of a template that has neither payee, memo nor tags, and of one that has."""


def _answer(template: Template, said: tuple[Word, Word], as_json: bool) -> None:
    if as_json:
        print_json(_shape(template))
        return
    about = " · ".join(text for text in (template.payee, template.memo, listed(template.tags)) if text)
    amounts = [_("open") if line.amount is None else format(line.amount, "f") for line in template.lines]
    prices = ["" if one.price is None else f" {_price_text(one.price)}" for one in template.lines]
    width = max(len(line.account) for line in template.lines)
    right = max(map(cell_width, amounts))
    lines = [
        f"  {line.account:<{width}}  {to_right(amount, right)}{price}".rstrip()
        for line, amount, price in zip(template.lines, amounts, prices, strict=True)
    ]
    print_lines([_(said[bool(about)]).format(name=template.name, about=about), *lines])


def _price_text(price: WrittenPrice) -> str:
    return f"{'@@' if price.total else '@'} {price.amount:f} {price.currency}"


def _shape(template: Template) -> dict[str, Any]:
    """A template in JSON; an open amount is null."""
    return {
        "name": template.name,
        "payee": template.payee,
        "memo": template.memo,
        "tags": list(template.tags),
        "lines": [
            {
                "account": line.account,
                "amount": None if line.amount is None else format(line.amount, "f"),
                "memo": line.memo,
                "price": None if line.price is None else _price_text(line.price),
            }
            for line in template.lines
        ],
    }
