"""A small ``openapi.json``: the addresses, and the node types with their fields."""

import re
from collections.abc import Iterable

from demo.standin import node_types
from demo.standin.answers import Route
from demo.standin.errors import Json

REF = "#/components/schemas/"
LIMITS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "multiple_of": "multipleOf",
}
PLAIN = ("integer", "number", "string", "boolean")


def describe(routes: Iterable[Route]) -> Json:
    """Return the document. Its version is always 1.0.0, as the real one's is."""
    paths: dict[str, Json] = {}
    for route in routes:
        name = re.sub(r"\{name\}", "{image_name}", route.path)
        paths.setdefault(name, {})[route.method.lower()] = {"responses": {"200": {"description": "OK"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Invoke - Community Edition", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _schemas() -> dict[str, Json]:
    schemas: dict[str, Json] = {}
    for kind, known in node_types.catalogue().items():
        schemas[known["class"]] = _node(kind, known)
        schemas[known["output_class"]] = _output(known)
    return schemas


def _node(kind: str, known: Json) -> Json:
    properties = {name: _field(rule) for name, rule in node_types.fields_of(kind).items()}
    properties |= {"id": {"type": "string"}, "type": _constant(kind)}
    schema = {"class": "invocation", "type": "object", "title": known["class"], "properties": properties}
    return {**schema, "required": ["type", "id"], "output": {"$ref": REF + known["output_class"]}}


def _output(known: Json) -> Json:
    properties = {name: _kind(kind) for name, kind in known["outputs"].items()}
    properties["type"] = _constant(known["output"])
    return {"class": "output", "type": "object", "title": known["output_class"], "properties": properties}


def _constant(word: str) -> Json:
    return {"const": word, "default": word, "type": "string"}


def _field(rule: Json) -> Json:
    kinds = [_kind(kind) for kind in rule["kind"].split("|")] + ([{"type": "null"}] if rule.get("null") else [])
    schema = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    schema = schema | {LIMITS[name]: rule[name] for name in LIMITS if name in rule}
    return schema | {name: rule[name] for name in ("enum", "default") if name in rule}


def _kind(kind: str) -> Json:
    if kind in PLAIN:
        return {"type": kind}
    if kind.startswith("["):
        return {"type": "array", "items": _kind(kind.strip("[]"))}
    return {} if kind == "any" else {"$ref": REF + kind}
