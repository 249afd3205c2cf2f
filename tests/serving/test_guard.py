from __future__ import annotations

import asyncio
import json
import re
from http.cookies import SimpleCookie

import pytest
from aiohttp import ClientSession, DummyCookieJar, WSMsgType, WSServerHandshakeError

from tests.serving.conftest import Serve, Served, until

FILES = ("page.js", "page.css", "textual.js", "xterm.css", "RobotoMono-VariableFont_wght.ttf")


async def status(served: Served, path: str, **headers: str) -> int:
    async with served.client.get(f"{served.origin}{path}", headers=headers, allow_redirects=False) as answer:
        return answer.status


async def refusal(served: Served, key: str, **options: str) -> int:
    with pytest.raises(WSServerHandshakeError) as refused:
        await served.socket(key, **options)
    return refused.value.status


async def test_a_token_lets_one_browser_in_once(serve: Serve) -> None:
    async with serve() as served:
        token = served.door.new_token()
        async with served.client.get(f"{served.origin}/?token={token}", allow_redirects=False) as answer:
            (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
            assert (answer.status, answer.headers["Location"].partition("#")[0]) == (303, "/")
            assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
            assert cookie.key == f"tui-ledger-{served.place.port}"
        assert await status(served, "/") == 200
        served.client.cookie_jar.clear()
        assert await status(served, f"/?token={token}") == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:{port}", ""])
async def test_a_wrong_host_is_refused_even_with_the_token(serve: Serve, host: str) -> None:
    async with serve() as served:
        token, asked = served.door.new_token(), host.format(port=served.place.port)
        assert await status(served, f"/?token={token}", Host=asked) == 403
        assert await status(served, f"/?token={token}") == 303


async def test_two_hosts_are_refused(serve: Serve) -> None:
    async with serve() as served:
        own = f"127.0.0.1:{served.place.port}"
        reader, writer = await asyncio.open_connection("127.0.0.1", served.place.port)
        writer.write(f"GET /?token={served.door.new_token()} HTTP/1.1\r\nHost: {own}\r\nHost: evil\r\n\r\n".encode())
        first = await reader.readline()
        writer.close()
        assert first.split()[1] in (b"400", b"403")


async def test_a_wrong_token_is_refused_and_does_not_use_up_the_right_one(serve: Serve) -> None:
    async with serve() as served:
        token = served.door.new_token()
        for wrong in ("", "x", token[:-1], token + "x", "\udcff", "é"):
            assert await status(served, f"/?token={wrong.encode('utf-8', 'replace').decode()}") == 401
        assert await status(served, f"/?token={token}") == 303


async def test_a_new_token_puts_the_one_before_it_out_of_use(serve: Serve) -> None:
    async with serve() as served:
        first, second = served.door.new_token(), served.door.new_token()
        assert await status(served, f"/?token={first}") == 401
        assert await status(served, f"/?token={second}") == 303


@pytest.mark.parametrize("path", ["/", "/ws", "/nothing", "/?token=", *(f"/static/{name}" for name in FILES)])
async def test_nothing_is_given_without_the_cookie(serve: Serve, path: str) -> None:
    async with serve() as served:
        assert await status(served, path) == 401
        served.client.cookie_jar.update_cookies({f"tui-ledger-{served.place.port}": "x" * 43})
        assert await status(served, path) == 401


async def test_what_the_page_loads_is_given_with_the_cookie(serve: Serve) -> None:
    async with serve() as served:
        await served.let_in()
        assert [await status(served, f"/static/{name}") for name in FILES] == [200] * len(FILES)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/..%2fserver.py",
        "/static/%2e%2e/%2e%2e/server.py",
        "/static//etc/passwd",
        "/static/page.html",
        "/static/notice.html",
        "/static/",
        "/static",
        "/static/page.js%00.css",
        "/etc/passwd",
        "/download/x",
    ],
)
async def test_no_path_leads_out_of_the_few_files(serve: Serve, path: str) -> None:
    async with serve() as served:
        await served.let_in()
        cookie = "; ".join(f"{one.key}={one.value}" for one in served.client.cookie_jar)
        reader, writer = await asyncio.open_connection("127.0.0.1", served.place.port)
        host = f"Host: 127.0.0.1:{served.place.port}\r\nCookie: {cookie}\r\nConnection: close\r\n"
        writer.write(f"GET {path} HTTP/1.1\r\n{host}\r\n".encode())
        answer = (await reader.read()).decode("utf-8", "replace")
        writer.close()
        assert answer.split()[1] in ("400", "404")
        assert "import" not in answer
        assert "root:" not in answer


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
async def test_nothing_but_reading_is_answered(serve: Serve, method: str) -> None:
    async with serve() as served:
        await served.let_in()
        async with served.client.request(method, f"{served.origin}/") as answer:
            assert (answer.status, answer.headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "OPTIONS"])
async def test_only_opening_the_address_uses_up_the_token(serve: Serve, method: str) -> None:
    async with serve() as served:
        place = f"{served.origin}/?token={served.door.new_token()}"
        async with served.client.request(method, place, allow_redirects=False) as answer:
            assert (answer.status, "Set-Cookie" in answer.headers) == (405, False)
        for mode in ("cors", "no-cors", "same-origin", "websocket"):
            async with served.client.get(place, headers={"Sec-Fetch-Mode": mode}, allow_redirects=False) as answer:
                assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)
        headers = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none"}
        async with served.client.get(place, headers=headers, allow_redirects=False) as answer:
            assert answer.status == 303


async def test_a_socket_needs_cookie_key_and_the_origin_of_its_own_page(serve: Serve) -> None:
    async with serve() as served:
        key = await served.let_in()
        strangers = ["http://evil.example", f"https://127.0.0.1:{served.place.port}", "http://127.0.0.1:1", "null"]
        strangers.append(f"http://localhost:{served.place.port}")
        assert [await refusal(served, key, origin=stranger) for stranger in strangers] == [403] * len(strangers)
        assert await refusal(served, "another-key") == 403
        async with served.client.get(f"{served.origin}/ws") as answer:
            assert answer.status == 403
        async with served.socket(key) as socket:
            assert (await socket.receive()).data == b"size 90x30"
        served.client.cookie_jar.clear()
        assert await refusal(served, key) == 401


async def test_a_cookie_seen_by_another_port_of_this_computer_opens_no_workbench(serve: Serve) -> None:
    async with serve() as served:
        await served.let_in()
        stolen = {one.key: one.value for one in served.client.cookie_jar}
        async with ClientSession(cookie_jar=DummyCookieJar(), cookies=None) as thief:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in stolen.items())}
            with pytest.raises(WSServerHandshakeError) as refused:
                await thief.ws_connect(f"{served.origin}/ws", origin=served.origin, headers=headers)
            assert refused.value.status == 403
            async with thief.get(f"{served.origin}/", headers=headers) as page:
                assert "key" not in (await page.text()).replace("keyboard", "")


async def test_the_key_of_one_browser_does_not_go_with_the_cookie_of_another(serve: Serve) -> None:
    async with serve() as served:
        key = await served.let_in()
        served.client.cookie_jar.clear()
        other = await served.let_in()
        assert await refusal(served, key) == 403
        async with served.socket(other) as socket:
            assert (await socket.receive()).type is WSMsgType.BINARY


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
    ],
)
async def test_another_page_may_lead_here_but_not_ask_for_anything(
    serve: Serve, headers: dict[str, str], expected: int
) -> None:
    async with serve() as served:
        await served.let_in()
        assert await status(served, "/", **headers) == expected


async def test_a_browser_that_was_led_here_gets_its_cookie_and_goes_on_by_itself(serve: Serve) -> None:
    """After a redirect that another page began, a browser would withhold a strict cookie."""
    async with serve() as served:
        sent = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        way_in = f"{served.origin}/?token={served.door.new_token()}"
        async with served.client.get(way_in, headers=sent, allow_redirects=False) as answer:
            assert answer.status == 200
            assert "Set-Cookie" in answer.headers
            assert re.search(r'http-equiv="refresh" content="0; url=/#key=[\w-]{43}"', await answer.text())


async def test_every_answer_forbids_frames_caches_referrers_and_guesses(serve: Serve) -> None:
    async with serve() as served:
        paths = ["/", f"/?token={served.door.new_token()}", "/", "/static/page.js", "/nothing", "/ws"]
        for path in paths:
            async with served.client.get(f"{served.origin}{path}", allow_redirects=False) as answer:
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["X-Frame-Options"] == "DENY"
                assert answer.headers["Server"] == "tui-ledger"
                if answer.content_type == "text/html":
                    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


async def test_the_page_may_load_and_ask_for_nothing_but_its_own_origin(serve: Serve) -> None:
    async with serve() as served:
        await served.let_in()
        async with served.client.get(served.origin) as answer:
            policy = dict(rule.strip().split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split(";"))
            html = await answer.text()
        assert policy["default-src"] == "'none'"
        assert {policy["script-src"], policy["style-src"], policy["font-src"]} == {"'self'"}
        assert policy["connect-src"] == f"{served.origin} {served.origin.replace('http', 'ws')}"
        assert "<title>shop &lt;1&gt; · tui-ledger</title>" in html
        assert re.findall(r"https?:|//", html) == []


async def test_more_pages_than_there_may_be_are_told_so_and_get_in_when_one_is_closed(serve: Serve) -> None:
    async with serve(sessions=2) as served:
        key = await served.let_in()
        async with served.socket(key) as first:
            await first.receive()
            async with served.socket(key) as second:
                await second.receive()
                flood = await asyncio.gather(*(refusal(served, key) for _ in range(12)))
                assert flood == [503] * 12
                async with served.client.get(served.origin) as answer:
                    assert answer.status == 503
                    assert "2 workbenches are open already" in await answer.text()
            async with served.socket(key) as third:
                assert (await third.receive()).data == b"size 90x30"


async def test_nobody_without_a_pass_starts_a_process(serve: Serve) -> None:
    async with serve(program="raise SystemExit('started')") as served:
        answers = await asyncio.gather(*(refusal(served, "x") for _ in range(12)))
        assert answers == [401] * 12
        assert served.server._places._value == 3


async def test_what_is_typed_reaches_the_workbench_and_what_it_draws_comes_back(serve: Serve) -> None:
    async with serve() as served, served.socket(await served.let_in()) as socket:
        await socket.receive()
        await socket.send_json(["stdin", "ä;$(touch x)"])
        assert (await socket.receive()).data == "heard ä;$(touch x)".encode()
        await socket.send_json(["resize", {"width": 10**9, "height": "x"}])
        heard = json.loads((await socket.receive()).data.removeprefix(b"heard "))
        assert heard == {"type": "resize", "width": 1000, "height": 24}


@pytest.mark.parametrize("message", ["", "{", "7", "[]", '["stdin"]', '["resize", 7]', "[" * 100_000, '["resize", {}]'])
async def test_a_message_that_means_nothing_ends_the_session_and_nothing_else(serve: Serve, message: str) -> None:
    async with serve() as served:
        key = await served.let_in()
        async with served.socket(key) as socket:
            await socket.receive()
            await socket.send_str(message)
            assert (await socket.receive_json())[0] == "ended"
            assert (await socket.receive()).type is WSMsgType.CLOSE
        async with served.socket(key) as socket:
            assert (await socket.receive()).type is WSMsgType.BINARY


async def test_a_session_in_which_nothing_is_typed_is_closed_with_a_word(serve: Serve) -> None:
    async with serve(idle_seconds=0.3) as served, served.socket(await served.let_in()) as socket:
        await socket.receive()
        kind, told = await socket.receive_json()
        assert (kind, told["again"]) == ("ended", True)
        assert told["sentence"].startswith("Nothing was typed for a long time")


async def test_a_refusal_of_the_workbench_is_told_on_the_page_without_control_bytes(serve: Serve) -> None:
    async with serve() as served, served.socket(await served.let_in()) as socket:
        await socket.receive()
        await socket.send_json(["stdin", "fail"])
        assert (await socket.receive_json())[1]["sentence"] == "The book is ␛[31mgone."


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("raise SystemExit(0)", "You have left the workbench."),
        ("raise ValueError('payee')", "The workbench ended by an error of the program itself."),
        (r"print('__GANGLION__', flush=True); import os; os.write(1, b'D\xff\xff\xff\xff')", "You have left"),
    ],
)
async def test_however_a_workbench_ends_the_page_is_told(serve: Serve, program: str, sentence: str) -> None:
    async with serve(program=program) as served, served.socket(await served.let_in()) as socket:
        kind, told = await socket.receive_json()
        assert kind == "ended"
        assert told["sentence"].startswith(sentence)
        assert "payee" not in told["sentence"]


async def test_a_workbench_that_will_not_end_is_ended(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_ledger.serving.workbench_process.GRACE_SECONDS", 0.2)
    stubborn = (
        "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "os.write(1, b'__GANGLION__\\nD\\0\\0\\0\\2' + b'ok'); time.sleep(600)"
    )
    async with serve(program=stubborn, sessions=1) as served:
        key = await served.let_in()
        async with served.socket(key) as socket:
            assert (await socket.receive()).data == b"ok"
        await until(lambda: not served.server._places.locked())


async def test_behind_a_proxy_its_name_is_an_address_and_the_cookie_is_for_https_only(serve: Serve) -> None:
    async with serve(proxies=("books.example",)) as served:
        token = served.door.new_token()
        asked = {"Host": "books.example"}
        way_in = f"{served.origin}/?token={token}"
        async with served.client.get(way_in, headers=asked, allow_redirects=False) as answer:
            (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
            assert (answer.status, cookie["secure"]) == (303, True)
        headers = {**asked, "Cookie": f"{cookie.key}={cookie.value}"}
        async with served.client.get(f"{served.origin}/", headers=headers) as page:
            assert "connect-src https://books.example wss://books.example;" in page.headers["Content-Security-Policy"]
        assert await status(served, "/", Host="other.example") == 403
