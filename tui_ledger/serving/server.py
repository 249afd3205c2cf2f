"""What does the program answer a browser? The page, its files, one socket a workbench, and to strangers nothing."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from tui_ledger.serving import pages
from tui_ledger.serving.conversation import Conversation, Leaving, Workplace, cells
from tui_ledger.serving.door import Caller, Door, Pass
from tui_ledger.serving.languages import language_for
from tui_ledger.serving.people import People
from tui_ledger.serving.reception import LARGEST_FORM_BYTES, Reception
from tui_ledger.words import N_, _, ngettext, speaking

HEARTBEAT_SECONDS = 15.0
FAREWELL_SECONDS = 1.0
LARGEST_MESSAGE_BYTES = 1024 * 1024
WAIT_FOR_PLACE_SECONDS = 2.0
TRY_AGAIN_SECONDS = 3

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BookServer:
    """One book, behind its door, for so many pages at once."""

    def __init__(
        self,
        book: str,
        port: int,
        door: Door,
        workplace: Workplace,
        sessions: int,
        people: People | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """With `people` whoever comes is asked for name and passphrase, and no token lets anybody in."""
        self._book = book
        self._port = port
        self._door = door
        self._workplace = workplace
        self._sessions = sessions
        self._places = asyncio.Semaphore(sessions)
        self._files = pages.static_files()
        self._stopping = asyncio.Event()
        self._conversations: set[asyncio.Task[object]] = set()
        self._reception = None if people is None else Reception(people, door, self.cookie, clock)

    @property
    def cookie(self) -> str:
        """The name of the cookie; it is the browser's for every port of this computer, so each server has its own."""
        return f"tui-ledger-{self._port}"

    def application(self) -> web.Application:
        """What listens; nothing in it writes to a log."""
        application = web.Application(middlewares=[self._guard], client_max_size=LARGEST_FORM_BYTES)
        application.on_response_prepare.append(_put_headers)
        application.router.add_get("/", self._page)
        application.router.add_get("/static/{name}", self._static)
        application.router.add_get("/ws", self._connect)
        return application

    def runner(self) -> web.AppRunner:
        """Runs it without a line about who asked for what: addresses hold tokens."""
        silent = logging.getLogger("tui_ledger.serving")
        silent.addHandler(logging.NullHandler())
        silent.propagate = False
        return web.AppRunner(self.application(), access_log=None, logger=silent, shutdown_timeout=1.0)

    async def stop(self) -> None:
        """End every session, its workbench included, and wait for that."""
        self._stopping.set()
        if self._conversations:
            await asyncio.wait(self._conversations)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every answer is in the language of the browser that asks."""
        with speaking(language_for(request.headers.get("Accept-Language"))):
            return await self._guarded(request, handler)

    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        caller = _caller(request)
        why = self._door.stranger(caller)
        if why is not None:
            return _said(403, _("Not let in"), _(why))
        if request.path == "/" and request.method != "GET":
            answer = _said(405, _("Nothing here"), _("The workbench is only read here."), link=_("To the workbench"))
            answer.headers["Allow"] = "GET"
            return answer
        if self._reception is not None and (said := await self._reception.answer(request, caller)) is not None:
            return said
        known = self._door.knows(request.cookies.get(self.cookie))
        token = request.query.get("token") if self._reception is None else None
        if request.path == "/" and token is not None:
            if not caller.navigates:
                return _said(
                    403, _("Not let in"), _("This address is to be opened in a browser, not asked for by a page.")
                )
            return web.HTTPSeeOther("/") if known else self._admit(token, caller)
        if not known:
            why = _NOT_KNOWN if self._reception is None else _NOT_SIGNED_IN
            return _said(401, _("Not let in"), _(why), link=_("Try again"))
        try:
            return await handler(request)
        except web.HTTPException as refused:
            return _said(
                refused.status, _("Nothing here"), _("The workbench has no such page."), link=_("To the workbench")
            )

    def _admit(self, token: str, caller: Caller) -> web.StreamResponse:
        admitted = self._door.admit(token)
        if admitted is None:
            return _said(401, _("Not let in"), _(_USED))
        place = f"/#key={admitted.key}"
        was_sent_here = caller.fetch_site not in (None, "none", "same-origin")
        if was_sent_here:
            html, headers = pages.way_in(place)
            answer = web.Response(text=html, headers=headers, content_type="text/html")
        else:
            answer = web.Response(status=303, headers={"Location": place})
        is_encrypted = (self._door.origin(caller) or "").startswith("https:")
        answer.set_cookie(self.cookie, admitted.cookie, httponly=True, samesite="Strict", secure=is_encrypted, path="/")
        return answer

    async def _page(self, request: web.Request) -> web.StreamResponse:
        held = self._door.shown(request.cookies.get(self.cookie))
        if self._reception is not None and (held is None or not await self._reception.stands(held)):
            return self._reception.page(401)
        if self._places.locked():
            return self._full()
        person = None if held is None or held.person is None else held.person.name
        origin = self._door.origin(_caller(request)) or "'self'"
        headers = pages.workbench_headers(origin, has_form=person is not None)
        return web.Response(text=pages.workbench_page(self._book, person), headers=headers, content_type="text/html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path, kind = self._files.get(request.match_info["name"], (None, ""))
        if path is None:
            raise web.HTTPNotFound
        read = pages.page_script if path.name == pages.SCRIPT else Path.read_bytes
        return web.Response(body=await asyncio.to_thread(read, path), content_type=kind)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        caller, key = _caller(request), request.headers.get("Sec-WebSocket-Protocol")
        held = self._door.opens(request.cookies.get(self.cookie), key)
        if caller.origin is None or held is None:
            return _said(403, _("Not let in"), _("Only the page of the workbench may open one."))
        if self._reception is not None and not await self._reception.stands(held):
            return _said(401, _("Not let in"), _(_NOT_SIGNED_IN))
        async with contextlib.AsyncExitStack() as until_done:
            try:
                async with asyncio.timeout(WAIT_FOR_PLACE_SECONDS):
                    for places in self._places_for(held):
                        await until_done.enter_async_context(places)
            except TimeoutError:
                return self._full()
            return await self._converse(request, held)

    def _places_for(self, held: Pass) -> list[asyncio.Semaphore]:
        """What must be free for a workbench: a place of all, and one of the person's own."""
        if self._reception is None or held.person is None:
            return [self._places]
        return [self._reception.place_of(held.person), self._places]

    async def _converse(self, request: web.Request, held: Pass) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_SECONDS,
            timeout=FAREWELL_SECONDS,
            protocols=(held.key,),
            max_msg_size=LARGEST_MESSAGE_BYTES,
            compress=False,
        )
        task = asyncio.current_task()
        with contextlib.ExitStack() as until_done:
            if task is not None:
                self._conversations.add(task)
                until_done.callback(self._conversations.discard, task)
            until_done.enter_context(self._door.working(held))
            leaving = Leaving()
            if self._reception is not None:
                leaving = until_done.enter_context(self._reception.until_signed_out(held))
            await socket.prepare(request)
            size = cells(request.query.get("width"), 80), cells(request.query.get("height"), 24)
            ticket = None if held.person is None else held.person.ticket
            await Conversation(socket, self._workplace, self._stopping, leaving).hold(*size, ticket)
        return socket

    def _full(self) -> web.Response:
        sentence = ngettext(
            "One workbench is open already, and there may be no more. This page goes on by itself once one is closed.",
            "{n} workbenches are open already, and there may be no more. This page goes on by itself once one is "
            "closed.",
            self._sessions,
        ).format(n=self._sessions)
        return _said(503, _("No room"), sentence, link=_("Try again"), again_seconds=TRY_AGAIN_SECONDS)


_NOT_KNOWN = N_("This browser was not let in: open the address that tui-ledger serve printed where it runs.")
_NOT_SIGNED_IN = N_("Nobody has signed in here, or it was long ago: open the first page and sign in.")
_USED = N_(
    "This address lets one browser in, once, and was used already or is not the latest. "
    "Ask for a new one where tui-ledger serve runs: Enter there prints it. If it was not you who used it, end serve."
)


def _caller(request: web.Request) -> Caller:
    headers = request.headers
    return Caller(
        headers.getall("Host", []),
        headers.get("Origin"),
        headers.get("Sec-Fetch-Site"),
        headers.get("Sec-Fetch-Mode"),
    )


def _said(status: int, title: str, sentence: str, *, link: str = "", again_seconds: int | None = None) -> web.Response:
    html, headers = pages.notice(title, sentence, link=link, again_seconds=again_seconds)
    return web.Response(status=status, text=html, headers=headers, content_type="text/html")


async def _put_headers(_request: web.Request, response: web.StreamResponse) -> None:
    own = {name: value for name, value in response.headers.items() if name == "Referrer-Policy"}
    response.headers.update({**pages.ALWAYS, **own})
