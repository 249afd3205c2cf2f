"""In which language does work beside the screen speak? In that of whoever asked for it, as the screen does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


class SpokenThreads(ThreadPoolExecutor):
    """Threads that work in the context of who asked: a loop's own ones know nothing of the language spoken."""

    def submit(self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        context, act = copy_context(), partial(fn, *args, **kwargs)
        return super().submit(lambda: context.run(act))
