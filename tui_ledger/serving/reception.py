"""How does somebody sign in and out at the page? By a form, sent from the page itself, checked at an even pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

from tui_ledger.errors import LedgerError
from tui_ledger.serving import pages
from tui_ledger.serving.attempts import Attempts
from tui_ledger.serving.conversation import CHANGED, SIGNED_OUT, Ending, Leaving
from tui_ledger.serving.door import Caller, Door, Pass
from tui_ledger.serving.people import People, Person
from tui_ledger.words import _, ngettext

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
LARGEST_FORM_BYTES = 16 * 1024
FORM_SECONDS = 10.0
CHECKED_AT_ONCE = 2
MOST_WAITING = 16
"""A check takes a tenth of a second and 32 MB, on purpose."""
AT_ONCE_FOR_ONE = 3
"""Workbenches that one person may have open: the others are to find a place too."""
WATCH_SECONDS = 2.0
"""How soon it is noticed that somebody at a workbench is no longer who signed in there."""
_FORM = "application/x-www-form-urlencoded"


class Reception:
    """The page before the workbench, for a book with users."""

    def __init__(self, people: People, door: Door, cookie: str, clock: Callable[[], float] = time.monotonic) -> None:
        """`cookie` is the name of the cookie that a pass goes by."""
        self._people = people
        self._door = door
        self._cookie = cookie
        self._attempts = Attempts(clock)
        self._checking = asyncio.Semaphore(CHECKED_AT_ONCE)
        self._waiting = 0
        self._leaving: dict[str, set[Leaving]] = {}
        self._places: dict[str, asyncio.Semaphore] = {}

    async def answer(self, request: web.Request, caller: Caller) -> web.StreamResponse | None:
        """What there is to say before anybody is let in; None where the request is for somebody who was."""
        if request.path not in (SIGN_IN, SIGN_OUT):
            is_start = request.path == "/" and request.method == "GET"
            held = self._door.shown(request.cookies.get(self._cookie))
            return self.page(401) if held is None and is_start else None
        if request.method == "GET":
            return web.Response(status=303, headers={"Location": "/"})
        if request.method != "POST":
            return _refused(405, _("Forms are only sent here."), Allow="GET, POST")
        if caller.origin is None or caller.fetch_site not in (None, "same-origin"):
            return _refused(403, _("Only the page itself may send this form."))
        return self._sign_out(request) if request.path == SIGN_OUT else await self._sign_in(request, caller)

    def page(self, status: int, sentence: str = "", **headers: str) -> web.Response:
        """The form, with what went wrong."""
        html, own = pages.sign_in_page(sentence)
        return web.Response(status=status, text=html, headers={**own, **headers}, content_type="text/html")

    async def stands(self, held: Pass) -> bool:
        """Whether whoever holds a pass is still who they were; else it lets nobody in any more."""
        person = held.person
        if person is None:
            return True
        if not await asyncio.to_thread(self._still, person):
            self._dismiss(held, CHANGED)
            return False
        return True

    async def watch(self, held: Pass) -> None:
        """While a workbench is open: ends it, and the pass, once its holder is not who they were any more."""
        while True:
            if not await self.stands(held):
                return
            await asyncio.sleep(WATCH_SECONDS)

    def place_of(self, person: Person) -> asyncio.Semaphore:
        """How many workbenches one person may have open."""
        return self._places.setdefault(person.name, asyncio.Semaphore(AT_ONCE_FOR_ONE))

    @contextmanager
    def until_signed_out(self, held: Pass) -> Iterator[Leaving]:
        """What is set when the holder of a pass signs out, or is not who they were any more, which is looked at all
        the while."""
        leaving, watching = Leaving(), asyncio.create_task(self.watch(held))
        events = self._leaving.setdefault(held.cookie, set())
        events.add(leaving)
        try:
            yield leaving
        finally:
            watching.cancel()
            events.discard(leaving)
            if not events:
                self._leaving.pop(held.cookie, None)

    async def _sign_in(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        form = await _form(request)
        if form is None:
            return _refused(400, _("This is not the form of the page."))
        name, passphrase = form
        address = _address(request, is_proxied=(self._door.origin(caller) or "").startswith("https:"))
        wait = self._attempts.begin(name, address)
        if wait:
            said = ngettext(
                "Too many tries: wait {n} seconds, then try again.",
                "Too many tries: wait {n} seconds, then try again.",
                wait,
            )
            return self.page(429, said.format(n=wait), **{"Retry-After": str(wait)})
        if self._waiting >= MOST_WAITING:
            return self.page(429, _("Too many sign in at once: try again in a moment."), **{"Retry-After": "2"})
        try:
            person = await self._checked(name, passphrase)
        except LedgerError:
            return self.page(503, _("The book cannot be read now: try again, or ask whoever runs this."))
        if person is None:
            return self.page(401, _("The name or the passphrase is not right."))
        self._attempts.succeeded(name, address)
        return self._let_in(person, caller, request)

    async def _checked(self, name: str, passphrase: str) -> Person | None:
        self._waiting += 1
        try:
            async with self._checking:
                return await asyncio.to_thread(self._people.who, name, passphrase)
        finally:
            self._waiting -= 1

    def _let_in(self, person: Person, caller: Caller, request: web.Request) -> web.StreamResponse:
        before = self._door.shown(request.cookies.get(self._cookie))
        if before is not None:
            self._dismiss(before, SIGNED_OUT)
        admitted = self._door.admit_person(person)
        answer = web.Response(status=303, headers={"Location": f"/#key={admitted.key}"})
        is_encrypted = (self._door.origin(caller) or "").startswith("https:")
        answer.set_cookie(
            self._cookie, admitted.cookie, httponly=True, samesite="Strict", secure=is_encrypted, path="/"
        )
        return answer

    def _sign_out(self, request: web.Request) -> web.StreamResponse:
        held = self._door.shown(request.cookies.get(self._cookie))
        if held is not None:
            self._dismiss(held, SIGNED_OUT)
        answer = web.Response(status=303, headers={"Location": "/"})
        answer.del_cookie(self._cookie, path="/", httponly=True, samesite="Strict")
        return answer

    def _dismiss(self, held: Pass, ending: Ending) -> None:
        self._door.dismiss(held)
        for leaving in self._leaving.get(held.cookie, set()):
            leaving.leave(ending)

    def _still(self, person: Person) -> bool:
        try:
            return self._people.stands(person)
        except LedgerError:
            return True


async def _form(request: web.Request) -> tuple[str, str] | None:
    """Name and passphrase, or None for anything else."""
    if request.content_type != _FORM:
        return None
    try:
        async with asyncio.timeout(FORM_SECONDS):
            form = await request.post()
    except (web.HTTPException, TimeoutError, ValueError, LookupError):
        return None
    name, passphrase = form.get("name"), form.get("passphrase")
    return (name, passphrase) if isinstance(name, str) and isinstance(passphrase, str) else None


def _address(request: web.Request, *, is_proxied: bool) -> str:
    """Where a request comes from; behind a proxy what that says last, since all before it is the browser's own word."""
    told = request.headers.getall("X-Forwarded-For", []) if is_proxied else []
    last = told[-1].rpartition(",")[2].strip() if told else ""
    return last or request.remote or ""


def _refused(status: int, sentence: str, **headers: str) -> web.Response:
    html, own = pages.notice(_("Not let in"), sentence, link=_("To the page"))
    return web.Response(status=status, text=html, headers={**own, **headers}, content_type="text/html")
