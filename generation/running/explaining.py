"""From InvokeAI's errors to sentences the owner can act on."""

from collections.abc import Sequence

from clients.invokeai import QueueItem
from generation.running.resolving import CHOOSE_ANOTHER

LONGEST_LINE = 200

NO_MEMORY = "The server ran out of memory. Choose a smaller size or fewer pictures, and try again."
NO_MODEL = f"The server does not have this model any more. {CHOOSE_ANOTHER}"
OUT_OF_MEMORY = ("out of memory", "not enough memory", "defaultcpuallocator")
# What the error contains, in small letters, and what to do about it. The first that fits is taken.
REMEDIES = (
    (OUT_OF_MEMORY, NO_MEMORY),
    (("unknown model",), NO_MODEL),
    (("no submodels in models",), "This model cannot make pictures by itself. Choose a main model."),
    (("nonetype' is not iterable",), "The model does not fit the kind of request. Choose another model."),
    (("image record not found",), "The picture this should grow from is gone from the server. Start it again."),
    (
        ("imagefilesaveexception",),
        "The server could not save the picture: its disk may be full. Make room, and try again.",
    ),
    (("shapes", "incompatible"), "The size does not fit the picture this should grow from. Choose another size."),
)
UNKNOWN = "The server failed while making the picture. Try again, or look into InvokeAI’s log."


def explain(kind: str | None, message: str | None) -> str:
    """Return what happened and what to do, with the server's own words at the end.

    Args:
        kind: the exception's class.
        message: its text. Only the first line is kept; it is shown to the owner, and to nobody else.
    """
    said = _said(kind, message)
    told = said.casefold()
    remedy = next((remedy for signs, remedy in REMEDIES if any(sign in told for sign in signs)), UNKNOWN)
    return f"{remedy} It said: {said}" if said else remedy


def explain_items(failed: Sequence[QueueItem]) -> str:
    """Return why these items failed; when there were several reasons, the first one."""
    return explain(failed[0].error_type, failed[0].error_message) if failed else ""


def _said(kind: str | None, message: str | None) -> str:
    first = (message or "").strip().partition("\n")[0].strip()
    said = f"{kind}: {first}" if kind and first else (kind or first)
    return said if len(said) <= LONGEST_LINE else said[: LONGEST_LINE - 1] + "…"
