"""The follower's sign of life, which the launcher and the sweep read."""

from datetime import datetime, timedelta

from lib import heartbeat

EVERY = timedelta(seconds=5)
# The longest single wait of the follower is for a server that does not answer.
SILENCE = timedelta(seconds=120)


def beat() -> None:
    """Say that the follower is alive."""
    heartbeat.beat(heartbeat.FOLLOWER)


def is_alive(now: datetime) -> bool:
    """Tell whether a follower is at work."""
    heard = heartbeat.last_beat(heartbeat.FOLLOWER)
    return heard is not None and now - heard < SILENCE
