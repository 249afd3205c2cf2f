"""A real browser without a window, driven over its DevTools protocol."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PATIENCE_SECONDS = 60.0
# The terminal's script keeps the terminal to itself: whoever owns a `fitAddon` is caught when it gets it.
CATCH_TERMINAL = """
Object.defineProperty(Object.prototype, "fitAddon", {
  configurable: true,
  set(addon) {
    window.caught = this;
    Object.defineProperty(this, "fitAddon", { value: addon, writable: true, configurable: true });
  },
});
"""
READ_TERMINAL = """
(() => {
  const buffer = window.caught?.terminal?.buffer?.active;
  if (!buffer) return "";
  return Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row).translateToString(true)).join("\\n");
})()
"""
_CTRL = 2
_NAMED = {
    "enter": ("Enter", 13, "\r"),
    "tab": ("Tab", 9, ""),
    "escape": ("Escape", 27, ""),
    "backspace": ("Backspace", 8, ""),
    ".": (".", 190, "."),
}


def program() -> str | None:
    """The browser of this machine, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Page:
    """One tab."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session
        self.asked_for: list[str] = []
        self.complaints: list[str] = []
        browser.on_event(session, self._heard)

    async def call(self, method: str, **values: Any) -> dict[str, Any]:
        return await self._browser.call(method, self._session, **values)

    async def go_to(self, url: str) -> None:
        await self.call("Page.navigate", url=url)

    async def evaluate(self, script: str) -> Any:
        answer = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def text(self) -> str:
        """What stands in the terminal."""
        return str(await self.evaluate(READ_TERMINAL))

    async def said(self) -> str:
        """What stands on the page itself, the terminal apart."""
        return str(await self.evaluate("document.body.innerText"))

    async def focused(self) -> str:
        """The name of the field that has the focus."""
        return str(await self.evaluate("document.activeElement?.name || ''"))

    async def press(self, *keys: str) -> None:
        """Press keys: characters, `enter`, `ctrl+s`."""
        for key in keys:
            await self._press(key)

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def paste(self) -> None:
        """What the browser does on Ctrl+V."""
        values = {"key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86, "modifiers": _CTRL}
        await self.call("Input.dispatchKeyEvent", type="rawKeyDown", commands=["paste"], **values)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    async def until(self, holds: Callable[[str], bool], read: str = "text") -> str:
        """Wait until what is read (`text` or `said`) is as wanted; gives it."""
        found = ""
        for _ in range(int(PATIENCE_SECONDS / 0.05)):
            with suppress(AssertionError, RuntimeError):
                found = await getattr(self, read)()
                if holds(found):
                    return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"never came; last was:\n{found}\n{self.complaints}")

    async def _press(self, key: str) -> None:
        modifiers, name = (_CTRL, key[5:]) if key.startswith("ctrl+") else (0, key)
        shown, code, text = _NAMED.get(name, (name, ord(name[0].upper()), name))
        values: dict[str, Any] = {"key": shown, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        values["code"] = f"Key{name.upper()}" if len(name) == 1 and name.isalpha() else shown
        if text and not modifiers:
            values["text"] = text
        await self.call("Input.dispatchKeyEvent", type="keyDown" if "text" in values else "rawKeyDown", **values)
        values.pop("text", None)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def _heard(self, method: str, values: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.asked_for.append(values["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.asked_for.append(values["url"])
        elif method == "Log.entryAdded":
            self.complaints.append(f"{values['entry']['text']} {values['entry'].get('url', '')}")
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(values["exceptionDetails"]))


class Browser:
    """The whole program, and the line to it."""

    def __init__(self, line: ClientWebSocketResponse) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._hearers: dict[str, Callable[[str, dict[str, Any]], None]] = {}
        self._listening = asyncio.create_task(self._listen())

    async def call(self, method: str, session: str | None = None, **values: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        message: dict[str, Any] = {"id": number, "method": method, "params": values}
        await self._line.send_json(message if session is None else {**message, "sessionId": session})
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await answer

    def on_event(self, session: str, hear: Callable[[str, dict[str, Any]], None]) -> None:
        self._hearers[session] = hear

    async def new_page(self) -> tuple[Page, str]:
        """A new tab that catches the terminal, and the id to close it by."""
        target = (await self.call("Target.createTarget", url="about:blank"))["targetId"]
        session = (await self.call("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            await page.call(f"{domain}.enable")
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=CATCH_TERMINAL)
        await page.call("Emulation.setDeviceMetricsOverride", width=1300, height=800, deviceScaleFactor=1, mobile=False)
        return page, target

    async def close_page(self, target: str) -> None:
        await self.call("Target.closeTarget", targetId=target)

    async def _listen(self) -> None:
        async for message in self._line:
            if message.type is not WSMsgType.TEXT:
                break
            told = json.loads(message.data)
            if "id" not in told:
                hear = self._hearers.get(told.get("sessionId", ""))
                if hear is not None:
                    hear(told["method"], told["params"])
                continue
            answer = self._waiting.pop(told["id"])
            if answer.done():
                continue
            if "error" in told:
                answer.set_exception(RuntimeError(told["error"]["message"]))
            else:
                answer.set_result(told["result"])


@asynccontextmanager
async def opened(executable: str, profile: Path) -> AsyncIterator[Browser]:
    """The browser, with a profile of its own that is new; ended at the end."""
    process = await asyncio.create_subprocess_exec(
        executable,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--no-default-browser-check",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    draining: asyncio.Task[bytes] | None = None
    try:
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            address = await _devtools_address(process.stderr)
        draining = asyncio.create_task(process.stderr.read())
        async with ClientSession() as client, client.ws_connect(address, max_msg_size=0) as line:
            yield Browser(line)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        if draining is not None:
            await draining


async def _devtools_address(output: asyncio.StreamReader) -> str:
    async for line in output:
        if b"DevTools listening on " in line:
            return line.decode().split()[-1]
    raise AssertionError("the browser ended before it listened")
