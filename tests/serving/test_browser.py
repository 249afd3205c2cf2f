"""The whole way in a real browser: address, page, terminal, keys, book."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cli.conftest import as_process
from tests.serving import browser
from tests.serving.browser import Browser, Page
from tests.serving.conftest import Program, Start, arguments_of, until
from tui_ledger.ledger import Ledger

pytestmark = pytest.mark.skipif(browser.program() is None, reason="no Chromium on this machine")


@pytest.fixture
async def chromium(tmp_path: Path) -> AsyncIterator[Browser]:
    async with browser.opened(browser.program() or "", tmp_path / "profile") as opened:
        yield opened


async def at_desk(chromium: Browser, program: Program) -> tuple[Page, str]:
    page, target = await chromium.new_page()
    await page.go_to(program.url)
    await page.until(lambda text: "Assets" in text)
    return page, target


async def test_an_entry_typed_in_a_browser_is_in_the_book(shop: Path, started: Start, chromium: Browser) -> None:
    async with started(shop) as program:
        page, target = await at_desk(chromium, program)
        shown = await page.text()
        assert "Bank" in shown
        assert "121.00" in shown
        assert await page.evaluate("document.title") == "shop · tui-ledger"
        assert await page.evaluate("location.href") == f"{program.origin}/"
        assert await page.evaluate("document.cookie") == ""

        await page.press("2", "n")
        await page.until(lambda text: "New transaction" in text)
        await page.type("Kiosk")
        await page.press("tab")
        await page.type("Tea")
        await page.press("tab")
        await page.type("ban")
        await page.press("enter")
        await page.type("42.50")
        await page.press("enter")
        await page.type("sal")
        await page.press("enter", "ctrl+s")
        await page.until(lambda text: "Posted 2" in text)
        posted = as_process("--book", shop, "journal", "--json").json["transactions"][1]
        assert (posted["payee"], posted["memo"]) == ("Kiosk", "Tea")
        assert [line["amount"] for line in posted["postings"]] == ["42.50", "-42.50"]

        own = (program.origin + "/", program.origin.replace("http", "ws") + "/ws", "data:")
        assert [url for url in page.asked_for if not url.startswith(own)] == []
        assert [told for told in page.complaints if "inline style" not in told and "WebGL" not in told] == []

        await chromium.close_page(target)
        await until(lambda: program.workbenches() == [])


async def test_a_copied_row_goes_to_the_clipboard_of_the_browser_and_comes_back_from_it(
    shop: Path, started: Start, chromium: Browser
) -> None:
    async with started(shop) as program:
        await chromium.call("Browser.grantPermissions", permissions=["clipboardSanitizedWrite"])
        page, _ = await at_desk(chromium, program)
        await page.press("2", "y")
        await page.until(lambda text: "Copied the row" in text)
        await page.press("n")
        await page.until(lambda text: "New transaction" in text)
        await page.paste()
        await page.until(lambda text: "␉Opening sale" in text)


async def test_leaving_is_told_and_another_can_be_begun(shop: Path, started: Start, chromium: Browser) -> None:
    async with started(shop, "--sessions", "1") as program:
        page, _ = await at_desk(chromium, program)
        await page.call("Page.reload")
        await page.until(lambda text: "Assets" not in text)
        await page.until(lambda text: "Assets" in text)
        await page.press("ctrl+q")
        await page.until(lambda said: "You have left the workbench." in said, "said")
        await page.press("enter")
        await page.until(lambda text: "Assets" in text)
        status, complaints = await program.interrupted()
        assert (status, complaints) == (0, "")
        await page.until(lambda said: "was ended where it ran" in said, "said")
        assert await page.evaluate("document.getElementById('again').hidden") is True


async def test_a_page_of_another_origin_can_do_nothing(shop: Path, started: Start, chromium: Browser) -> None:
    """The worst neighbour: a page on the same host at another port, to which the browser sends the same cookie."""
    async with started(shop) as program, started(shop) as other:
        page, _ = await at_desk(chromium, program)
        neighbour, _ = await at_desk(chromium, other)
        socket = program.origin.replace("http", "ws") + "/ws"
        tries = {
            "socket": f"new Promise(done => {{ const s = new WebSocket('{socket}', ['x']);"
            " s.onopen = () => done('open'); s.onerror = () => done('refused'); })",
            "reading": f"fetch('{program.origin}/', {{credentials: 'include'}}).then(() => 'read', () => 'refused')",
        }
        await neighbour.call("Page.setBypassCSP", enabled=True)
        await neighbour.call("Page.reload")
        await neighbour.until(lambda text: "Assets" in text)
        for name, script in tries.items():
            assert await neighbour.evaluate(script) == "refused", name
        assert await neighbour.evaluate("localStorage.length") == 1
        mine = "localStorage.getItem('tui-ledger-key')"
        assert await neighbour.evaluate(mine) != await page.evaluate(mine)
        assert await neighbour.evaluate(framed(program)) == "empty"


def framed(program: Program) -> str:
    """Puts the page into a frame; whether anything of it can be seen."""
    return (
        "new Promise(done => { const frame = document.createElement('iframe');"
        f" frame.src = '{program.origin}/'; frame.onload = () => {{"
        " try { done(frame.contentDocument && frame.contentDocument.body.innerText ? 'seen' : 'empty'); }"
        " catch { done('empty'); } }; document.body.append(frame); })"
    )


PASSPHRASE = "correct horse battery"


@pytest.fixture
def club(shop: Path) -> Path:
    """The shop with Ann and Bob as parties; Ann and an administrator may sign in."""
    with Ledger.open(shop) as ledger:
        for key, name in (("ann", "Ann Smith"), ("bob", "Bob Berg")):
            ledger.add_party(key, name)
            ledger.party_credit(key, 40, memo=f"Top-up of {name}", against="Assets:Bank", date="2026-02-01")
        ledger.add_user("Ada", "administrator", passphrase=PASSPHRASE)
        ledger.add_user("Ann", "party", "ann", PASSPHRASE)
    return shop


async def sign_in(page: Page, name: str, passphrase: str = PASSPHRASE) -> None:
    """Type name and passphrase into the form that stands there, as a person does."""
    await page.until(lambda name: name == "name", "focused")
    await page.type(name)
    await page.press("tab")
    await page.until(lambda name: name == "passphrase", "focused")
    await page.type(passphrase)
    await page.press("enter")


async def test_an_administrator_sees_all_a_party_its_own_sheet_and_a_stranger_nothing(
    club: Path, started: Start, chromium: Browser
) -> None:
    async with started(club) as program:
        assert program.told["sign_in"] is True
        assert program.url == program.origin + "/"
        page, _ = await chromium.new_page()
        await page.go_to(program.url)
        await sign_in(page, "Ada", "wrong as can be")
        await page.until(lambda said: "is not right" in said, "said")
        assert await page.text() == ""

        await sign_in(page, "Ada")
        await page.until(lambda text: "Ada (administrator)" in text and "Income" in text)
        await page.press("5")
        await page.until(lambda text: "Ann Smith" in text and "Bob Berg" in text)
        await page.press("a")
        await page.until(lambda text: "A new party" in text or "Key" in text)
        await page.type("cid")
        await page.press("ctrl+s")
        await page.until(lambda text: "Added cid" in text)
        (change,) = as_process("--book", club, "history", "--limit", "1", "--json").json["changes"]
        assert change["actor"] == "Ada"
        await page.press("ctrl+q")
        await page.until(lambda said: "Sign out Ada" in said, "said")
        await page.evaluate("document.querySelector('#sign-out button').click()")
        await sign_in(page, "Ann")
        own = await page.until(lambda text: "Top-up of Ann" in text)
        await page.press(*"123456", ",", "/", *"bob", "enter", "ctrl+p", *"users", "enter", "ctrl+e", "n", "ctrl+g")
        await page.press(*"Sales", "enter", "ctrl+o", "a", "escape", "ctrl+z", "ctrl+s", "backspace")
        own += await page.until(lambda text: "Top-up of Ann" in text)
        await page.press("m")
        own += await page.until(lambda text: "Postings" in text and "Total" in text)
        assert [word for word in ("Bob", "Sales", "Opening sale", "Users", "Journal", "121") if word in own] == []
        assert "40.00" in own
        assert await page.evaluate("document.cookie") == ""
        assert [path.name for path in club.parent.glob("exports/*")] == []
        (workbench,) = program.workbenches()
        handed = Path(f"/proc/{workbench}/environ").read_bytes().decode() + " ".join(arguments_of(workbench))  # noqa: ASYNC240
        assert PASSPHRASE not in handed
        assert "Ann" not in handed
        await page.press("ctrl+q")
        status, complaints = await program.interrupted()
        assert (status, complaints) == (0, "")
