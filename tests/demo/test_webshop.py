"""The example of a web application: many processes, requests delivered twice, a worker killed, every figure right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tui_ledger.demo.webshop import Request, expected, handle, open_shop, outcome, requests, serve
from tui_ledger.ledger import Ledger


def test_four_processes_serve_every_request_once_though_delivered_twice_and_one_killed(tmp_path: Path) -> None:
    place, served = tmp_path / "shop.ledger", requests(200)
    open_shop(place)
    assert {one.kind for one in served} == {"pay-in", "order", "refund"}
    answered = serve(place, served, workers=4)
    assert answered > 2 * len(served)
    said = outcome(place, served)
    assert said.found == said.expected
    assert (said.commissions, said.discrepancies) == (said.commissions_expected, 0)
    assert said.is_right
    with Ledger.open(place) as ledger:
        orders = [one for one in ledger.journal() if (one.reference or "").startswith("order ")]
        assert len(orders) == len({one.order for one in served if one.kind == "order"})
        paid = [one.reference for one in ledger.journal("tag:commission")]
        assert len(paid) == len(set(paid)) > said.commissions


def test_what_should_be_is_worked_out_without_the_book() -> None:
    served = [
        Request("1", "pay-in", "customer1", 1000),
        Request("2", "order", "customer1", 105, "a"),
        Request("3", "order", "customer1", 105, "a"),
        Request("4", "order", "customer1", 100, "b"),
        Request("5", "refund", "customer1", order="b"),
    ]
    owed, paid = expected(served)
    assert (owed["customer1"], owed["customer0"], paid) == (1000 - 105 - 495 - 126, 11, 1)


def test_a_request_that_is_repeated_gets_its_first_answer(tmp_path: Path) -> None:
    open_shop(tmp_path / "shop.ledger")
    with Ledger.open(tmp_path / "shop.ledger") as ledger:
        request = Request("buy", "order", "customer1", 100, "order 1")
        answers = {handle(ledger, request) for _ in range(3)}
        assert len(answers) == 1
        assert handle(ledger, Request("again", "order", "customer1", 100, "order 1")) is None
        assert len(ledger.journal()) == 2


def test_it_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "tui_ledger.demo.webshop", "--workers", "2", "--requests", "20"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=dict(os.environ))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("every figure is right\n")
