"""Work spread over several processes, which may be stopped, or die, at any point."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

import django
from django.apps import apps
from django.db import connections

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[list[Item]], Result]

# So many batches wait for each process: enough to keep it busy, few to wait for when the work is stopped.
AHEAD = 2
LOOK_FOR_PARENT_SECONDS = 2

# Held by a process while it works on a batch.
_at_work = threading.Lock()


def spread(
    work: Work[Item, Result],
    batches: Sequence[list[Item]],
    *,
    processes: int,
    broken: Callable[[Item], Result],
) -> Generator[Result, None, None]:
    """Yield what ``work`` returns for each batch, in order.

    Each process has a database connection of its own. A process that dies costs its batch nothing but time: the
    batches under way are done again, item by item. Closing the iterator, or an interrupt, lets what is under way
    finish and begins nothing more.

    Args:
        work: a function at the top level of a module; safe to run twice for the same batch.
        batches: what it is called with.
        processes: with one, everything is done in this process.
        broken: what is yielded for an item at which its process dies even when it is alone.
    """
    if processes == 1:
        yield from (work(batch) for batch in batches)
        return
    waiting = deque(batches)
    while waiting:
        yield from _until_one_dies(work, waiting, processes)
        # What is left was under way, or not begun, when a process died.
        for batch in [waiting.popleft() for _ in range(min(len(waiting), processes * AHEAD))]:
            yield from (_alone(work, item, broken) for item in batch)


def _until_one_dies(work: Work[Item, Result], waiting: deque[list[Item]], processes: int) -> Iterator[Result]:
    """Take batches from the left of ``waiting`` as they are done."""
    with _pool(processes) as pool:
        under_way: deque[Future[Result]] = deque()
        try:
            while waiting:
                while len(under_way) < min(len(waiting), processes * AHEAD):
                    under_way.append(pool.submit(_do, work, waiting[len(under_way)]))
                result = under_way.popleft().result()
                waiting.popleft()
                yield result
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _alone(work: Work[Item, Result], item: Item, broken: Callable[[Item], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(_do, work, [item]).result()
        except BrokenProcessPool:
            return broken(item)


def _pool(processes: int) -> ProcessPoolExecutor:
    """Return a pool whose processes share no connection with this one."""
    connections.close_all()
    # Forking is quick and safe on Linux, where this process has a single thread; elsewhere system libraries forbid it.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


def _do(work: Work[Item, Result], batch: list[Item]) -> Result:
    with _at_work:
        return work(batch)


def _begin(parent: int) -> None:
    """Make a new process ready: interrupts are for its parent, and without a parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not apps.ready:
        django.setup()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, with the batch that is under way done."""
    while os.getppid() == parent:
        time.sleep(LOOK_FOR_PARENT_SECONDS)
    with _at_work:
        os._exit(1)
