"""Content credentials (C2PA): a signed manifest that may say that a model made the picture."""

import re

MADE_BY_MODEL = re.compile(rb"(?<![A-Za-z])trainedAlgorithmicMedia")
MAKERS = {
    b"OpenAI": "OpenAI", b"DALL": "OpenAI", b"ChatGPT": "OpenAI", b"Adobe Firefly": "Adobe Firefly",
    b"Adobe_Firefly": "Adobe Firefly", b"Google": "Google", b"Bing": "Microsoft", b"Microsoft": "Microsoft",
}  # fmt: skip
SEARCHED = 4_000_000


def read_c2pa(manifest: bytes) -> str:
    """Return who made the picture with a model, “AI” when the maker is unknown, and nothing when no model did.

    The manifest is searched, not verified: it decides about a label, nothing else.
    """
    part = manifest[:SEARCHED]
    if not MADE_BY_MODEL.search(part):
        return ""
    return next((name for mark, name in MAKERS.items() if mark in part), "AI")
