"""Who is asked before a posting and told after it? Plug-ins through pluggy, and functions registered on a ledger."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from tui_ledger.errors import HookFailed, PostingRefused
from tui_ledger.ledger.values import Draft, Transaction
from tui_ledger.words import N_

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

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
    after the commit; what it raises is kept in `failures` and stops nothing. Edits ask no hook. Plug-ins installed
    under the entry-point group `tui_ledger` are loaded when something is posted for the first time.

    A function added `in_write` is asked behind the others, under the lock: for what is decided by what the book holds,
    such as something paid once. It may read the ledger, and must not post by itself.
    """

    def __init__(self) -> None:
        self._to_be_loaded = True
        self._loading = threading.Lock()
        self._before: list[_Registered[Before]] = []
        self._in_write: list[_Registered[Before]] = []
        self._after: list[_Registered[After]] = []
        self.failures: list[HookFailure] = []

    @property
    def any_before(self) -> bool:
        self._load_once()
        return bool(self._before)

    @property
    def any_after(self) -> bool:
        self._load_once()
        return bool(self._after)

    @property
    def any_in_write(self) -> bool:
        return bool(self._in_write)

    def add_before(self, hook: Before, name: str | None = None, *, in_write: bool = False) -> None:
        _register(self._in_write if in_write else self._before, _Registered(name or _name_of(hook), hook))

    def add_after(self, hook: After, name: str | None = None) -> None:
        _register(self._after, _Registered(name or _name_of(hook), hook))

    def add_plugin(self, plugin: object, name: str) -> None:
        """A module or object with `before_post` or `after_post`, or both, with pluggy's marker or without."""
        manager = _manager()
        manager.register(plugin, name)
        for hook in manager.hook.before_post.get_hookimpls():
            _register(self._before, _Registered(name, cast(Before, _taking_one(hook)), of_plugin=True))
        for hook in manager.hook.after_post.get_hookimpls():
            _register(self._after, _Registered(name, _taking_one(hook), of_plugin=True))

    def add_installed(self) -> None:
        """The plug-ins of the entry-point group `tui_ledger`, once, by name; raises HookFailed for a broken one."""
        from importlib.metadata import entry_points

        if not self._to_be_loaded:
            return
        before, after = [*self._before], [*self._after]
        try:
            for found in sorted(entry_points(group=PROJECT), key=lambda one: one.name):
                self._add_found(found)
        except HookFailed:
            self._before, self._after = before, after
            raise
        self._to_be_loaded = False

    def _add_found(self, found: EntryPoint) -> None:
        try:
            self.add_plugin(found.load(), found.name)
        except (Exception, SystemExit) as problem:
            raise HookFailed(hook=found.name, problem=f"{type(problem).__name__}: {problem}") from problem

    def prepared(self, draft: Draft) -> list[Draft]:
        """The draft as the before-hooks leave it, first, and the further drafts they ask for."""
        return self._asked_of_all(self._before, draft)

    def prepared_in_write(self, draft: Draft, bundled: Mapping[str, Before]) -> list[Draft]:
        """The same by the hooks that are asked under the lock, and then by the add-ons of the program."""
        return self._asked_of_all([*self._in_write, *(_Registered(*one) for one in bundled.items())], draft)

    def _asked_of_all(self, hooks: Iterable[_Registered[Before]], draft: Draft) -> list[Draft]:
        further: list[Draft] = []
        for one in hooks:
            changed, added = self._asked(one.name, one.hook, draft)
            draft = changed or draft
            further.extend(added)
        return [draft, *further]

    def tell(self, transactions: Iterable[Transaction]) -> None:
        """Tells every after-hook of every transaction."""
        for transaction in transactions:
            for one in self._after:
                self._told(one.name, one.hook, transaction)

    def _load_once(self) -> None:
        with self._loading:
            if self._to_be_loaded:
                self.add_installed()

    def _asked(self, name: str, hook: Before, draft: Draft) -> tuple[Draft | None, list[Draft]]:
        """The changed draft, if any, and the further ones; what a generator raises on its way is the hook's too."""
        try:
            answer = hook(draft)
            if answer is None or isinstance(answer, Draft):
                return answer, []
            return None, _drafts(name, answer)
        except (PostingRefused, HookFailed):
            raise
        except (Exception, SystemExit) as problem:
            raise HookFailed(hook=name, problem=f"{type(problem).__name__}: {problem}") from problem

    def _told(self, name: str, hook: After, transaction: Transaction) -> None:
        try:
            hook(transaction)
        except Exception as problem:  # noqa: BLE001 -- a plug-in may raise anything, and the books stand
            _LOG.warning("after_post of %s failed: %s", name, type(problem).__name__)
            self.failures.append(HookFailure(name, transaction.number, problem))


@dataclass(frozen=True, slots=True)
class _Registered(Generic[Hook]):
    name: str
    hook: Hook
    of_plugin: bool = False


def _register(hooks: list[_Registered[Hook]], hook: _Registered[Hook]) -> None:
    """Keeps the order: functions as they came, then plug-ins by their names."""
    hooks.append(hook)
    hooks.sort(key=lambda one: (one.of_plugin, one.name if one.of_plugin else ""))


def _taking_one(hook: pluggy.HookImpl) -> Callable[[Any], object]:
    """A plug-in's function as it is called here; pluggy lets it leave its argument out."""
    function = hook.function
    return function if hook.argnames else lambda _: function()


def _drafts(name: str, answer: object) -> list[Draft]:
    given = list(answer) if isinstance(answer, Iterable) else [answer]
    drafts = [draft for draft in given if isinstance(draft, Draft)]
    if len(drafts) < len(given):
        raise HookFailed(hook=name, problem=N_("it returned something that is no draft"))
    return drafts


def _name_of(hook: Callable[..., Any]) -> str:
    return f"{getattr(hook, '__module__', '')}.{getattr(hook, '__qualname__', repr(hook))}"


def _manager() -> pluggy.PluginManager:
    import pluggy

    specification = pluggy.HookspecMarker(PROJECT)
    implementation_options: pluggy.HookimplOpts = {
        "wrapper": False,
        "hookwrapper": False,
        "optionalhook": False,
        "tryfirst": False,
        "trylast": False,
        "specname": None,
    }

    class Specification:
        @specification
        def before_post(self, draft: Draft) -> Draft | Iterable[Draft] | None:
            """May change the draft, refuse it, or return drafts to be written with it."""

        @specification
        def after_post(self, transaction: Transaction) -> None:
            """Told after the commit."""

    class Plugins(pluggy.PluginManager):
        def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
            """The marker's options; a function of the right name needs no marker."""
            marked = super().parse_hookimpl_opts(plugin, name)
            unmarked = marked is None and name in ("before_post", "after_post") and callable(getattr(plugin, name))
            return implementation_options if unmarked else marked

    manager = Plugins(PROJECT)
    manager.add_hookspecs(Specification)
    return manager
