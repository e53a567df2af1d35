"""What a server's InvokeAI can do: which node types it has. Asked once for each of its versions, then remembered."""

import hashlib
from datetime import timedelta

from django.core.cache import cache

from clients.invokeai import InvokeAI, Version
from generation import graphs
from generation.bases import BASES
from generation.graphs import BUILDERS
from generation.graphs.families import FAMILIES
from generation.recipes import Recipe

# A node can also be denied by the server's configuration, which may change without a new version.
REMEMBERED = timedelta(days=1)
LACKS = "InvokeAI {version} cannot do this: it lacks {nodes}. Upgrade it, or ask for something else."


def fault(recipe: Recipe, server: str, client: InvokeAI) -> str:
    """Return why a server cannot make what a recipe asks for; empty when it can.

    Raises:
        RemoteError: it could not be asked.
    """
    version = client.version()
    known = _remembered(server, version) or _learnt(server, version, client)
    lacking = sorted(graphs.node_types(graphs.build(recipe, job="")) - known)
    return LACKS.format(version=version, nodes=", ".join(lacking)) if lacking else ""


def learn(server: str, client: InvokeAI) -> None:
    """Ask a server what it can do, unless that is known.

    Raises:
        RemoteError: it could not be asked.
    """
    version = client.version()
    if not _remembered(server, version):
        _learnt(server, version, client)


def bases(server: str) -> frozenset[str]:
    """Return the families a server can paint with, as far as is known; nobody is called."""
    known = cache.get(_key(server))
    if known is None:
        return frozenset(BASES)
    return frozenset(base for base in BUILDERS if _nodes_of(base) <= known)


def _nodes_of(base: str) -> set[str]:
    if family := FAMILIES.get(base):
        return {family.loader, family.text_encoder, family.denoiser, family.decoder}
    return {"sdxl_model_loader"} if base == "sdxl" else {"main_model_loader"}


def _remembered(server: str, version: Version) -> frozenset[str]:
    found = cache.get(_key(server, str(version)))
    return found if isinstance(found, frozenset) else frozenset()


def _learnt(server: str, version: Version, client: InvokeAI) -> frozenset[str]:
    known = client.node_types()
    for key in (_key(server, str(version)), _key(server)):
        cache.set(key, known, REMEMBERED.total_seconds())
    return known


def _key(server: str, version: str = "") -> str:
    """Return a key that suits every cache, whatever the address has in it."""
    return f"nodes:{hashlib.sha256(f'{server} {version}'.encode()).hexdigest()[:32]}"
