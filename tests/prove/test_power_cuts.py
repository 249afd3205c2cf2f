"""The disk that the power cuts are made on: what was synced is always found, what was not may be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.prove.power_cuts import SECTOR, Disk
from tests.prove.recording import Call

SEEDS = range(60)


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    return folder


def found(disk: Disk, images: Path, name: str = "book") -> set[bytes | None]:
    """Every content a file is found with over many cuts; None where it is missing."""
    contents: set[bytes | None] = set()
    for seed in SEEDS:
        disk.image(images, random.Random(seed))
        file = images / name
        contents.add(file.read_bytes() if file.exists() else None)
    return contents


def test_what_was_synced_is_in_every_image(images: Path) -> None:
    disk = Disk("/disk/book", b"before")
    for call in (Call("pwrite64", "/disk/book", b"after!"), Call("fdatasync", "/disk/book")):
        disk.take(call)
    assert found(disk, images) == {b"after!"}


def test_what_was_not_synced_may_be_missing(images: Path) -> None:
    disk = Disk("/disk/book", b"before")
    disk.take(Call("pwrite64", "/disk/book", b"after!"))
    assert found(disk, images) == {b"before", b"after!"}


def test_a_sync_of_another_file_makes_nothing_safe(images: Path) -> None:
    disk = Disk("/disk/book", b"before")
    for call in (Call("pwrite64", "/disk/book", b"after!"), Call("fdatasync", "/disk/book-wal")):
        disk.take(call)
    assert found(disk, images) == {b"before", b"after!"}


def test_a_long_write_may_stop_at_the_end_of_a_sector(images: Path) -> None:
    disk = Disk("/disk/book", bytes(4 * SECTOR))
    disk.take(Call("pwrite64", "/disk/book", b"x" * 4 * SECTOR))
    lengths = {content.count(b"x") for content in found(disk, images) if content is not None}
    assert {0, 4 * SECTOR} < lengths <= {0, SECTOR, 2 * SECTOR, 3 * SECTOR, 4 * SECTOR}


def test_a_new_file_may_be_missing_until_its_folder_is_synced(images: Path) -> None:
    disk = Disk("/disk/book", b"before")
    for call in (Call("pwrite64", "/disk/book-wal", b"log"), Call("fdatasync", "/disk/book-wal")):
        disk.take(call)
    assert found(disk, images, "book-wal") == {b"log", None}
    disk.take(Call("fdatasync", "/disk"))
    assert found(disk, images, "book-wal") == {b"log"}


def test_what_was_cut_off_or_removed_may_still_be_there(images: Path) -> None:
    disk = Disk("/disk/book", b"before")
    disk.take(Call("ftruncate", "/disk/book", offset=3))
    assert found(disk, images) == {b"before", b"bef"}
    disk.take(Call("fdatasync", "/disk/book"))
    disk.take(Call("unlink", "/disk/book"))
    assert found(disk, images) == {b"bef", None}
