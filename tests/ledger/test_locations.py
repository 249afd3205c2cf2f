"""Where a book is: a path or a sqlite URL, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_ledger.errors import BookNotFound, UnsupportedDatabase
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.locations import book_path, without_password


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
    "place", ["postgresql://ann:secret@host/shop", "mysql://x/y", "sqlite://shop", "sqlite:///", "://", "http://a"]
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
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_a_user_who_is_not_there_has_no_book() -> None:
    with pytest.raises(BookNotFound):
        Ledger.open("~nosuchuser/shop.ledger")
