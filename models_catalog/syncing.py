"""Keeping the catalogue in step with a server."""

import logging

from django.db import transaction

from clients.errors import RemoteError
from clients.http import Timeouts
from clients.invokeai import InvokeAI
from lib import clock
from models_catalog import abilities
from models_catalog.models import CatalogueSync, Model
from models_catalog.planning import TOLD_FIELDS, Plan, SyncReport, plan
from settings_app import connections

log = logging.getLogger(__name__)

# For a page that waits; a task may wait longer.
HASTY = Timeouts(connect=3, read=10, whole=15)


def sync(client: InvokeAI, server: str) -> SyncReport:
    """Bring the catalogue in step with ``server``; safe to repeat, and for two processes at once.

    Everything is asked before the transaction begins. A model that has left, or whose file is missing, is kept and
    marked unavailable, because pictures name it.

    Raises:
        RemoteError: the server could not be asked; the catalogue is as before, and the sentence is kept for pages.
    """
    try:
        records, missing = client.models.all(), client.models.missing_keys()
    except RemoteError as error:
        _remember_failure(server, error)
        raise
    with transaction.atomic():
        planned = plan(records, missing, Model.objects.in_bulk(), server, clock.now())
        _carry_out(planned)
        _remember_success(server, len(records))
    log.info("models of %s: %s", server, planned.report)
    _learn(client, server)
    return planned.report


def _learn(client: InvokeAI, server: str) -> None:
    """Learn what the server can do; when that fails the models are known all the same."""
    try:
        abilities.node_types(server, client)
    except RemoteError as error:
        log.info("abilities of %s not learnt: %s", server, error)


def preview(client: InvokeAI, server: str) -> SyncReport:
    """Tell what ``sync`` would do, and do nothing.

    Raises:
        RemoteError: the server could not be asked.
    """
    records, missing = client.models.all(), client.models.missing_keys()
    return plan(records, missing, Model.objects.in_bulk(), server, clock.now()).report


def sync_current(*, timeouts: Timeouts | None = None) -> SyncReport:
    """Bring the catalogue in step with the server in use.

    Raises:
        RemoteError: no usable server is set, or it could not be asked.
    """
    server = connections.current_server()
    with connections.invokeai_for(server, timeouts=timeouts) as client:
        return sync(client, server)


def last_report(server: str | None = None) -> CatalogueSync | None:
    """Return what the last sync came to, or None when there was none.

    Args:
        server: its identity; the server in use when None.
    """
    if server is None:
        try:
            server = connections.current_server()
        except RemoteError:
            return None
    return CatalogueSync.objects.filter(server=server).first()


def _carry_out(planned: Plan) -> None:
    # One statement that adds or overwrites: another process may have added the same keys meanwhile.
    Model.objects.bulk_create(
        planned.rows, update_conflicts=True, unique_fields=["key"], update_fields=[*TOLD_FIELDS, "cached_at"]
    )
    Model.objects.filter(key__in=planned.gone).available().update(unavailable_since=clock.now())


def _remember_success(server: str, count: int) -> None:
    now = clock.now()
    values = {"tried_at": now, "succeeded_at": now, "error": "", "model_count": count}
    CatalogueSync.objects.update_or_create(server=server, defaults=values)


def _remember_failure(server: str, error: RemoteError) -> None:
    CatalogueSync.objects.update_or_create(server=server, defaults={"tried_at": clock.now(), "error": str(error)})
