"""Is anything acknowledged lost when the power goes? What was written is replayed to a moment, and opened.

What was synced is there; of what was written since then, each write is there whole, in part, or not at all.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import random
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.prove import recording
from tests.prove.outcome import Order, Outcome
from tests.prove.recording import Call
from tests.prove.shop import new_shop
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger

IMAGES = {"push": 3_000, "night": 20_000, "release": 200_000}
ROUNDS = 8
CONTROL_IMAGES = 100
SECTOR = 512
TRACEBACK = "a traceback"
MEMORY = "/dev/shm"  # noqa: S108 -- only where images are laid out faster; each in a folder of its own
_SYNCS = ("fsync", "fdatasync")


def proof(order: Order) -> Outcome:
    """Cuts at every sync point and at random ones; without the syncs the same cuts must be seen to lose something."""
    lacking = recording.lacking()
    if lacking:
        return Outcome(skipped=lacking)
    tape = _taped(order.folder)
    images = IMAGES[order.level]
    problems = _cut_everywhere(tape, images, order)
    unsynced = replace(tape, calls=[call for call in tape.calls if call.name not in _SYNCS])
    noticed = _cut_everywhere(unsynced, CONTROL_IMAGES, order)
    problems += [problem for problem in noticed if TRACEBACK in problem]
    if not noticed:
        problems.append("without any sync the same cuts lose nothing: this proof does not see losses")
    syncs = sum(call.name in _SYNCS for call in tape.calls)
    acknowledged = sum(bool(_acknowledged([call])) for call in tape.calls)
    return Outcome(
        said=f"{acknowledged} acknowledged acts met {images:,} power cuts over {syncs} sync points: lost "
        f"{len(problems)} (without the syncs {len(noticed)} of {CONTROL_IMAGES} are noticed)",
        counts={"acknowledged": acknowledged, "cuts": images, "lost": len(problems)},
        failures=problems,
    )


@dataclass(frozen=True, slots=True)
class Tape:
    """What the book was before, and every call after."""

    book: str
    before: bytes
    calls: list[Call]


def _taped(folder: Path) -> Tape:
    book = folder / "taped.ledger"
    new_shop(str(book))
    before = book.read_bytes()
    calls = recording.recorded(["-m", "tests.prove.scenario", str(book), str(ROUNDS)], folder / "strace.log")
    kept = [call for call in calls if not call.path.endswith("-shm")]
    return Tape(str(book), before, kept)


def _cut_everywhere(tape: Tape, images: int, order: Order) -> list[str]:
    """The cuts shared out to all cores."""
    tape_file = order.folder / "tape"
    tape_file.write_bytes(pickle.dumps(tape))
    workers = max(1, os.cpu_count() or 1)
    shares = [range(first, images, workers) for first in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = pool.map(_cut_some, [str(tape_file)] * workers, shares, [order.seed] * workers)
        return [problem for problems in found for problem in problems]


def _cut_some(tape_file: str, places: Iterable[int], seed: int) -> list[str]:
    tape: Tape = pickle.loads(Path(tape_file).read_bytes())  # noqa: S301 -- written by this program
    problems, disk, taken = list[str](), Disk(tape.book, tape.before), 0
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        for point, place in sorted((_point(tape.calls, place, seed), place) for place in places):
            for call in tape.calls[taken:point]:
                disk.take(call)
            taken = point
            book = disk.image(Path(folder), random.Random(f"{seed} {place} image"))
            problems += [f"cut {place} after call {point}: {one}" for one in _lost(book, tape.calls[:point])[:1]]
    return problems


def _point(calls: Sequence[Call], place: int, seed: int) -> int:
    """After how many calls the cut of a place comes: the first ones at the sync points, the others anywhere."""
    points = _points(calls)
    return points[place] if place < len(points) else random.Random(f"{seed} {place}").randrange(len(calls) + 1)


def _points(calls: Sequence[Call]) -> list[int]:
    """Just before every sync, just after it, and at the very end."""
    syncs = [place for place, call in enumerate(calls) if call.name in _SYNCS]
    return [*(point for place in syncs for point in (place, place + 1)), len(calls)]


@dataclass
class Disk:
    """Files as they are surely on disk, and what was written to them since."""

    book: str
    before: bytes
    safe: dict[str, bytearray] = field(init=False)
    pending: dict[str, list[Call]] = field(default_factory=dict)
    named: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.safe = {self.book: bytearray(self.before)}
        self.named = {self.book}

    def take(self, call: Call) -> None:
        """One call more: writes wait, syncs make safe; a new file's name is safe once its folder is synced."""
        if call.name in _SYNCS:
            if call.path == str(Path(self.book).parent):
                self.named |= self.safe.keys()
            for waiting in self.pending.pop(call.path, []):
                _apply(self.safe, waiting)
        elif call.path.startswith(self.book):
            self.safe.setdefault(call.path, bytearray())
            self.pending.setdefault(call.path, []).append(call)

    def image(self, folder: Path, chance: random.Random) -> Path:
        """What may be found after the cut, as files in a folder."""
        files = {path: bytearray(content) for path, content in self.safe.items()}
        for waiting in self.pending.values():
            share = chance.choice((0.0, 0.5, 0.9, 1.0))
            for call in waiting:
                if chance.random() < share:
                    _apply(files, _torn(call, chance))
        for path in sorted(files.keys() - self.named):
            if chance.random() < 0.5:
                del files[path]
        return _written(folder, self.book, files)


def _apply(files: dict[str, bytearray], call: Call) -> None:
    if call.name == "unlink":
        files.pop(call.path, None)
        return
    content = files.setdefault(call.path, bytearray())
    if call.name == "ftruncate":
        del content[call.offset :]
        content.extend(bytes(max(0, call.offset - len(content))))
        return
    content.extend(bytes(max(0, call.offset - len(content))))
    content[call.offset : call.offset + len(call.content)] = call.content


def _torn(call: Call, chance: random.Random) -> Call:
    """One in eight longer writes stops at a sector's end."""
    sectors = len(call.content) // SECTOR
    if sectors < 2 or chance.random() > 0.125:
        return call
    return replace(call, content=call.content[: SECTOR * chance.randrange(1, sectors)])


def _written(folder: Path, book: str, files: dict[str, bytearray]) -> Path:
    for old in folder.iterdir():
        old.unlink()
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)
    return folder / Path(book).name


def _lost(book: Path, calls: Sequence[Call]) -> list[str]:
    """What is not there or not right in a book found after a cut."""
    acknowledged = _acknowledged(calls)
    try:
        with Ledger.open(book) as ledger:
            found = [f"verify: {problem}" for problem in ledger.verify().discrepancies]
            for key, seq, head in acknowledged[-1:]:
                kept = ledger._database.value("SELECT hash FROM changes WHERE seq = ?", (seq,))
                if kept is None or kept.hex() != head:
                    found.append(f"{key} was acknowledged as change {seq}; the history ends at {ledger.revision}")
    except LedgerError as problem:
        return [f"{type(problem).__name__}: {problem}"]
    except Exception as problem:  # noqa: BLE001 -- whatever else is raised would be a traceback for the user
        return [f"{TRACEBACK}: {''.join(traceback.format_exception(problem)[-6:])}"]
    return found


def _acknowledged(calls: Sequence[Call]) -> list[tuple[str, int, str]]:
    """(key, change, head) of each act that was said to be done."""
    said = [call.content.decode().split() for call in calls if call.name == "write" and call.content[:5] == b"done "]
    return [(key, int(seq), head) for _, key, seq, head in said]
