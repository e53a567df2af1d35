"""What a sync would change, worked out without network or database."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from clients.invokeai import ModelRecord
from models_catalog.models import Model

LARGEST_INTEGER = 2**31 - 1
LARGEST_SCALE = Decimal("999.99")
TOLD_FIELDS = (
    "name",
    "type",
    "base",
    "hash",
    "description",
    "default_width",
    "default_height",
    "default_steps",
    "default_cfg_scale",
    "default_scheduler",
    "default_vae_key",
    "default_vae_hash",
    "format",
    "variant",
    "trigger_phrases",
    "default_settings",
    "server",
    "unavailable_since",
)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many models came, changed, left, and came back."""

    added: int = 0
    updated: int = 0
    gone: int = 0
    returned: int = 0

    def __str__(self) -> str:
        counts = {"new": self.added, "changed": self.updated, "gone": self.gone, "back": self.returned}
        told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
        return told or "nothing has changed"


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows to write, keys of available models that have left the server, and what to tell of it."""

    rows: list[Model]
    gone: list[str]
    report: SyncReport


def plan(
    records: Iterable[ModelRecord], missing: Collection[str], known: Mapping[str, Model], server: str, now: datetime
) -> Plan:
    """Compare what the server told with what is known.

    Args:
        records: every model of the server.
        missing: keys of those whose file is gone.
        known: every model of the catalogue by key, of whatever server.
        server: whose records they are; a model known from another server becomes this one's.
        now: the moment for models that are unavailable from now on.
    """
    told = {record.key: record for record in records}
    rows = [_row(record, told, known.get(key), key in missing, server, now) for key, record in sorted(told.items())]
    pairs = [(row, known.get(row.key)) for row in rows]
    left = [model.key for model in known.values() if model.server == server and model.key not in told]
    gone = [key for key in left if known[key].is_available]
    report = SyncReport(
        added=sum(old is None for _, old in pairs),
        returned=sum(old is not None and row.is_available and not old.is_available for row, old in pairs),
        updated=sum(
            old is not None and row.is_available == old.is_available and _differs(row, old) for row, old in pairs
        ),
        gone=len(gone) + sum(old is not None and old.is_available and not row.is_available for row, old in pairs),
    )
    return Plan(rows, gone, report)


def _row(
    record: ModelRecord,
    told: Mapping[str, ModelRecord],
    old: Model | None,
    is_missing: bool,
    server: str,
    now: datetime,
) -> Model:
    vae = told.get(record.default_vae_key or "")
    return Model(
        key=record.key,
        name=_clean(record.name),
        type=_clean(record.type),
        base=_clean(record.base),
        hash=_clean(record.hash),
        description=_clean(record.description) if record.description else None,
        default_width=_whole(record.default_width),
        default_height=_whole(record.default_height),
        default_steps=_whole(record.default_steps),
        default_cfg_scale=_scale(record.default_cfg_scale),
        default_scheduler=record.default_scheduler,
        default_vae_key=record.default_vae_key,
        default_vae_hash=vae.hash if vae else None,
        format=_clean(record.format),
        variant=_clean(record.variant or ""),
        trigger_phrases=_clean_json(list(record.trigger_phrases)),
        default_settings=_clean_json(dict(record.default_settings)),
        server=server,
        unavailable_since=((old.unavailable_since if old else None) or now) if is_missing else None,
        cached_at=now,
    )


def _differs(row: Model, old: Model) -> bool:
    return any(getattr(row, name) != getattr(old, name) for name in TOLD_FIELDS)


def _clean(text: str) -> str:
    """Leave out NUL, which PostgreSQL cannot store."""
    return text.replace("\x00", "")


def _clean_json(value: Any) -> Any:
    return json.loads(json.dumps(value).replace("\\u0000", ""))


def _whole(number: int | None) -> int | None:
    """Leave out what no column could hold: one odd default must not stop the whole sync."""
    return number if number is not None and 0 < number <= LARGEST_INTEGER else None


def _scale(number: float | None) -> Decimal | None:
    if number is None or not 0 <= number <= LARGEST_SCALE:
        return None
    return Decimal(str(number)).quantize(Decimal("0.01"))
