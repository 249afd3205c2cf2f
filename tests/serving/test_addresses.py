from __future__ import annotations

import pytest

from tui_ledger.errors import CannotServe
from tui_ledger.serving.addresses import address

EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "::1", "[::1]", "127.8.9.1"])
def test_this_computer_may_be_listened_at(host: str) -> None:
    assert address(host, 8321).url.startswith("http://")


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.0.7", "8.8.8.8", "fe80::1"])
def test_no_other_address_without_a_proxy(host: str) -> None:
    with pytest.raises(CannotServe, match="nothing is encrypted there"):
        address(host, 8321)
    assert address(host, 8321, ["books.example"]).url == "https://books.example/"


@pytest.mark.parametrize("host", ["", " ", "books.example", "127.1", "0", "127.0.0.1%x", "fe80::1%eth0", "127.0.0.1;x"])
def test_a_host_is_an_address(host: str) -> None:
    with pytest.raises(CannotServe, match="is no address to listen at"):
        address(host, 8321, ["books.example"])


@pytest.mark.parametrize(
    "name", ["", "a b", "https://books.example", "books.example/", "x\r\nHost: y", "é.example", "*"]
)
def test_a_proxy_is_a_name_as_browsers_ask_for_it(name: str) -> None:
    with pytest.raises(CannotServe, match="is no name of a proxy"):
        address("127.0.0.1", 8321, [name])


def test_the_names_asked_for_are_exact() -> None:
    assert address("127.0.0.1", 8321).own_hosts == ("127.0.0.1:8321", "localhost:8321")
    assert address("::1", 8321).own_hosts == ("[::1]:8321", "localhost:8321")
    assert address("127.0.0.1", 80).own_hosts == ("127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost")
    assert address(EVERYWHERE, 8321, ["Books.Example:443"]).proxies == ("books.example",)
