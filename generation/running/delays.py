"""How long to wait before something is tried again."""

from datetime import timedelta

SENDING = [timedelta(seconds=seconds) for seconds in (2, 5, 10, 20, 30, 60)]
FETCHING = [timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 3600, 3 * 3600, 6 * 3600)]
FETCHING_LIMIT = len(FETCHING) + 1

SHORTEST_ABSENCE = timedelta(seconds=10)
LONGEST_ABSENCE = timedelta(minutes=10)


def before_sending(attempts: int) -> timedelta:
    """Return the pause after so many attempts to send a step: at most a minute, and without end.

    A server that is away is no fault of the step, so it goes on waiting for it.
    """
    return SENDING[min(max(attempts, 1), len(SENDING)) - 1]


def before_fetching(attempts: int) -> timedelta | None:
    """Return the pause after so many failed attempts to fetch a picture; None when it should rest."""
    return FETCHING[max(attempts, 1) - 1] if attempts < FETCHING_LIMIT else None


def during_absence(waited: timedelta) -> timedelta:
    """Return the pause while a picture's server is away, which grows with the time waited."""
    return min(max(waited / 4, SHORTEST_ABSENCE), LONGEST_ABSENCE)
