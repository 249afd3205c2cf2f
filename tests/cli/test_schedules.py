"""What recurs, from the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def rented(at_shop: Call) -> Call:
    at_shop("account", "open", "Expenses:Rent", "--type", "expense")
    kept = at_shop(
        "schedule", "add", "Rent", "Expenses:Rent 700", "Assets:Bank", "--every", "month", "--first", "2026-01-31",
        "--until", "2026-04-30", "--on", "last-working-day", "--payee", "Landlord", "--memo", "Rent",
    )  # fmt: skip
    assert kept.out == "Keeps Rent, every month on the last working day from 2026-01-31 until 2026-04-30.\n"
    return at_shop


def test_what_is_due_is_listed_posted_and_skipped(rented: Call) -> None:
    due = rented("schedule", "due", "--through", "2026-03-31", "--json").json
    assert [one["day"] for one in due["due"]] == ["2026-01-30", "2026-02-27", "2026-03-31"]
    assert due["due"][1] == {"day": "2026-02-27", "schedule": "Rent", "payee": "Landlord", "memo": "Rent"}
    posted = rented("schedule", "post", "Rent", "2026-02-27", "--json").json
    assert (posted["number"], posted["balances"]["Expenses:Rent"]) == (1, "700.00")
    assert rented("schedule", "skip", "Rent", "2026-03-31").out == "Skipped Rent on 2026-03-31; next 2026-01-30.\n"
    assert rented("schedule", "list", "--json").json["schedules"][0]["next"] == "2026-01-30"
    assert rented("schedule", "post", "--all", "--json").json["numbers"] == [2, 3]
    assert rented("schedule", "post", "--all").out == "Nothing is due.\n"
    assert rented("schedule", "due").out == "Nothing is due.\n"
    assert "ended" in rented("schedule", "list").out


def test_a_schedule_is_made_like_a_transaction_and_deleted(rented: Call) -> None:
    rented("post", "--date", "2026-01-10", "--memo", "Loan", "Assets:Bank -50", "Liabilities:VAT 50")
    kept = rented(
        "schedule", "add", "Loan", "--like", "1", "--every", "2-weeks", "--first", "2026-02-01", "--json"
    ).json
    assert (kept["recurs"], kept["next"]) == ("every 2 weeks from 2026-02-01", "2026-02-01")
    assert [line["account"] for line in kept["template"]["lines"]] == ["Liabilities:VAT", "Assets:Bank"]
    assert rented("schedule", "delete", "loan").out == "Deleted the schedule Loan.\n"
    assert "Loan" not in rented("schedule", "list").out


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["post", "Loan"], "There is no schedule 'Loan' in this book: `schedule list` shows those there are."),
        (["post"], "Name a schedule, and a day of it if you like; or say --all without a day."),
        (
            ["post", "Rent", "2026-02-28"],
            "The schedule 'Rent' has nothing due on 2026-02-28: it does not recur on that day.",
        ),
        (
            ["add", "X", "--every", "month"],
            "Say what recurs: either postings, or --like N for a transaction to repeat.",
        ),
        (
            ["add", "X", "Assets:Bank 5", "Income:Sales", "--every", "fortnight"],
            "'fortnight' is no interval: write day, week, month, quarter, year or 2-weeks.",
        ),
        (
            ["add", "X", "--like", "9", "--every", "month"],
            "There is no transaction 9: this book's numbers run from 1 to 0.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line(rented: Call, arguments: list[str], refusal: str) -> None:
    assert rented("schedule", *arguments).refusal == refusal
