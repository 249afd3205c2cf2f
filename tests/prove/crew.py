"""How are writers started, told to go, listened to and killed?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.prove.outcome import HOUSE


@dataclass
class Writer:
    """One writing process and what it said so far."""

    process: subprocess.Popen[bytes]
    said: bytearray = field(default_factory=bytearray)

    def listen(self) -> bool:
        """Takes what was said since; False when the writer has ended and everything was heard."""
        assert self.process.stdout is not None
        while True:
            try:
                heard = os.read(self.process.stdout.fileno(), 65_536)
            except BlockingIOError:
                return True
            if not heard:
                return False
            self.said += heard

    def lines(self) -> list[str]:
        """Whole lines: what was cut off by a kill was not said."""
        return bytes(self.said).decode().split("\n")[:-1]

    def kill(self) -> None:
        """kill -9, then everything that was said before it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        while self.listen():
            pass


@contextmanager
def crew(commands: list[list[str]]) -> Iterator[list[Writer]]:
    """Writers of `tests.prove.writer`, all open and waiting; whoever is left at the end is killed."""
    writers = [_started(arguments) for arguments in commands]
    try:
        for writer in writers:
            assert writer.process.stdout is not None
            if writer.process.stdout.readline() != b"ready\n":
                raise RuntimeError(f"a writer did not start: {writer.process.args!r}")
            os.set_blocking(writer.process.stdout.fileno(), False)
        yield writers
    finally:
        for writer in writers:
            if writer.process.poll() is None:
                writer.kill()


def go(writers: list[Writer]) -> None:
    """All at the same moment."""
    for writer in writers:
        assert writer.process.stdin is not None
        writer.process.stdin.write(b"go\n")
        writer.process.stdin.flush()


def wait_for_all(writers: list[Writer], seconds: float) -> list[str]:
    """Until every writer has ended by itself; returns what went wrong with whom."""
    deadline = time.monotonic() + seconds
    left = list(writers)
    while left and time.monotonic() < deadline:
        left = [writer for writer in left if writer.listen()]
        time.sleep(0.01)
    if left:
        return [f"{len(left)} writers were not done after {seconds:.0f} s"]
    return [f"a writer ended with status {one.process.returncode}" for one in writers if one.process.wait() != 0]


def _started(arguments: list[str]) -> Writer:
    return Writer(
        subprocess.Popen(
            [sys.executable, "-m", "tests.prove.writer", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=HOUSE,
            bufsize=0,
        )
    )
