"""What did a program write, in which order, and what was synced? Recorded by strace, call by call."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.prove.outcome import HOUSE

CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,unlink"
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((?:(\d+)<((?:\\x..)*)>)?(.*)\) += (-?\d+)", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x..)*)"')
_LONGEST_WRITE = 4_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what it did, to which file (its path), with which bytes, at which offset or to which length."""

    name: str
    path: str
    content: bytes = b""
    offset: int = 0


def lacking() -> str:
    """Why nothing can be recorded here; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not watch processes here"


def recorded(arguments: list[str], log: Path) -> list[Call]:
    """Runs a Python program and returns its calls in order; raises where the program fails."""
    watching = ["strace", "-y", "-xx", "-s", str(_LONGEST_WRITE), "-e", f"trace={CALLS}", "-e", "signal=none"]
    command = [*watching, "-o", str(log), sys.executable, *arguments]
    subprocess.run(command, cwd=HOUSE, check=True, stdout=subprocess.PIPE)
    with log.open(encoding="ascii") as lines:
        return [call for line in lines if (call := _call(line)) is not None]


def _call(line: str) -> Call | None:
    found = _CALL.match(line)
    if found is None or int(found[5]) < 0:
        return None
    name, rest = found[1], found[4]
    text = _TEXT.search(rest)
    content = _bytes(text[1]) if text else b""
    if name == "unlink":
        return Call(name, content.decode())
    path = _bytes(found[3] or "").decode()
    numbers = [int(part) for part in (rest[text.end() :] if text else rest).split(",") if part.strip().isdigit()]
    if name == "pwrite64":
        return Call(name, path, content, numbers[-1])
    return Call(name, path, content, numbers[-1] if name == "ftruncate" else 0)


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))
