"""Where a book is: a path, a sqlite URL or a postgresql URL, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_ledger.errors import BookNotFound, UnsupportedDatabase
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.locations import Server, book_path, located, without_password


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("shop.ledger", "shop.ledger"),
        ("sqlite:///shop.ledger", "shop.ledger"),
        ("sqlite:////srv/shop.ledger", "/srv/shop.ledger"),
        ("sqlite:///my%20shop%3F.ledger", "my shop?.ledger"),
        (Path("a/b.ledger"), "a/b.ledger"),
        ("~nosuchuser/shop.ledger", "~nosuchuser/shop.ledger"),
    ],
)
def test_a_path_and_a_sqlite_url_name_a_file(place: str | Path, path: str) -> None:
    assert book_path(place) == Path(path)


def test_a_tilde_is_the_home_folder() -> None:
    assert book_path("~/shop.ledger") == Path.home() / "shop.ledger"


@pytest.mark.parametrize(
    "place",
    [
        "mysql://ann:secret@host/shop",
        "sqlite://shop",
        "sqlite:///",
        "://",
        "http://a",
        "postgresql://ann:secret@host",
        "postgresql://ann:secret@host/",
        "postgresql://ann:secret@host/a/b",
        "postgresql://ann:secret@host:port/shop",
        "postgresql://ann:secret@host:1:2/shop",
        "postgresql://ann:se?cret@host/shop",
        "postgresql://ann:secret@host/shop?colour=red",
        "postgresql://host/shop?colour=red&password=secret",
        "postgresql://ann:secret@host/shop%00",
        "postgresql://ann:secret@host/shop%FF",
    ],
)
def test_another_database_is_refused_without_telling_the_password(place: str) -> None:
    with pytest.raises(UnsupportedDatabase) as caught:
        Ledger.open(place)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:secret@host:5432/shop", "postgresql://ann@host:5432/shop"),
        ("postgresql://host/shop", "postgresql://host/shop"),
        ("postgresql://ann:p@ss@host/shop", "postgresql://ann@host/shop"),
        ("postgresql://ann:p/ss@host/shop", "postgresql://ann@host/shop"),
        ("postgresql://ann:p?ss@host/shop", "postgresql://ann@host/shop"),
        ("postgresql://ann:secret@/shop?host=/run/pg", "postgresql://ann@/shop?host=/run/pg"),
        ("postgresql://host/shop?password=secret", "postgresql://host/shop"),
        ("postgresql://host/shop?password=se@cret&port=1", "postgresql://host/shop?port=1"),
        ("postgresql://host/shop?port=1&password=secret", "postgresql://host/shop?port=1"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize(
    ("url", "database", "parameters"),
    [
        ("postgresql://host/shop", "shop", {"host": "host"}),
        ("postgres://ann@host:5433/shop", "shop", {"user": "ann", "host": "host", "port": "5433"}),
        (
            "postgresql://ann%40home:p%40%2F%3Ass%25@host/my%20shop",
            "my shop",
            {"user": "ann@home", "password": "p@/:ss%", "host": "host"},
        ),
        ("postgresql:///shop", "shop", {}),
        ("postgresql://ann@/shop?host=/run/my%20pg", "shop", {"user": "ann", "host": "/run/my pg"}),
        ("postgresql://[::1]:5433/shop?sslmode=require", "shop", {"host": "::1", "port": "5433", "sslmode": "require"}),
        ("postgresql://host/shop?user=ann&password=a%26b", "shop", {"host": "host", "user": "ann", "password": "a&b"}),
    ],
)
def test_a_postgresql_url_names_a_database_and_how_to_reach_it(
    url: str, database: str, parameters: dict[str, str]
) -> None:
    found = located(url)
    assert isinstance(found, Server)
    assert (found.database, found.parameters) == (database, parameters)
    assert "password" not in repr(found)


def test_a_user_who_is_not_there_has_no_book() -> None:
    with pytest.raises(BookNotFound):
        Ledger.open("~nosuchuser/shop.ledger")
