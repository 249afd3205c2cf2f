"""How does a web application keep its customers' balances here? An example to read, to run and to take from.

    python -m tui_ledger.demo.webshop shop.ledger --workers 4 --requests 200

Several worker processes serve requests on one book at once: customers pay in, order, and get their money back; whoever
invited them earns a commission. Every request is delivered twice, to two workers, and one worker is killed in its midst
and begun anew, as it happens to web applications. At the end every balance is read back and compared with what the
requests say, and the whole book is verified.

What makes that safe is in `handle`: each request has an id, which is the idempotency key of what it books. A request
that was served before, by whichever worker, books nothing and gets the first answer.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tui_ledger.errors import ReferenceTaken
from tui_ledger.ledger import Ledger, Transaction, credit, debit
from tui_ledger.money import Currency, Money

GATEWAY, SALES, SHIPPING, VAT = "Assets:Card payments", "Income:Sales", "Income:Shipping", "Liabilities:VAT"
EUR = Currency("EUR", 2)
CUSTOMERS = 12
PERCENT = 10
SHIPPING_UNITS, VAT_PERCENT = 495, 21
_KILLED_AFTER = 5
"""So many requests the first worker serves before it is killed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a customer asks for; `units` are cents: what is paid in, or the price of the goods before tax and shipping.
    `order` is what the shop calls the order, for a refund the one that is paid back."""

    id: str
    kind: str
    customer: str
    units: int = 0
    order: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the book says at the end, and what it should say: what every party is owed in cents, how many commissions
    stand, and how much a replay of the history finds wrong."""

    found: dict[str, int]
    expected: dict[str, int]
    commissions: int
    commissions_expected: int
    discrepancies: int

    @property
    def is_right(self) -> bool:
        balances = self.found == self.expected
        return balances and self.commissions == self.commissions_expected and self.discrepancies == 0


def open_shop(place: Path) -> None:
    """A new book with the shop's accounts, its customers, who invited whom, and the terms of commissions."""
    with Ledger.create(place, currency="EUR") as ledger, ledger.write():
        ledger.open_account(GATEWAY, "asset")
        ledger.open_account(SALES, "income")
        ledger.open_account(SHIPPING, "income")
        ledger.open_account(VAT, "liability")
        for number in range(CUSTOMERS):
            data = {"commissions": True} if receives(number) else {}
            ledger.add_party(called(number), referred_by=inviter(number), data=data)
        ledger.set_setting("unique_references", True)
        terms = {"percent": str(PERCENT), "base": [SALES], "memo": "{percent} % of {base} for {data.order.id}"}
        ledger.set_setting("commission", terms)


def handle(ledger: Ledger, request: Request) -> Transaction | None:
    """Serves one request: what a view of a web application would do. None where the order was booked before, by a
    request of another id."""
    match request.kind:
        case "pay-in":
            paid = Money(request.units, EUR)
            return ledger.party_credit(request.customer, paid, against=GATEWAY, memo="Paid in", key=request.id)
        case "order":
            return _order(ledger, request)
        case _:
            (ordered,) = ledger.journal(reference=request.order)
            return ledger.reverse(ordered, memo=f"Refund of {request.order}", key=request.id)


def _order(ledger: Ledger, request: Request) -> Transaction | None:
    """The customer's account is debited with all of it; goods, shipping and tax are credited, each on its account. The
    commission on the goods is written in the same step, by the terms the book was given."""
    account = ledger.party_account(request.customer, create=True)
    net, tax = request.units, tax_on(request.units)
    try:
        return ledger.post(
            f"Order {request.order}",
            debit(account, Money(net + SHIPPING_UNITS + tax, EUR)),
            credit(SALES, Money(net, EUR)),
            credit(SHIPPING, Money(SHIPPING_UNITS, EUR)),
            credit(VAT, Money(tax, EUR)),
            reference=request.order,
            data={"order": {"id": request.order}},
            key=request.id,
        )
    except ReferenceTaken:
        return None


def requests(count: int) -> list[Request]:
    """So many requests or a few more, always the same: the customers pay in, order, order once more by mistake, and
    send back every fifth order."""
    made: list[Request] = []
    for number in range(count):
        customer, order = called(number % CUSTOMERS), f"order {number}"
        if number < CUSTOMERS or number % 7 == 0:
            made.append(Request(f"pay-in {number}", "pay-in", customer, 10_000 + number))
            continue
        made.append(Request(f"buy {number}", "order", customer, 105 + number * 37 % 900, order))
        if number % 11 == 0:
            made.append(Request(f"buy {number} again", "order", customer, 105 + number * 37 % 900, order))
        if number % 5 == 0:
            made.append(Request(f"send back {number}", "refund", customer, order=order))
    return made


def expected(served: Iterable[Request]) -> tuple[dict[str, int], int]:
    """What every party is owed in cents once the requests are served, each once, and how many commissions then stand:
    worked out beside the book, without it."""
    owed = dict.fromkeys(map(called, range(CUSTOMERS)), 0)
    orders: dict[str, Request] = {}
    for request in served:
        if request.kind == "pay-in":
            owed[request.customer] += request.units
        elif request.kind == "order":
            orders[request.order] = request
        else:
            del orders[request.order]
    paid = 0
    for order in orders.values():
        owed[order.customer] -= order.units + SHIPPING_UNITS + tax_on(order.units)
        earner = inviter(int(order.customer[8:]))
        if earner is not None and receives(int(earner[8:])):
            owed[earner] += (order.units + 5) // 10
            paid += 1
    return owed, paid


def serve(place: Path, served: Sequence[Request], workers: int) -> int:
    """Has the requests served by several processes at once, each by two of them, and kills the first once it has begun;
    who takes its place begins anew. Returns how many requests were answered, twice or oftener."""
    shards = [[one for one in served if int(one.customer[8:]) % workers == shard] for shard in range(workers)]
    lists = [shards[worker] + shards[(worker + 1) % workers] for worker in range(workers)]
    begun = [_begin(place, one) for one in lists]
    answered = _kill_in_its_midst(*begun[0])
    begun[0] = _begin(place, lists[0])
    for worker, answers in begun:
        answered += sum(1 for _ in _received(answers))
        worker.join()
        if worker.exitcode:
            raise SystemExit(f"A worker ended with {worker.exitcode}.")
    return answered


def outcome(place: Path, served: Sequence[Request]) -> Outcome:
    """The balances the book holds beside those the requests make, and what a replay of its whole history finds."""
    wanted, paid = expected(served)
    with Ledger.open(place, read_only=True) as ledger:
        found = {one.key: one.balance.units for one in ledger.party_balances()}
        standing = [one for one in ledger.journal("tag:commission") if one.reversed_by is None and not one.voided]
        wrong = ledger.verify(replay=True).discrepancies
    return Outcome(found, wanted, len(standing), paid, len(wrong))


def called(number: int) -> str:
    """The key of a customer."""
    return f"customer{number}"


def inviter(number: int) -> str | None:
    """Who invited a customer; nobody the first."""
    return called((number - 1) // 2) if number else None


def receives(number: int) -> bool:
    """Whether a customer may receive commissions: two of three do."""
    return number % 3 != 2


def tax_on(units: int) -> int:
    """The tax on goods and shipping, to the cent."""
    return ((units + SHIPPING_UNITS) * VAT_PERCENT + 50) // 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the example and says what came of it; 0 where every figure is right."""
    parser = argparse.ArgumentParser(prog="python -m tui_ledger.demo.webshop", description="A web shop's balances.")
    parser.add_argument("book", nargs="?", help="a new file; without one it is made where nothing stays")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--requests", type=int, default=200)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as nowhere:
        place = Path(asked.book or Path(nowhere) / "webshop.ledger")
        open_shop(place)
        served = requests(max(asked.requests, 1))
        answered = serve(place, served, max(asked.workers, 1))
        said = outcome(place, served)
    lines = [f"{len(served)} requests, answered {answered} times by {asked.workers} processes, one of them killed"]
    lines += [f"{key:12} {Money(units, EUR)!s:>14}" for key, units in said.found.items()]
    lines.append(f"{said.commissions} commissions stand, {said.commissions_expected} should")
    lines.append("every figure is right" if said.is_right else "SOME FIGURES ARE WRONG")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if said.is_right else 1


def _work(place: Path, served: Sequence[Request], answers: Connection) -> None:
    """One worker: one ledger, open as long as the process lives."""
    with closing(answers), Ledger.open(place) as ledger:
        for request in served:
            handle(ledger, request)
            answers.send(request.id)


def _begin(place: Path, served: Sequence[Request]) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    answers, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(place, served, theirs))
    worker.start()
    theirs.close()
    return worker, answers


def _kill_in_its_midst(worker: BaseProcess, answers: Connection) -> int:
    received = 0
    for _ in _received(answers):
        received += 1
        if received == _KILLED_AFTER:
            worker.kill()
    worker.join()
    return received


def _received(answers: Connection) -> Iterable[str]:
    """The ids of requests a worker answered, until it ends."""
    with closing(answers):
        while True:
            try:
                yield answers.recv()
            except EOFError:
                return


if __name__ == "__main__":
    sys.exit(main())
