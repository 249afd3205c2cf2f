"""Which transactions are posted at random? In one currency and in several, alone and in batches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.acts.comparing import Comparing
from tests.acts.oracle import (
    ADJUSTMENTS,
    DIGITS,
    EUROS,
    FOREIGN,
    TILL,
    AccountChange,
    Change,
    Entered,
    Lines,
    Opened,
    Refused,
    TransactionChange,
    sign_of,
)
from tui_ledger.ledger import Draft, DraftPosting, Transaction, WrittenPrice
from tui_ledger.ledger.accounts import AccountDraft

EXTRA = "Assets:Extra"


class Posting(Comparing):
    """Posts, transfers and batches, one in ten of them off by a cent."""

    def post(self) -> None:
        day, lines, actor = self.day(), self.euros(), self.actor()

        def expected() -> list[Change]:
            return self.oracle.act(actor, [self._entered(day, "post", self.need_balanced(lines))])

        self.attempt("post", expected, lambda: self.ledger.post("post", *self.postings(lines), date=day, actor=actor))

    def priced(self) -> None:
        """Foreign lines with prices in euro."""
        day, actor = self.day(), self.actor()
        lines, drafted = self._priced_lines()

        def expected() -> list[Change]:
            return self.oracle.act(actor, [self._entered(day, "priced", self.oracle.converted(lines))])

        self.attempt("priced", expected, lambda: self.ledger.post("priced", *drafted, date=day, actor=actor))

    def transfer(self) -> None:
        pool = [*EUROS, *FOREIGN["USD"], *FOREIGN["JPY"], *self.extras()]
        source, target = self.choose.sample(pool, 2)
        sent, arrived = self.choose.randint(0, 9_999), self.choose.randint(1, 9_999)
        self.moved(source, target, sent, arrived, self.day(), self.actor())

    def moved(self, source: str, target: str, sent: int, arrived: int, day: date, actor: str) -> None:
        """A transfer between two accounts, in their minor units."""
        oracle = self.oracle
        same = oracle.currencies[source] == oracle.currencies[target]
        direction = -1 if sign_of(source) < 0 and sign_of(target) < 0 else 1
        lines = ((source, -direction * sent), (target, direction * (sent if same else arrived)))

        def expected() -> list[Change]:
            if sent <= 0:
                raise Refused
            whole = tuple(sorted(lines)) if same else oracle.converted(lines)
            return oracle.act(actor, [self._entered(day, "transfer", whole)])

        def run() -> object:
            received = None if same else self.text(arrived, target)
            names, amount = (self.name(source), self.name(target)), self.text(sent, source)
            return self.ledger.transfer(*names, amount, received=received, date=day, memo="transfer", actor=actor)

        self.attempt("transfer", expected, run)

    def move(self) -> None:
        """An account up or down in its own direction, against another."""
        oracle, actor, day = self.oracle, self.actor(), self.day()
        name = self.choose.choice(("increase", "decrease"))
        account, against = self.choose.sample([*EUROS, *self.extras()], 2)
        amount = self.choose.randint(-200, 9_999)
        units = sign_of(account) * (amount if name == "increase" else -amount)

        def expected() -> list[Change]:
            if amount <= 0:
                raise Refused
            lines = tuple(sorted(((account, units), (against, -units))))
            return oracle.act(actor, [self._entered(day, name, lines)])

        moving: Callable[..., object] = getattr(self.ledger, name)
        texts = {"date": day, "memo": name, "actor": actor}
        target, other, text = self.name(account), self.name(against), self.text(amount, account)
        self.attempt(name, expected, lambda: moving(target, text, against=other, **texts))

    def keyed(self) -> None:
        """Posted under a key, asked for again, and asked for with other content: once in the book."""
        day, lines, actor = self.day(), self.euros(), self.actor()
        key = self.fresh_name("key")

        def expected() -> list[Change]:
            return self.oracle.act(actor, [self._entered(day, "keyed", self.need_balanced(lines))])

        def run(memo: str = "keyed") -> Transaction:
            return self.ledger.post(memo, *drafted, date=day, actor=actor, key=key)

        drafted = list(self.postings(lines))
        done = self.attempt("keyed", expected, run)
        if isinstance(done, Transaction):
            before = self._state()
            assert run().number == done.number, "a key was booked twice"
            assert self._state() == before, "a repeated key changed the book"
            self.attempt("keyed", _refuse, lambda: run("other"))

    def batch(self) -> None:
        """One to four transactions as one act; one time in five it opens an account and uses it."""
        entered = [(self.day(), self.euros()) for _ in range(self.choose.randint(1, 4))]
        actor, new = self.actor(), self.fresh_name(EXTRA) if self.choose.random() < 0.2 else None
        if new is not None:
            self.oracle.currencies[new] = "EUR"
            entered.append((self.day(), ((new, 500), ("Income:Sales", -500))))

        def expected() -> list[Change]:
            return self.oracle.act(actor, self._batched(entered, new))

        opened = [] if new is None else [AccountDraft(new, "asset")]
        lines = [
            tuple(
                DraftPosting(new if account == new else self.name(account), self.text(units, account))
                for account, units in one
            )
            for _, one in entered
        ]
        drafts = [Draft(day, "batch", one) for (day, _), one in zip(entered, lines, strict=True)]
        self.attempt("batch", expected, lambda: self.ledger.post_batch(drafts, accounts=opened, actor=actor))

    def euros(self) -> Lines:
        """Balanced lines in euro, each account once; one time in ten off by a cent."""
        usual = EUROS if self.choose.random() < 0.2 else EUROS[:-1]
        names = self.choose.sample([*usual, *self.extras()], self.choose.randint(2, 4))
        amounts = [self.choose.choice([-1, 1]) * self.choose.randint(1, 50_000) for _ in names[1:]]
        rest = -sum(amounts) + (self.choose.random() < 0.1)
        return tuple(zip(names, [*amounts, rest], strict=True))

    def need_balanced(self, lines: Lines) -> Lines:
        """The lines as they are kept; refused where they do not balance or one is zero."""
        if sum(units for _, units in lines) != 0 or any(units == 0 for _, units in lines):
            raise Refused
        return tuple(sorted(lines))

    def extras(self) -> list[str]:
        """Now and then one of the accounts in euro opened on the way, existing or not."""
        if self.choose.random() < 0.7:
            return []
        found = [one for one, code in self.oracle.currencies.items() if code == "EUR" and one.startswith(EXTRA)]
        return [self.choose.choice(found[-8:])] if found else []

    def fresh_name(self, parent: str) -> str:
        """A name that no account ever had."""
        self.serial += 1
        return f"{parent} {self.serial}"

    def _entered(self, day: date, memo: str, lines: Lines, ahead: int = 0) -> TransactionChange:
        self.oracle.need_open(day)
        self.oracle.need_usable(lines)
        return TransactionChange(self.oracle.next_number() + ahead, None, Entered(day, memo, lines))

    def _batched(self, entered: list[tuple[date, Lines]], new: str | None) -> list[Change]:
        changes: list[Change] = []
        if new is not None:
            self.oracle.need_name(new, "asset", ())
            changes.append(AccountChange(new, None, Opened(self.oracle.next_row(), new)))
        for place, (day, lines) in enumerate(entered):
            self.oracle.need_usable(tuple(line for line in lines if line[0] != new))
            self.oracle.need_open(day)
            kept = Entered(day, "batch", self.need_balanced(lines))
            changes.append(TransactionChange(self.oracle.next_number() + place, None, kept))
        return changes

    def _priced_lines(self) -> tuple[Lines | None, list[DraftPosting]]:
        """One to three foreign lines with prices in euro and what they come to; None where it does not fit."""
        bank = "Assets:Bank"
        lines, drafted, cost, count = [], [], Fraction(0), self.choose.randint(1, 3)
        for _ in range(count):
            code = self.choose.choice(list(FOREIGN))
            account = self.choose.choice(FOREIGN[code])
            units = self.choose.choice([-1, 1]) * self.choose.randint(1, 100_000)
            price = Decimal(self.choose.randint(1, 99_999)).scaleb(-4)
            total = self.choose.random() < 0.3
            worth = Fraction(price) * (1 if total else Fraction(abs(units), 10 ** DIGITS[code]))
            cost += worth if units > 0 else -worth
            lines.append((account, units))
            written = WrittenPrice(price, "EUR", total=total)
            drafted.append(DraftPosting(self.name(account), self.text(units, account), price=written))
        exact = -cost * 100
        paid = round(exact) + self.choose.choices([0, 1, -1, 5], [7, 1, 1, 1])[0]
        lines.append((bank, paid))
        drafted.append(DraftPosting(self.name(bank), self.text(paid, bank)))
        needless = not any(self.oracle.sums_of(lines).values())
        fits = paid != 0 and (needless or paid == exact or abs(paid - exact) < count)
        return (tuple(lines) if fits else None), drafted

    def nonsense(self) -> None:
        """What no book takes."""
        ledger, bank, cash, till = self.ledger, *map(self.name, ("Assets:Bank", "Assets:Cash", TILL))
        yen, dollars = self.name("Assets:Yen"), self.name("Assets:Dollars")
        acts = [
            lambda: ledger.post("x", DraftPosting(bank, "5"), DraftPosting("Assets:Nowhere", "-5")),
            lambda: ledger.post("x", DraftPosting(bank, 0.5), DraftPosting(cash, "-0.5")),  # type: ignore[arg-type]
            lambda: ledger.post("x", DraftPosting(bank, "5"), DraftPosting(dollars, "-5")),
            lambda: ledger.post("x", DraftPosting(bank, "5")),
            lambda: ledger.post("x", DraftPosting(bank, "0.001"), DraftPosting(cash)),
            lambda: ledger.transfer(bank, bank, 5),
            lambda: ledger.transfer(bank, dollars, 5),
            lambda: ledger.transfer(bank, cash, -5),
            lambda: ledger.transfer({"user": 1}, bank, 0, create_missing=True),
            lambda: ledger.increase(yen, "1.5"),
            lambda: ledger.edit(1, date="2026-02-30"),
            lambda: ledger.edit(1, DraftPosting(bank, "1"), DraftPosting(cash, "1")),
            lambda: ledger.close_account(till) if ledger.balance(till) else ledger.undo(actor="nobody"),
            lambda: ledger.rename_account(bank, f"{bank}:Below"),
            lambda: ledger.rename_account(bank, "Equity:Bank"),
            lambda: ledger.open_account("Equity:Odd", "asset"),
            lambda: ledger.open_account(ADJUSTMENTS, "equity"),
            lambda: ledger.edit_account(bank, type="income"),
            lambda: ledger.set_setting("", 1),
            lambda: ledger.reopen_period(self.base, reason=""),
            lambda: ledger.redo(actor="nobody"),
        ]
        self.attempt("nonsense", _refuse, self.choose.choice(acts))


def _refuse() -> list[Change]:
    raise Refused
