"""Commands that post: post, transfer, increase, decrease, reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.arguments import posting_argument
from tui_ledger.cli.options import pairs, text_options, transaction_number, writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.shapes import act_shape, together
from tui_ledger.widths import cell_width, to_left
from tui_ledger.words import N_, Word, _, listed, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger, Transaction
    from tui_ledger.locale.formats import Formats

POSTED, EDITED, VOIDED = (
    N_("Posted {number} of {date}"),
    N_("Edited {number} of {date}"),
    N_("Voided {number} of {date}"),
)
"""What is said of a transaction that an act wrote."""

_CREATE = click.option("--create-missing", is_flag=True, help="Open an account named by attributes that nobody has.")


@click.command("post", cls=LedgerCommand)
@text_options
@click.option("--tax", metavar="T", help="Split lines with a tax code: amounts contain the tax (gross) or not (net).")
@writing_options
@click.argument("postings", metavar="'ACCOUNT AMOUNT'…", nargs=-1, required=True)
@click.pass_obj
def post_command(
    session: Session,
    /,
    postings: tuple[str, ...],
    tax: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
    **texts: Any,
) -> None:
    """Post a transaction. Debits are positive, credits negative; one amount may be left out.

    \b
        tui-ledger --book shop.ledger post --date 2026-01-10 --memo "Invoice 12" \\
            'Assets:Bank 121' 'Income:Sales -100' 'Liabilities:VAT'
        tui-ledger --book shop.ledger post --tax gross --memo "Invoice 13" \\
            'Assets:Bank 121' 'Income:Sales'
    """
    ledger = session.for_writing()
    content = [list(postings), dict(texts), *([] if tax is None else [tax])]
    posted = ledger.result_of(key, "post", content)
    if posted is None:
        lines = [posting_argument(ledger, posting) for posting in postings]
        memo = texts.pop("memo")
        posted = ledger.post(memo, *lines, **_texts(texts), tax=tax, content=content, key=key, actor=actor)
    answer_act(session, ledger, posted, as_json)


@click.command("transfer", cls=LedgerCommand)
@click.argument("from_account", metavar="FROM")
@click.argument("to_account", metavar="TO")
@click.argument("amount", metavar="AMOUNT")
@click.option("--received", metavar="AMOUNT", help="What arrives, where TO is in another currency.")
@_CREATE
@text_options
@writing_options
@click.pass_obj
def transfer_command(
    session: Session,
    /,
    from_account: str,
    to_account: str,
    amount: str,
    key: str | None,
    actor: str | None,
    as_json: bool,
    **texts: Any,
) -> None:
    """Move AMOUNT: credit FROM and debit TO, unless both are credit-normal (liability, equity, income): then the
    reverse, so that FROM falls and TO rises."""
    ledger = session.for_writing()
    posted = ledger.transfer(from_account, to_account, amount, **_texts(texts), key=key, actor=actor)
    answer_act(session, ledger, posted, as_json)


def _moving(name: str, about: Word) -> click.Command:
    @click.command(name, cls=LedgerCommand, help=about)
    @click.argument("account", metavar="ACCOUNT")
    @click.argument("amount", metavar="AMOUNT")
    @click.option("--against", metavar="ACCOUNT", help="The other side. Default: the adjustments account.")
    @_CREATE
    @text_options
    @writing_options
    @click.pass_obj
    def command(
        session: Session,
        /,
        account: str,
        amount: str,
        against: str | None,
        key: str | None,
        actor: str | None,
        as_json: bool,
        **texts: Any,
    ) -> None:
        ledger = session.for_writing()
        act = ledger.increase if name == "increase" else ledger.decrease
        answer_act(
            session, ledger, act(account, amount, against=against, **_texts(texts), key=key, actor=actor), as_json
        )

    return command


increase_command = _moving(
    "increase", N_("Move ACCOUNT up in its own direction by AMOUNT; the other side goes to --against.")
)
decrease_command = _moving(
    "decrease", N_("Move ACCOUNT down in its own direction by AMOUNT; the other side goes to --against.")
)


@click.command("reverse", cls=LedgerCommand)
@click.argument("number", metavar="N")
@click.option("--date", metavar="D", help="Default: the later of today and the transaction's date.")
@click.option("--memo", metavar="M", help="Default: the original's, marked as a reversal.")
@writing_options
@click.pass_obj
def reverse_command(
    session: Session,
    /,
    number: str,
    date: str | None,
    memo: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Take transaction N back by a new one that mirrors the whole of it; once."""
    ledger = session.for_writing()
    answer_act(
        session, ledger, ledger.reverse(transaction_number(number), date=date, memo=memo, key=key, actor=actor), as_json
    )


def _texts(texts: dict[str, Any]) -> dict[str, Any]:
    return {**texts, "data": pairs(texts["data"], N_("extra data"))}


def answer_act(session: Session, ledger: Ledger, posted: Transaction, as_json: bool, said: Word = POSTED) -> None:
    """Says what an act wrote, with it what follows the transaction, and the balances of the accounts after each of its
    lines; JSON has those of now."""
    alone = said == EDITED
    if as_json:
        print_json(act_shape(ledger, posted, alone=alone))
        return
    formats, followers = session.formats(ledger), together(ledger, posted)
    for one in [posted] if alone else [posted, *followers]:
        print_lines(_posted_lines(one, said, formats))
    if alone and followers:
        numbers = listed(str(one.number) for one in followers)
        stays = ngettext(
            "{numbers} was written along with it and stays as it is: edits ask no hook.",
            "{numbers} was written along with it and stays as it is: edits ask no hook.",
            len(followers),
        )
        print_lines([f"  {stays.format(numbers=numbers)}"])


def _posted_lines(posted: Transaction, said: Word, formats: Formats) -> list[str]:
    """What was written, each line with the balance of its account after it."""
    about = " · ".join(text for text in (posted.payee, posted.memo) if text)
    head = _(said).format(number=posted.number, date=formats.date(posted.date))
    lines = [head + (f" · {about}" if about else "")]
    width = max((len(posting.account) for posting in posted.postings), default=0)
    sides = max(map(cell_width, (_("Dr"), _("Cr"))))
    for posting in posted.postings:
        side = _("Dr") if posting.amount.units > 0 else _("Cr")
        shown = formats.money(abs(posting.amount), credit_normal=None)
        held = formats.money(posting.balance, symbol=True, credit_normal=posting.type.sign < 0)
        balance = _("balance {amount}").format(amount=held)
        lines.append(f"  {posting.account.ljust(width)}  {to_left(side, sides)} {shown:>14}   {balance}")
    return lines
