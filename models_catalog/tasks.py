"""What a worker does for the catalogue."""

import logging

from clients.errors import RemoteError
from clients.http import Timeouts
from lib.queue import enqueue
from models_catalog import syncing

log = logging.getLogger(__name__)

# Well below the worker's limit for one task.
PATIENCE = Timeouts(connect=5, read=15, whole=25)


def sync_models() -> None:
    """Bring the catalogue in step with the server in use; quiet when it is away, since its next turn comes."""
    try:
        syncing.sync_current(timeouts=PATIENCE)
    except RemoteError as error:
        log.debug("models not synced: %s", error)


def sync_when_ready(_server: str) -> None:
    """Have the models read of a pod that can be used from now on."""
    enqueue(sync_models)
