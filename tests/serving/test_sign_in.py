"""A book with users: who signs in at the page is let in as who they are; whoever does not, is not."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, WSMsgType, WSServerHandshakeError

from tests.serving.conftest import Serve, Served, until
from tui_ledger.cli.sign_in import BookPeople, read_ticket
from tui_ledger.cli.workbench import DRIVER_VARIABLE, SERVED_DRIVER
from tui_ledger.errors import SignInRefused
from tui_ledger.ledger import Ledger, passphrases
from tui_ledger.serving import reception
from tui_ledger.serving.door import LONGEST_STAY_SECONDS
from tui_ledger.serving.tickets import TICKET_VARIABLE, handed

PASSPHRASE = "correct horse battery"
# A stand-in for a workbench that says what it was handed: the ticket, its arguments, and its environment.
TOLD = f"""
import json, os, sys
def packet(kind, text): sys.stdout.buffer.write(kind + len(text).to_bytes(4, "big") + text); sys.stdout.buffer.flush()
sys.stdout.buffer.write(b"__GANGLION__\\n")
with os.fdopen(int(os.environ[{TICKET_VARIABLE!r}])) as pipe: ticket = pipe.read()
packet(b"D", json.dumps([ticket, sys.argv, dict(os.environ)]).encode())
while (head := sys.stdin.buffer.read(5)):
    if b'"quit"' in sys.stdin.buffer.read(int.from_bytes(head[1:], "big")): break
"""


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def people(shop: Path, monkeypatch: pytest.MonkeyPatch) -> BookPeople:
    """Ada, an administrator; Ann, who signs in for a party; Old, who has no passphrase."""
    monkeypatch.setattr(passphrases, "_COST", 2**8)
    with Ledger.open(shop) as ledger:
        ledger.add_party("ann", "Ann Smith")
        ledger.add_user("Ada", "administrator", passphrase=PASSPHRASE)
        ledger.add_user("Ann", "party", "ann", PASSPHRASE)
        ledger.add_user("Old", "viewer")
    return BookPeople(str(shop))


async def sign_in(
    served: Served, name: str = "Ada", passphrase: str = PASSPHRASE, *, host: str = "", **headers: str
) -> ClientResponse:
    """Send the form as the page does."""
    sent = {"Origin": served.origin, **headers}
    form = {"name": name, "passphrase": passphrase}
    async with served.client.post(f"{served.origin}/sign-in", data=form, headers=sent, allow_redirects=False) as answer:
        await answer.read()
        return answer


def key_of(answer: ClientResponse) -> str:
    assert answer.status == 303
    return answer.headers["Location"].removeprefix("/#key=")


async def status(served: Served, path: str = "/", method: str = "GET", **headers: str) -> int:
    address = f"{served.origin}{path}"
    async with served.client.request(method, address, headers=headers, allow_redirects=False) as answer:
        return answer.status


async def refused(served: Served, key: str) -> int:
    with pytest.raises(WSServerHandshakeError) as refusal:
        await served.socket(key)
    return refusal.value.status


async def told(served: Served, key: str) -> tuple[str, list[str], dict[str, str]]:
    async with served.socket(key) as socket:
        ticket, arguments, environment = json.loads((await socket.receive()).data)
        return ticket, arguments, environment


async def test_a_stranger_gets_the_form_and_nothing_else(serve: Serve, people: BookPeople) -> None:
    async with serve(people=people) as served:
        async with served.client.get(served.origin) as answer:
            text = await answer.text()
            assert (answer.status, "<form" in text, "shop" in text) == (401, True, False)
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
            assert "script-src" not in answer.headers["Content-Security-Policy"]
        token = served.door.new_token()
        for path in (
            "/ws",
            "/static/page.js",
            "/nothing",
            "/sign-in/",
            "/sign-in/../static/page.js",
            f"/?token={token}",
        ):
            assert await status(served, path) == 401, path
        assert await status(served, "/sign-in") == 303
        assert await refused(served, "x" * 43) == 401


async def test_who_signs_in_is_handed_to_the_workbench_by_a_pipe_and_the_passphrase_to_nobody(
    serve: Serve, people: BookPeople, capfd: pytest.CaptureFixture[str]
) -> None:
    async with serve(people=people, program=TOLD) as served:
        answer = await sign_in(served, "ANN")
        cookie = answer.cookies[f"tui-ledger-{served.place.port}"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
        key = key_of(answer)
        async with served.client.get(served.origin) as page:
            text = await page.text()
            assert (page.status, "Sign out Ann" in text) == (200, True)
            assert "form-action 'self'" in page.headers["Content-Security-Policy"]
        ticket, arguments, environment = await told(served, key)
        user = read_ticket(ticket)
        assert (user.name, user.role, user.party) == ("Ann", "party", "ann")
        assert all(PASSPHRASE not in part for part in (ticket, *arguments, *environment.values()))
        assert "Ann" not in (*arguments, *environment.values())
        assert environment[TICKET_VARIABLE].isdigit()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [
        ("Ada", PASSPHRASE + "x"),
        ("nobody", PASSPHRASE),
        ("Old", ""),
        ("", ""),
        ("' OR 1=1 --", PASSPHRASE),
        ("\x00", "x"),
    ],
)
async def test_whatever_is_wrong_the_answer_is_the_same(
    serve: Serve, people: BookPeople, name: str, passphrase: str
) -> None:
    async with serve(people=people) as served:
        answer = await sign_in(served, name, passphrase)
        text = await answer.text()
        assert (answer.status, "Set-Cookie" in answer.headers) == (401, False)
        assert "The name or the passphrase is not right." in text
        assert 'value="' not in text
        assert name not in text or not name


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://{own}"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "evil.example"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
async def test_a_form_of_another_page_signs_nobody_in_and_nobody_out(
    serve: Serve, people: BookPeople, headers: dict[str, str]
) -> None:
    async with serve(people=people) as served:
        own = f"127.0.0.1:{served.place.port}"
        foreign = {name: value.format(own=own) for name, value in headers.items()}
        assert (await sign_in(served, **foreign)).status == 403
        key_of(await sign_in(served))
        assert await status(served, "/sign-out", "POST", **{"Origin": served.origin, **foreign}) == 403
        assert await status(served) == 200


async def test_a_form_without_origin_or_of_another_kind_or_size_is_refused(serve: Serve, people: BookPeople) -> None:
    async with serve(people=people) as served:
        own = {"Origin": served.origin}
        place, form = f"{served.origin}/sign-in", {"name": "Ada", "passphrase": PASSPHRASE}
        asked: dict[int, list[dict[str, Any]]] = {
            403: [{"data": form}],
            400: [
                {"json": form, "headers": own},
                {"data": {"name": "Ada"}, "headers": own},
                {"data": {**form, "more": "x" * 20_000}, "headers": own},
                {"data": b"\xff\xfe=%zz", "headers": {**own, "Content-Type": "application/x-www-form-urlencoded"}},
            ],
        }
        for expected, requests in asked.items():
            for request in requests:
                async with served.client.post(place, allow_redirects=False, **request) as answer:
                    assert (answer.status, "Set-Cookie" in answer.headers) == (expected, False)
        assert await status(served, "/sign-in", "PUT", **own) == 405


async def test_a_flood_of_wrong_passphrases_is_slowed_whether_the_name_is_known_or_not(
    serve: Serve, people: BookPeople
) -> None:
    clock = Clock()
    async with serve(people=people, clock=clock) as served:
        for name in ("Ada", "nobody"):
            found = [(await sign_in(served, name, "wrong as can be")).status for _ in range(5)]
            assert found == [401, 401, 401, 429, 429]
        waiting = await sign_in(served, "Ada")
        assert (waiting.status, waiting.headers["Retry-After"]) == (429, "1")
        clock.now += 1
        assert (await sign_in(served, "Ada")).status == 303


async def test_two_are_checked_at_once_and_a_crowd_is_sent_away(serve: Serve, shop: Path) -> None:
    """Whoever asks the book slowly shows how many ask it at once."""

    class Slow:
        now = most = 0

        def who(self, name: str, passphrase: str) -> None:
            Slow.now += 1
            Slow.most = max(Slow.most, Slow.now)
            time.sleep(0.05)
            Slow.now -= 1

        def stands(self, person: object) -> bool:
            return True

    async with serve(people=Slow(), proxies=("books.example",)) as served:
        secure = {"Host": "books.example", "Origin": "https://books.example"}
        forms = [sign_in(served, f"n{one}", "x", **secure, **{"X-Forwarded-For": f"10.0.{one}.1"}) for one in range(30)]
        found = [answer.status for answer in await asyncio.gather(*forms)]
        assert set(found) == {401, 429}
        assert 16 <= found.count(401) <= 20
        assert Slow.most == 2


async def test_behind_a_proxy_addresses_are_what_it_says_last_and_the_cookie_is_for_tls_alone(
    serve: Serve, people: BookPeople
) -> None:
    async with serve(people=people, proxies=("books.example",)) as served:
        secure = {"Host": "books.example", "Origin": "https://books.example"}
        for spoofed in range(10):
            told = {"X-Forwarded-For": f"10.9.9.{spoofed}, 10.0.0.1"}
            await sign_in(served, f"name {spoofed}", "wrong as can be", **secure, **told)
        from_there = {"X-Forwarded-For": "1.2.3.4, 10.0.0.1"}
        assert (await sign_in(served, **secure, **from_there)).status == 429
        answer = await sign_in(served, **secure, **{"X-Forwarded-For": "10.0.0.2"})
        assert answer.status == 303
        assert answer.cookies[f"tui-ledger-{served.place.port}"]["secure"]


async def test_a_key_goes_with_its_own_cookie_alone(serve: Serve, people: BookPeople) -> None:
    async with serve(people=people, program=TOLD) as served:
        anns = key_of(await sign_in(served, "Ann"))
        served.client.cookie_jar.clear()
        adas = key_of(await sign_in(served, "Ada"))
        assert await refused(served, anns) == 403
        assert read_ticket((await told(served, adas))[0]).name == "Ada"


async def test_signing_in_again_is_a_new_session_and_ends_the_old_one(serve: Serve, people: BookPeople) -> None:
    async with serve(people=people) as served:
        first = await sign_in(served, "Ann")
        second = await sign_in(served, "Ada")
        name = f"tui-ledger-{served.place.port}"
        assert first.cookies[name].value != second.cookies[name].value
        served.client.cookie_jar.clear()
        served.client.cookie_jar.update_cookies({name: first.cookies[name].value})
        assert await status(served) == 401


async def test_signing_out_ends_the_workbench_and_the_cookie_is_worth_nothing_any_more(
    serve: Serve, people: BookPeople
) -> None:
    async with serve(people=people, program=TOLD) as served:
        answer = await sign_in(served)
        name = f"tui-ledger-{served.place.port}"
        async with served.socket(key_of(answer)) as socket:
            await socket.receive()
            assert await status(served, "/sign-out", "POST", Origin=served.origin) == 303
            message = await socket.receive()
            assert message.type is WSMsgType.TEXT
            assert json.loads(message.data) == ["ended", {"sentence": "You have signed out.", "again": True}]
        served.client.cookie_jar.update_cookies({name: answer.cookies[name].value})
        assert await status(served) == 401
        assert await refused(served, key_of(answer)) == 401


async def test_a_session_ends_after_resting_and_after_half_a_day(serve: Serve, people: BookPeople) -> None:
    clock = Clock()
    async with serve(people=people, clock=clock, idle_seconds=600.0, program=TOLD) as served:
        key = key_of(await sign_in(served))
        clock.now += 599
        assert await status(served) == 200
        async with served.socket(key) as socket:
            await socket.receive()
            clock.now += 3600
            assert await status(served) == 200
        await until(lambda: not served.server._conversations)
        clock.now += 601
        assert await status(served) == 401
        assert await refused(served, key) == 401
        key_of(await sign_in(served))
        for _ in range(int(LONGEST_STAY_SECONDS / 500)):
            clock.now += 500
            last = await status(served)
        assert last == 200
        clock.now += 500
        assert await status(served) == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda ledger: ledger.set_passphrase("Ann", "another one altogether"),
        lambda ledger: ledger.edit_user("Ann", active=False),
        lambda ledger: ledger.edit_user("Ann", role="viewer"),
        lambda ledger: ledger.delete_user("Ann"),
    ],
)
async def test_whoever_is_not_who_they_were_signs_in_again(
    serve: Serve, people: BookPeople, shop: Path, change: Any
) -> None:
    async with serve(people=people) as served:
        key = key_of(await sign_in(served, "Ann"))
        with Ledger.open(shop) as ledger:
            change(ledger)
        assert await refused(served, key) == 401
        assert await status(served) == 401


async def test_an_open_workbench_ends_once_its_holder_is_not_who_they_were(
    serve: Serve, people: BookPeople, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is typed and nothing asked for meanwhile."""
    monkeypatch.setattr(reception, "WATCH_SECONDS", 0.02)
    async with serve(people=people, program=TOLD) as served:
        key = key_of(await sign_in(served))
        async with served.socket(key) as socket:
            await socket.receive()
            with Ledger.open(shop) as ledger:
                ledger.set_passphrase("Ada", "another one altogether")
            kind, said = json.loads((await socket.receive()).data)
            assert (kind, said["sentence"][-14:], said["again"]) == ("ended", "sign in again.", True)
        assert await refused(served, key) == 401


async def test_one_person_does_not_take_every_place(serve: Serve, people: BookPeople) -> None:
    async with serve(people=people, sessions=5, program=TOLD) as served:
        key = key_of(await sign_in(served, "Ann"))
        sockets = [await served.socket(key) for _ in range(3)]
        assert [(await socket.receive()).type for socket in sockets] == [WSMsgType.BINARY] * 3
        assert await refused(served, key) == 503
        served.client.cookie_jar.clear()
        assert read_ticket((await told(served, key_of(await sign_in(served, "Ada"))))[0]).name == "Ada"


async def test_a_book_that_cannot_be_read_is_no_wrong_passphrase(serve: Serve, people: BookPeople, shop: Path) -> None:
    async with serve(people=people) as served:
        shop.unlink()  # noqa: ASYNC240
        answer = await sign_in(served)
        assert answer.status == 503
        assert str(shop) not in await answer.text()


@pytest.mark.parametrize("ticket", [None, "", "[]", "{}", "null", '["' + "x" * 9000, "stale"])
def test_a_workbench_without_its_ticket_opens_nothing(shop: Path, people: BookPeople, ticket: str | None) -> None:
    """No pipe, an empty one, one that says nobody or who they are no more: it is not opened as whoever runs it."""
    person = people.who("Ada", PASSPHRASE)
    assert person is not None
    with Ledger.open(shop) as ledger:
        ledger.set_passphrase("Ada", "another one altogether")
    with handed(person.ticket if ticket == "stale" else ticket) as pipes:
        named = {TICKET_VARIABLE: str(pipes[0]) if pipes else "0", DRIVER_VARIABLE: SERVED_DRIVER}
        done = subprocess.run(
            [sys.executable, "-m", "tui_ledger", "--book", shop],
            env={**os.environ, **named},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            pass_fds=pipes,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"tui-ledger: {SignInRefused()}\n"
