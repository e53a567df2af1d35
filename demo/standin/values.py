"""Checks one value against the rules of its field, as pydantic would."""

from collections.abc import Callable, Iterator

from demo.standin.errors import Json, issue, missing, value_error

REQUIRED = {
    "ModelIdentifierField": ("key", "hash", "name", "base", "type"),
    "ImageField": ("image_name",),
    "BoardField": ("board_id",),
    "ColorField": ("r", "g", "b", "a"),
}
LIMITS: dict[str, tuple[Callable[[float, float], bool], str, str]] = {
    "gt": (lambda value, limit: value > limit, "greater_than", "greater than"),
    "ge": (lambda value, limit: value >= limit, "greater_than_equal", "greater than or equal to"),
    "lt": (lambda value, limit: value < limit, "less_than", "less than"),
    "le": (lambda value, limit: value <= limit, "less_than_equal", "less than or equal to"),
    "multiple_of": (lambda value, limit: value % limit == 0, "multiple_of", "a multiple of"),
}
GUIDED = ("denoise_latents", "tiled_multi_diffusion_denoise_latents")


def cast(value: object, rule: Json) -> object:
    """Return the value as the server stores it: ``5`` in a number field becomes ``5.0``."""
    if rule["kind"].startswith("number") and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if rule["kind"] == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if rule.get("wraps") and isinstance(value, int):
        return value % (rule["le"] + 1)
    if rule["kind"] == "ModelIdentifierField" and isinstance(value, dict):
        return {key: value.get(key) for key in (*REQUIRED["ModelIdentifierField"], "submodel_type")}
    return value


def mistakes(value: object, rule: Json, loc: list[object]) -> Iterator[Json]:
    """Yield what is wrong with one value."""
    if value is None and (rule.get("null") or rule["kind"] == "any"):
        return
    of_kind = list(_kind_mistakes(value, rule["kind"], loc))
    yield from of_kind
    if of_kind:
        return
    if "enum" in rule and value not in rule["enum"]:
        yield _not_listed(value, rule["enum"], loc)
    if _is_number(value) and not rule.get("wraps"):
        yield from _limit_mistakes(value, rule, loc)
    if loc[-1] == "cfg_scale" and loc[-2:-1] and loc[-2] in GUIDED:
        yield from _guidance_mistakes(value, loc)


def _kind_mistakes(value: object, kind: str, loc: list[object]) -> Iterator[Json]:
    if kind == "integer":
        yield from _integer_mistakes(value, loc)
    elif kind == "number" and not _number_like(value):
        yield issue("float_parsing", loc, "Input should be a valid number, unable to parse string as a number", value)
    elif kind == "string" and not isinstance(value, str):
        yield issue("string_type", loc, "Input should be a valid string", value)
    elif kind == "boolean" and not isinstance(value, bool) and value not in (0, 1, "true", "false"):
        yield issue("bool_parsing", loc, "Input should be a valid boolean, unable to interpret input", value)
    elif kind in REQUIRED:
        yield from _object_mistakes(value, kind, loc)


def _integer_mistakes(value: object, loc: list[object]) -> Iterator[Json]:
    said = "Input should be a valid integer, "
    if isinstance(value, float) and not value.is_integer():
        yield issue("int_from_float", loc, said + "got a number with a fractional part", value)
    elif isinstance(value, str) and not value.lstrip("-").isdigit():
        yield issue("int_parsing", loc, said + "unable to parse string as an integer", value)
    elif not isinstance(value, int | float | str):
        yield issue("int_type", loc, "Input should be a valid integer", value)


def _object_mistakes(value: object, kind: str, loc: list[object]) -> Iterator[Json]:
    if not isinstance(value, dict):
        yield issue("model_type", loc, f"Input should be a valid dictionary or instance of {kind}", value)
        return
    for key in REQUIRED[kind]:
        if key not in value:
            yield missing([*loc, key], value)


def _limit_mistakes(value: object, rule: Json, loc: list[object]) -> Iterator[Json]:
    assert isinstance(value, int | float)
    for name, (holds, kind, words) in LIMITS.items():
        if name in rule and not holds(value, rule[name]):
            yield issue(kind, loc, f"Input should be {words} {rule[name]}", value, **{name: rule[name]})


def _guidance_mistakes(value: object, loc: list[object]) -> Iterator[Json]:
    scales = value if isinstance(value, list) else [value]
    if any(isinstance(scale, int | float) and scale < 1 for scale in scales):
        yield value_error(loc, "cfg_scale must be greater than 1", value)


def _not_listed(value: object, allowed: list[str], loc: list[object]) -> Json:
    quoted = [f"'{name}'" for name in allowed]
    expected = ", ".join(quoted[:-1]) + " or " + quoted[-1] if len(quoted) > 1 else quoted[0]
    return issue("literal_error", loc, f"Input should be {expected}", value, expected=expected)


def _number_like(value: object) -> bool:
    if isinstance(value, str):
        return value.replace(".", "", 1).lstrip("-").isdigit()
    return isinstance(value, int | float)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
