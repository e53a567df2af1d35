"""Refusals in FastAPI's words."""

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """The request is answered with an error status."""

    def __init__(self, status: int, detail: object) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.detail = detail


class Invalid(Refused):
    """The request is answered with 422 and a list of issues."""

    def __init__(self, issues: list[Json]) -> None:
        super().__init__(422, issues)


def issue(kind: str, loc: list[object], message: str, given: object, **ctx: object) -> Json:
    """Describe one mistake as pydantic does."""
    told: Json = {"type": kind, "loc": loc, "msg": message, "input": given}
    return {**told, "ctx": ctx} if ctx else told


def value_error(loc: list[object], message: str, given: object) -> Json:
    """Describe a mistake found by a rule of the server's own."""
    return issue("value_error", loc, f"Value error, {message}", given, error={})


def missing(loc: list[object], given: object = None) -> Json:
    """Describe a field that had to be there."""
    return issue("missing", loc, "Field required", given)
