"""Who does random acts of every kind in a book and in its oracle? Their weights, and the acts on the chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tests.acts.comparing import SETTINGS
from tests.acts.correcting import Correcting
from tests.acts.oracle import KEPT, AccountChange, Change, Opened, Refused, SettingChange, kind_of
from tests.acts.posting import EXTRA

EVERY_ACT = frozenset(
    {
        *(
            "post",
            "priced",
            "transfer",
            "increase",
            "decrease",
            "keyed",
            "batch",
            "edit",
            "void",
            "reverse",
            "undo",
            "redo",
            "close",
            "reopen",
        ),
        *("open-account", "rename", "close-account", "reopen-account", "delete", "edit-account", "setting", "nonsense"),
    }
)


class Clerk(Correcting):
    """Does the same at random in the ledger and in the oracle."""

    def act(self) -> None:
        """One act, or a few steps of undo or redo."""
        acts: list[tuple[int, Callable[[], None]]] = [
            (22, self.post),
            (12, self.priced),
            (8, self.transfer),
            (4, self.move),
            (3, self.keyed),
            (5, self.batch),
            (14, self.edit),
            (6, lambda: self.void(self.number(), self.actor())),
            (6, self.reverse),
            (12, lambda: self.undo_and_redo(self.actor())),
            (1, lambda: self.step("redo", self.actor())),
            (2, self.close_period),
            (1, self.reopen_period),
            (3, lambda: self.open_account(self.actor())),
            (3, self.rename),
            (2, self.close_account),
            (2, self.reopen_account),
            (2, lambda: self.delete_account(self._account(), self.actor())),
            (1, self.replace_account),
            (1, self.edit_account),
            (1, self.set_setting),
            (5, self.nonsense),
        ]
        self.base += timedelta(days=self.choose.random() < 0.15)
        self.choose.choices([act for _, act in acts], [weight for weight, _ in acts])[0]()

    def open_account(self, actor: str) -> None:
        """Mostly a new asset; now and then one below another account, of its type or of a wrong one."""
        code = self.choose.choice(["EUR", "EUR", "USD"])
        parent = self._standing_name() if self.choose.random() < 0.2 else EXTRA
        new = self.fresh_name(EXTRA)
        name = new if parent == EXTRA else f"{parent}:{new.rpartition(':')[2]}"

        def expected() -> list[Change]:
            self.oracle.need_name(name, "asset", ())
            self.oracle.currencies[new] = code
            return self.oracle.act(actor, [AccountChange(new, None, Opened(self.oracle.next_row(), name))])

        self.attempt(
            "open-account", expected, lambda: self.ledger.open_account(name, "asset", currency=code, actor=actor)
        )

    def rename(self) -> None:
        """An account or a node of the tree, with all below it: to a new name, below another account, or to its name."""
        node, actor = self._node(), self.actor()
        leaf = node.rpartition(":")[2] if self.choose.random() < 0.3 else self.fresh_name("Part")
        parent = self.choose.choice([node.partition(":")[0], self._standing_name(), self.fresh_name("Part")])
        new = f"{parent}:{leaf}" if len(parent) < 60 else self.fresh_name("Part")
        if self.choose.random() < 0.1:
            new = self._standing_name()

        def expected() -> list[Change]:
            return self.oracle.act(actor, self._renamed(node, new))

        done = self.attempt("rename", expected, lambda: self.ledger.rename_account(node, new, actor=actor))
        if done is not None and self.choose.random() < 0.3:
            self._take_name(node, self.other(actor))
            self.step("undo", actor)

    def _take_name(self, name: str, actor: str) -> None:
        """Another account gets a name that was given up."""
        node = self._node()

        def expected() -> list[Change]:
            return self.oracle.act(actor, self._renamed(node, name))

        self.attempt("rename", expected, lambda: self.ledger.rename_account(node, name, actor=actor))

    def close_account(self) -> None:
        """Often emptied first."""
        account, actor = self._account(), self.actor()
        day = self.base + timedelta(days=self.choose.choice([-30, 0, 25, 400]))
        held = self.oracle.balance(account, date.max)
        if self.choose.random() < 0.6 and self.oracle.currencies[account] == "EUR" and account != "Assets:Bank":
            source, target = (account, "Assets:Bank") if held > 0 else ("Assets:Bank", account)
            self.moved(source, target, abs(held), 0, self.base, actor)

        def expected() -> list[Change]:
            now = self._existing(account)
            numbers = self.oracle.used.get(account, set())
            last = max((self.oracle.entered[number].date for number in numbers), default=day)
            if now.closed is not None or self.oracle.balance(account, date.max) or last > day:
                raise Refused
            return self.oracle.act(actor, [AccountChange(account, now, replace(now, closed=day))])

        name = self.name(account)
        self.attempt("close-account", expected, lambda: self.ledger.close_account(name, date=day, actor=actor))

    def reopen_account(self) -> None:
        """One that is open stays as it is, and nothing is kept of it."""
        closed = [one for one, held in self.oracle.accounts.items() if held.closed is not None]
        account = self.choose.choice(closed) if closed and self.choose.random() < 0.9 else self._account()
        actor = self.actor()

        def expected() -> list[Change]:
            now = self._existing(account)
            changes = [AccountChange(account, now, replace(now, closed=None))] if now.closed is not None else []
            return self.oracle.act(actor, [*changes])

        name = self.name(account)
        self.attempt("reopen-account", expected, lambda: self.ledger.reopen_account(name, actor=actor))
        if self.oracle.currencies[account] == "EUR" and account != "Assets:Bank" and self.choose.random() < 0.5:
            self.moved("Assets:Bank", account, 100, 0, self.base, self.other(actor))
            self.step("undo", actor)

    def delete_account(self, account: str, actor: str) -> None:
        def expected() -> list[Change]:
            now = self._existing(account)
            if self.oracle.used.get(account):
                raise Refused
            return self.oracle.act(actor, [AccountChange(account, now, None)])

        name = self.name(account)
        self.attempt("delete", expected, lambda: self.ledger.delete_account(name, actor=actor))
        if self.choose.random() < 0.3:
            self.open_account(self.other(actor))
            self.undo_and_redo(self.other(actor))
            self.step("undo", self.actor())

    def replace_account(self) -> None:
        """What was posted to a new account is voided, the account deleted, another opened, and the void taken back."""
        actor = self.actor()
        self.open_account(actor)
        account, number = list(self.oracle.currencies)[-1], self.oracle.next_number()
        if self.oracle.currencies[account] != "EUR" or account not in self.oracle.accounts:
            return
        self.moved("Assets:Bank", account, 100, 0, self.base, actor)
        self.void(number, actor)
        self.delete_account(account, self.other(actor))
        self.open_account(self.other(actor))
        self.undo_and_redo(self.other(actor))
        self.step("undo", actor)

    def edit_account(self) -> None:
        account, actor, shelf = self._account(), self.actor(), str(self.choose.randint(1, 9))

        def expected() -> list[Change]:
            now = self._existing(account)
            return self.oracle.act(actor, [AccountChange(account, now, replace(now, shelf=shelf))])

        name, given = self.name(account), {"shelf": shelf}
        self.attempt("edit-account", expected, lambda: self.ledger.edit_account(name, attributes=given, actor=actor))

    def set_setting(self) -> None:
        name, actor = self.choose.choice(SETTINGS), self.actor()
        value = self.choose.choice([None, 1, 2, 3])

        def expected() -> list[Change]:
            return self.oracle.act(actor, [SettingChange(name, self.oracle.settings.get(name), value)])

        self.attempt("setting", expected, lambda: self.ledger.set_setting(name, value, actor=actor))

    def _renamed(self, node: str, new: str) -> list[Change]:
        moved = self.oracle.below(node)
        if not moved or new.startswith(f"{node}:"):
            raise Refused
        changes: list[Change] = []
        for account in moved:
            now = self.oracle.accounts[account]
            target = new + now.name[len(node) :]
            self.oracle.need_name(target, kind_of(account), moved)
            changes.append(AccountChange(account, now, replace(now, name=target)))
        return changes

    def _existing(self, account: str) -> Opened:
        if account not in self.oracle.accounts:
            raise Refused
        return self.oracle.accounts[account]

    def _account(self) -> str:
        """One the acts on the chart may touch: mostly one of the last opened, existing or not."""
        free = [one for one in self.oracle.currencies if one not in KEPT]
        extras = [one for one in free if one.startswith(EXTRA)][-12:]
        return self.choose.choice(extras if extras and self.choose.random() < 0.8 else free)

    def _standing_name(self) -> str:
        """The name of one that was not deleted."""
        standing = [one for one in self.oracle.accounts if one not in KEPT]
        return self.name(self.choose.choice(standing[-15:]))

    def _node(self) -> str:
        """An account, or a name above one; never the root of those the ledger finds by name."""
        name = self.name(self._account())
        above = name.rpartition(":")[0]
        return above if above and above != "Equity" and self.choose.random() < 0.2 else name
