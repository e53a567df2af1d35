"""What a server's InvokeAI can do: asked once for each of its versions, then remembered."""

import logging

from clients.invokeai import InvokeAI
from clients.invokeai.version import Version
from lib import clock
from models_catalog.models import ServerAbilities

log = logging.getLogger(__name__)


def node_types(server: str, client: InvokeAI) -> frozenset[str]:
    """Return the types of nodes a server's graphs may have, having asked for them if its version is new.

    Raises:
        RemoteError: it could not be asked.
    """
    version = str(client.version())
    if (known := ServerAbilities.objects.filter(server=server, version=version).first()) and known.node_types:
        return frozenset(known.node_types)
    found = client.node_types()
    values = {"version": version, "node_types": sorted(found), "learnt_at": clock.now()}
    ServerAbilities.objects.update_or_create(server=server, defaults=values)
    log.info("%s: InvokeAI %s has %s types of nodes", server, version, len(found))
    return found


def known_version(server: str) -> Version | None:
    """Return the version that is remembered of a server, without asking it."""
    text = ServerAbilities.objects.filter(server=server).values_list("version", flat=True).first()
    return Version.parse(text) if text else None


def known_node_types(server: str) -> frozenset[str]:
    """Return what is remembered of a server, without asking it; empty when nothing is."""
    known = ServerAbilities.objects.filter(server=server).values_list("node_types", flat=True).first()
    return frozenset(known or ())
