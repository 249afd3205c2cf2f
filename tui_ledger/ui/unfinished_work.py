"""When is unfinished work kept, offered again and dropped? While typing, at the next start, when posted or closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from tui_ledger.errors.system import system_reason
from tui_ledger.paths import state_folder
from tui_ledger.ui.kept_forms import taken_up
from tui_ledger.ui.key_signs import shown_key
from tui_ledger.ui.unfinished import KeptForm, Unfinished, UnfinishedForms
from tui_ledger.words import _, ngettext

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench
    from tui_ledger.ui.screens.transactions import TransactionsScreen

KEEPING_SECONDS = 1.0
OFFERED_SECONDS = 20.0
"""Longer than other toasts: somebody who comes back after a lost line has to find it."""


class UnfinishedWork:
    """The part of the workbench that keeps what was typed and not posted."""

    _unfinished: UnfinishedForms | None = None
    _kept: tuple[KeptForm, ...] = ()
    _offered: tuple[tuple[KeptForm, datetime, Unfinished], ...] = ()
    _turn = 0
    _is_left = False
    _is_ending = False
    _is_writing = False
    _problem: OSError | None = None
    _was_refused = False

    def on_mount(self) -> None:
        ledger = _bench(self).desk.ledger
        if ledger.read_only or ":memory:" in ledger.place:
            return
        place = ledger.place if ledger.path is None else str(ledger.path.resolve())
        who = ledger.signed_in
        self._unfinished = UnfinishedForms(state_folder(), place if who is None else f"{place}\n{who.name}")
        self._offer(self._unfinished.left_behind())
        _bench(self).set_interval(KEEPING_SECONDS, self._keep_beside)

    async def _on_exit_app(self) -> None:
        """Whoever leaves knowingly has dropped what was typed; whoever is cut off has not.

        Once the screens close, fields lose the focus and write out what was typed only in part.
        """
        self._keep(() if self._is_left else self._typed())
        self._is_ending = True

    def on_unmount(self) -> None:
        """An error of the program comes here without a word before."""
        if self._unfinished is not None:
            if not self._is_ending:
                self._keep(self._typed())
            self._unfinished.close()

    def exit(self, *arguments: Any, **options: Any) -> None:
        self._is_left = True
        super().exit(*arguments, **options)  # type: ignore[misc]

    def note_form_settled(self) -> None:
        """A form was posted or closed: what stood in it must not be offered again, whatever happens next."""
        self._keep(self._typed())

    def take_up_unfinished(self, screen: TransactionsScreen) -> bool:
        """The latest of what was left behind into a screen's form; False where nothing is.

        The offer goes, so that it does not cover what it offered.
        """
        if not self._offered or screen.form.is_open:
            return False
        (form, at, left), *rest = self._offered
        self._offered = tuple(rest)
        desk = _bench(self).desk
        _bench(self).clear_notifications()
        found = taken_up(form, desk.ledger, self._moment_in_words(at), desk.formats.locale)
        screen.form.take_up(found, form)
        self._keep(self._typed())
        if self._unfinished is not None and all(other[2] is not left for other in rest):
            self._unfinished.drop(left)
        return True

    def _offer(self, found: Sequence[Unfinished]) -> None:
        self._offered = tuple((form, one.at, one) for one in found for form in one.forms)
        if not self._offered:
            return
        when, count = self._moment_in_words(self._offered[0][1]), len(self._offered)
        said = ngettext(
            "An unfinished transaction from {moment} was kept: {key} opens it",
            "{n} unfinished transactions, the last from {moment}, were kept: {key} opens it",
            count,
        )
        bench = _bench(self)
        new = next((key for key in bench.key_table if key.id == "new"), None)
        opens = shown_key(new.names[0]) if new is not None and new.names else _("New")
        bench.notify(said.format(n=count, moment=when, key=opens), timeout=OFFERED_SECONDS, markup=False)

    def _keep_beside(self) -> None:
        """What was typed since, written where it keeps nobody waiting; one write at a time."""
        if self._problem is not None:
            self._refused(self._problem)
            self._problem = None
        typed = self._typed()
        if typed != self._kept and not self._is_writing:
            self._is_writing = True
            keep = self._keeping(typed)
            _bench(self).run_worker(partial(self._write_beside, keep), group="unfinished", thread=True)

    def _write_beside(self, keep: Callable[[], None]) -> None:
        """What goes wrong is told by the screen's own thread: waiting for it here could hold up leaving."""
        try:
            keep()
        except OSError as problem:
            self._problem = problem
        finally:
            self._is_writing = False

    def _keep(self, typed: tuple[KeptForm, ...]) -> None:
        """The same at once: what was just posted must not be offered again."""
        try:
            self._keeping(typed)()
        except OSError as problem:
            self._refused(problem)

    def _keeping(self, typed: tuple[KeptForm, ...]) -> Callable[[], None]:
        self._kept = typed
        self._turn += 1
        if self._unfinished is None:
            return lambda: None
        return partial(self._unfinished.keep, typed, _bench(self).moment(), self._turn)

    def _refused(self, problem: OSError) -> None:
        """Say it once: every key typed would fail alike."""
        if not self._was_refused:
            self._was_refused = True
            reason = _(system_reason(problem))
            said = _("What is typed cannot be kept in case the connection is lost: {reason}.")
            _bench(self).refuse(said.format(reason=reason))

    def _typed(self) -> tuple[KeptForm, ...]:
        return tuple(kept for form in _bench(self).entry_forms() if (kept := form.kept()) is not None)

    def _moment_in_words(self, at: datetime) -> str:
        moment = at.astimezone()
        return f"{_bench(self).desk.full_day(moment.date())} {moment:%H:%M}"


def _bench(work: UnfinishedWork) -> Workbench:
    return cast("Workbench", work)
