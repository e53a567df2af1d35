"""The guard: ends what the launcher started, should the launcher itself be killed.

Runs as a process of its own, without Django. The launcher tells it each process group on its standard input
(``+123`` when one starts, ``-123`` when it is gone). When that input ends, the launcher is no more.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

GRACE = 3.0


def watch(lines: Iterable[str]) -> set[int]:
    """Follow what the launcher tells until it ends; return the groups that are still there."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    return groups


def end(groups: Iterable[int], *, grace: float = GRACE) -> None:
    """Ask every process of the groups to stop, and after the grace make them."""
    left = {group for group in groups if tell(group, signal.SIGTERM)}
    deadline = time.monotonic() + grace
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = {group for group in left if tell(group, 0)}
    for group in left:
        tell(group, signal.SIGKILL)


def tell(group: int, message: int) -> bool:
    """Send a signal to a process group; False when there is no such group any more."""
    try:
        os.killpg(group, message)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    end(watch(sys.stdin))
