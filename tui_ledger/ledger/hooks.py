"""Who is asked before a posting and told after it? Plug-ins through pluggy, and functions registered on a ledger."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tui_ledger.errors import HookFailed, PostingRefused
from tui_ledger.ledger.values import Draft, Transaction

if TYPE_CHECKING:
    import pluggy

PROJECT = "tui_ledger"
Before = Callable[[Draft], Draft | Iterable[Draft] | None]
After = Callable[[Transaction], object]
Hook = TypeVar("Hook", bound=Callable[..., Any])
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HookFailure:
    """An after-hook that failed: its name, the transaction it was told of, and what it raised. The books stand."""

    hook: str
    transaction: int
    problem: Exception


class Hooks:
    """The hooks of one ledger, in order: functions as they were registered, then plug-ins by their names.

    `before_post(draft)` returns a changed draft, further drafts to be written with it, or None; PostingRefused refuses
    the act with its own sentence, any other exception refuses it and names the hook. `after_post(transaction)` runs
    after the commit; what it raises is kept in `failures` and stops nothing.
    """

    def __init__(self) -> None:
        self._before: list[tuple[str, Before]] = []
        self._after: list[tuple[str, After]] = []
        self.failures: list[HookFailure] = []

    @property
    def any_before(self) -> bool:
        return bool(self._before)

    @property
    def any_after(self) -> bool:
        return bool(self._after)

    def add_before(self, hook: Before, name: str | None = None) -> None:
        self._before.append((name or _name_of(hook), hook))

    def add_after(self, hook: After, name: str | None = None) -> None:
        self._after.append((name or _name_of(hook), hook))

    def add_plugin(self, plugin: object, name: str) -> None:
        """A module or object with `before_post` or `after_post`, or both."""
        manager = _manager()
        manager.register(plugin, name)
        for hook in manager.hook.before_post.get_hookimpls():
            self.add_before(cast(Before, hook.function), name)
        for hook in manager.hook.after_post.get_hookimpls():
            self.add_after(hook.function, name)

    def add_installed(self) -> None:
        """The plug-ins of the entry-point group `tui_ledger`, by name."""
        manager = _manager()
        manager.load_setuptools_entrypoints(PROJECT)
        for name, plugin in sorted(manager.list_name_plugin()):
            if plugin is not None:
                self.add_plugin(plugin, name)

    def prepared(self, draft: Draft) -> list[Draft]:
        """The draft as the before-hooks leave it, first, and the further drafts they ask for."""
        further: list[Draft] = []
        for name, hook in self._before:
            answer = self._asked(name, hook, draft)
            if isinstance(answer, Draft):
                draft = answer
            elif answer is not None:
                further.extend(_drafts(name, answer))
        return [draft, *further]

    def tell(self, transactions: Iterable[Transaction]) -> None:
        """Tells every after-hook of every transaction."""
        for transaction in transactions:
            for name, hook in self._after:
                self._told(name, hook, transaction)

    def _asked(self, name: str, hook: Before, draft: Draft) -> Draft | Iterable[Draft] | None:
        try:
            return hook(draft)
        except PostingRefused:
            raise
        except Exception as problem:
            raise HookFailed(hook=name, problem=f"{type(problem).__name__}: {problem}") from problem

    def _told(self, name: str, hook: After, transaction: Transaction) -> None:
        try:
            hook(transaction)
        except Exception as problem:  # noqa: BLE001 -- a plug-in may raise anything, and the books stand
            _LOG.warning("after_post of %s failed: %s", name, type(problem).__name__)
            self.failures.append(HookFailure(name, transaction.number, problem))


def _drafts(name: str, answer: object) -> list[Draft]:
    given = list(answer) if isinstance(answer, Iterable) else [answer]
    drafts = [draft for draft in given if isinstance(draft, Draft)]
    if len(drafts) < len(given):
        raise HookFailed(hook=name, problem="it returned something that is no draft")
    return drafts


def _name_of(hook: Callable[..., Any]) -> str:
    return f"{getattr(hook, '__module__', '')}.{getattr(hook, '__qualname__', repr(hook))}"


def _manager() -> pluggy.PluginManager:
    import pluggy

    specification = pluggy.HookspecMarker(PROJECT)

    class Specification:
        @specification
        def before_post(self, draft: Draft) -> Draft | Iterable[Draft] | None:
            """May change the draft, refuse it, or return drafts to be written with it."""

        @specification
        def after_post(self, transaction: Transaction) -> None:
            """Told after the commit."""

    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Specification)
    return manager
