"""Which lines does a text file hold, and which files are turned away?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui_ledger.errors import FileNotReadable, ImportRefused
from tui_ledger.importing import source
from tui_ledger.importing.source import open_text


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"a", ["a"]),
        (b"a\nb\n", ["a\n", "b\n"]),
        (b"a\r\nb", ["a\r\n", "b"]),
        (b"a\rb\x0bc\xc2\x85d\xe2\x80\xa8e", ["a\rb\x0bc\x85d\u2028e"]),
        (b"\xef\xbb\xbfa\n", ["a\n"]),
        ("Zürich €\n".encode(), ["Zürich €\n"]),
    ],
)
def test_a_line_ends_at_a_line_feed_and_nowhere_else(tmp_path: Path, content: bytes, lines: list[str]) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(content)
    text = open_text(path)
    assert list(text.lines()) == lines
    assert list(text.lines()) == lines
    assert text.line_count() == len(lines)


def test_lines_that_are_no_text_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(b"fine\n\xff\nfine\nM\xfcller\n" + b"zero \x00\n")
    with pytest.raises(ImportRefused) as refusal:
        open_text(path)
    assert [line for line, _ in refusal.value.refused] == [2, 4, 5]
    assert "UTF-8" in refusal.value.refused[0][1]
    assert "NUL" in refusal.value.refused[2][1]


def test_a_character_between_two_pieces_of_the_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    text = "x" * 499_999 + "\n" + "y" * 499_997 + "\n" + "é€🦊"
    path.write_text(text, encoding="utf-8")
    assert "".join(open_text(path).lines()) == text
    path.write_bytes(text.encode()[:-1])
    with pytest.raises(ImportRefused) as refusal:
        open_text(path)
    assert [line for line, _ in refusal.value.refused] == [3]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_file_in_utf_16_is_turned_away_as_such(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(mark + "2026-01-31".encode("utf-16-le"))
    with pytest.raises(FileNotReadable, match="UTF-16"):
        open_text(path)


@pytest.mark.parametrize("length", [source.LONGEST_LINE_BYTES - 1, source.LONGEST_LINE_BYTES])
@pytest.mark.parametrize("before", [0, 1, 499_999, 500_000, 500_001])
def test_a_line_of_the_greatest_length_is_read(tmp_path: Path, length: int, before: int) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(b";" * before + b"\n" + b"x" * length + b"\nend\n")
    assert open_text(path).line_count() == 3


@pytest.mark.parametrize("before", [0, 1, 499_999, 500_000, 500_001])
@pytest.mark.parametrize("end", [b"", b"\n", b"\nend\n"])
def test_a_longer_line_is_named(tmp_path: Path, before: int, end: bytes) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(b";" * before + b"\n" + b"x" * (source.LONGEST_LINE_BYTES + 1) + end)
    with pytest.raises(ImportRefused) as refusal:
        open_text(path)
    assert refusal.value.refused == ((2, "the line is longer than 1 MB"),)


def test_a_file_beyond_the_limit_is_turned_away_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with path.open("wb") as file:
        file.truncate(source.LARGEST_FILE_BYTES + 1)
    with pytest.raises(FileNotReadable, match="larger than 100 MB"):
        open_text(path)


def test_what_is_no_file_is_named_as_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, reason in (
        (tmp_path, "directory"),
        (tmp_path / "none.journal", "no such file"),
        (pipe, "no regular file"),
        (Path("a\x00b"), "cannot name a file"),
        (Path("x" * 5000), "too long"),
    ):
        with pytest.raises(FileNotReadable, match=reason):
            open_text(path)
