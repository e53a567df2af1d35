"""A worker for the tests: runs what is really in the queue's table, by its name and with its ids, in a thread."""

import threading
import traceback
from types import TracebackType
from typing import Self

from django.db import connection
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from django_q.signing import SignedPackage

PAUSE = 0.05


class Worker:
    """Takes messages one by one while it is entered. ``failures`` holds the traceback of every task that broke."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="worker")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            while not self._is_over.wait(PAUSE):
                for message in OrmQ.objects.order_by("id"):
                    self._run(message)
        finally:
            connection.close()

    def _run(self, message: OrmQ) -> None:
        task = SignedPackage.loads(message.payload)
        message.delete()
        try:
            import_string(task["func"])(*task["args"], **task["kwargs"])
        except Exception:
            self.failures.append(f"{task['func']}:\n{traceback.format_exc()}")
