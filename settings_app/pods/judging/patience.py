"""How long to wait between two looks, and how long for what must come at last."""

from datetime import timedelta

SECONDS = timedelta(seconds=1)
MINUTES = timedelta(minutes=1)

AT_ONCE = timedelta(0)
SOON = 5 * SECONDS
WHILE_READY = 30 * SECONDS
WHILE_ASLEEP = 10 * MINUTES
IN_TROUBLE = 5 * MINUTES
LONGEST_BACK_OFF = 60 * SECONDS

# After a request whose answer got lost: as long as it may take, and a minute for it to show in the list.
LOST_FOR = 105 * SECONDS
MOST_CREATES = 3
WAIT_FOR_MACHINE = (30 * SECONDS, MINUTES, 2 * MINUTES, 5 * MINUTES)
START_PATIENCE = 15 * MINUTES
BOOT_PATIENCE = 10 * MINUTES
FIRST_BOOT_PATIENCE = 20 * MINUTES
RESUME_PATIENCE = 3 * MINUTES
# A start that was accepted may be described as stopped for a moment longer.
STALE = 30 * SECONDS
ALARM_AFTER = 2 * MINUTES
DEAF_ROUNDS = 3
DRAIN_PATIENCE = 15 * MINUTES
