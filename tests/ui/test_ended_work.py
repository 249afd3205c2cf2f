from __future__ import annotations

import threading

from textual.app import App
from textual.worker import WorkerState, get_current_worker

from tui_ledger.ui.ended_work import WorkEnded, ended_with


async def test_work_goes_on_until_its_worker_is_cancelled_and_ends_at_the_next_step() -> None:
    app: App[None] = App()
    was_cancelled, ended = threading.Event(), threading.Event()
    steps: list[int] = []

    def work() -> None:
        step = ended_with(get_current_worker())
        step(1, 2)
        steps.append(1)
        was_cancelled.wait(10)
        try:
            step(2, 2)
        except WorkEnded:
            ended.set()

    async with app.run_test() as pilot:
        worker = app.run_worker(work, thread=True)
        while not steps:
            await pilot.pause()
        worker.cancel()
        was_cancelled.set()
        while not ended.is_set():
            await pilot.pause()
        assert worker.state is WorkerState.CANCELLED
    assert steps == [1]
