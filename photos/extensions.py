"""What the apps above register about photos, because photos must not know them.

Called from ``AppConfig.ready()``, so that the registry is complete before the first request.
"""

from collections.abc import Callable
from uuid import UUID

Merge = Callable[[UUID, UUID], None]

_tombstone_relations: set[str] = set()
_merges: list[Merge] = []


def keep_tombstone_for(*relations: str) -> None:
    """Have a purged photo leave its row while anything names it through one of ``relations``.

    Relations that protect photos from deletion count by themselves.

    Args:
        relations: names of reverse relations of ``Photo``, such as ``selected_in_steps``.
    """
    _tombstone_relations.update(relations)


def on_merge(merge: Merge) -> None:
    """Have ``merge(from_pk, into_pk)`` called, in the transaction, before a photo is merged into another."""
    if merge not in _merges:
        _merges.append(merge)


def tombstone_relations() -> frozenset[str]:
    """Return what was registered."""
    return frozenset(_tombstone_relations)


def merges() -> tuple[Merge, ...]:
    """Return what was registered, in order."""
    return tuple(_merges)
