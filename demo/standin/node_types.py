"""The node types that graphs may use: their fields, rules and outputs."""

import json
from functools import cache
from pathlib import Path

from demo.standin.errors import Json

COMMON: Json = {
    "is_intermediate": {"kind": "boolean", "default": False},
    "use_cache": {"kind": "boolean", "default": True},
}


@cache
def catalogue() -> dict[str, Json]:
    """Return every known node type by its name."""
    known: dict[str, Json] = json.loads(Path(__file__).with_suffix(".json").read_text())
    return known


@cache
def fields_of(kind: str) -> dict[str, Json]:
    """Return the fields of a node type, with those that all types have."""
    own: Json = catalogue()[kind]
    return {**COMMON, "use_cache": {"kind": "boolean", "default": own.get("use_cache", True)}, **own["fields"]}


@cache
def outputs_of(kind: str) -> dict[str, str]:
    """Return the kinds of a node type's outputs by name."""
    outputs: dict[str, str] = catalogue()[kind]["outputs"]
    return outputs


def keeps_extra_keys(kind: str) -> bool:
    """Tell whether fields that the type does not know are kept."""
    return bool(catalogue()[kind].get("extra"))


def fits(source: str, target: str) -> bool:
    """Tell whether an output of kind ``source`` may feed an input of kind ``target``."""
    sources, targets = set(source.split("|")), set(target.split("|"))
    if sources & targets or "any" in sources | targets:
        return True
    if "[any]" in sources | targets and any(kind.startswith("[") for kind in (sources | targets) - {"[any]"}):
        return True
    return (source, target) in {("integer", "number"), ("integer", "string"), ("number", "string")}
