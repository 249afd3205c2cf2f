"""What does the program answer a browser? The page, its files, one socket a workbench, and to strangers nothing."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from tui_ledger.serving import pages
from tui_ledger.serving.conversation import Conversation, Workplace, cells
from tui_ledger.serving.door import Caller, Door

HEARTBEAT_SECONDS = 15.0
FAREWELL_SECONDS = 1.0
LARGEST_MESSAGE_BYTES = 1024 * 1024
WAIT_FOR_PLACE_SECONDS = 2.0
TRY_AGAIN_SECONDS = 3

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BookServer:
    """One book, behind its door, for so many pages at once."""

    def __init__(self, book: str, port: int, door: Door, workplace: Workplace, sessions: int) -> None:
        self._book = book
        self._port = port
        self._door = door
        self._workplace = workplace
        self._sessions = sessions
        self._places = asyncio.Semaphore(sessions)
        self._files = pages.static_files()
        self._stopping = asyncio.Event()
        self._conversations: set[asyncio.Task[object]] = set()

    @property
    def cookie(self) -> str:
        """The name of the cookie; it is the browser's for every port of this computer, so each server has its own."""
        return f"tui-ledger-{self._port}"

    def application(self) -> web.Application:
        """What listens; nothing in it writes to a log."""
        application = web.Application(middlewares=[self._guard], client_max_size=1)
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
        caller = _caller(request)
        why = self._door.stranger(caller)
        if why is not None:
            return _said(403, "Not let in", why)
        if request.path == "/" and request.method != "GET":
            answer = _said(405, "Nothing here", "The workbench is only read here.", link="To the workbench")
            answer.headers["Allow"] = "GET"
            return answer
        known = self._door.knows(request.cookies.get(self.cookie))
        token = request.query.get("token")
        if request.path == "/" and token is not None:
            if not caller.navigates:
                return _said(403, "Not let in", "This address is to be opened in a browser, not asked for by a page.")
            return web.HTTPSeeOther("/") if known else self._admit(token, caller)
        if not known:
            return _said(401, "Not let in", _NOT_KNOWN, link="Try again")
        try:
            return await handler(request)
        except web.HTTPException as refused:
            return _said(refused.status, "Nothing here", "The workbench has no such page.", link="To the workbench")

    def _admit(self, token: str, caller: Caller) -> web.StreamResponse:
        admitted = self._door.admit(token)
        if admitted is None:
            return _said(401, "Not let in", _USED)
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
        if self._places.locked():
            return self._full()
        headers = pages.workbench_headers(self._door.origin(_caller(request)) or "'self'")
        return web.Response(text=pages.workbench_page(self._book), headers=headers, content_type="text/html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path, kind = self._files.get(request.match_info["name"], (None, ""))
        if path is None:
            raise web.HTTPNotFound
        return web.Response(body=await asyncio.to_thread(Path.read_bytes, path), content_type=kind)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        caller, key = _caller(request), request.headers.get("Sec-WebSocket-Protocol")
        if caller.origin is None or not self._door.opens(request.cookies.get(self.cookie), key):
            return _said(403, "Not let in", "Only the page of the workbench may open one.")
        try:
            async with asyncio.timeout(WAIT_FOR_PLACE_SECONDS):
                await self._places.acquire()
        except TimeoutError:
            return self._full()
        try:
            return await self._converse(request, key or "")
        finally:
            self._places.release()

    async def _converse(self, request: web.Request, key: str) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_SECONDS,
            timeout=FAREWELL_SECONDS,
            protocols=(key,),
            max_msg_size=LARGEST_MESSAGE_BYTES,
            compress=False,
        )
        task = asyncio.current_task()
        with contextlib.ExitStack() as until_done:
            if task is not None:
                self._conversations.add(task)
                until_done.callback(self._conversations.discard, task)
            await socket.prepare(request)
            size = cells(request.query.get("width"), 80), cells(request.query.get("height"), 24)
            await Conversation(socket, self._workplace, self._stopping).hold(*size)
        return socket

    def _full(self) -> web.Response:
        several = "One workbench is" if self._sessions == 1 else f"{self._sessions} workbenches are"
        sentence = f"{several} open already, and there may be no more. This page goes on by itself once one is closed."
        return _said(503, "No room", sentence, link="Try again", again_seconds=TRY_AGAIN_SECONDS)


_NOT_KNOWN = "This browser was not let in: open the address that tui-ledger serve printed where it runs."
_USED = (
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


async def _put_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(pages.ALWAYS)
