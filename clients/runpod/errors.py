"""From RunPod's words to the four errors."""

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any

import requests

from clients import failures
from clients.errors import RemoteBusy, RemoteError, RemoteRejected, RemoteUnreachable

log = logging.getLogger(__name__)

LONGEST_DETAIL = 200
NO_GPU_TO_RENT = "no longer any instances available"
NO_GPU_LEFT = "not enough free gpus on the host machine"

SENTENCES = {
    401: "RunPod does not accept the API key. Enter a valid one in Settings.",
    402: "RunPod says that the balance is too low. Add credit at RunPod, then start again.",
    403: "RunPod does not let this API key do that. Give the key full access at RunPod, or enter another in Settings.",
    404: "RunPod no longer has what was asked for.",
    409: "RunPod does not allow that in the pod’s present state.",
    410: "RunPod has retired the API that the gallery speaks. Update the gallery.",
    413: "RunPod found the request too large. This is a fault of the gallery.",
}


class NoCapacity(RemoteBusy):
    """No machine with this graphics card is free: right now, and for how long nobody knows.

    Attributes:
        is_host_taken: True when a stopped pod cannot start since its own machine's cards are rented out.
    """

    def __init__(self, message: str, *, is_host_taken: bool) -> None:
        """Say which of the two it is."""
        super().__init__(message, retry_after=30.0)
        self.is_host_taken = is_host_taken


def judge(response: requests.Response, body: bytes, host: str, secrets: Iterable[str]) -> RemoteError:
    """Judge an answer that is not a success.

    Only the text tells a lack of machines from a wrong request. Cloudflare, in front, answers with pages of its own,
    which say nothing about the request.

    Args:
        response: its status and headers.
        body: what it said.
        host: for messages.
        secrets: what must never be repeated.
    """
    status = response.status_code
    request_id = response.headers.get("x-request-id", "none")
    log.info("RunPod answered %s (request %s)", status, request_id)
    if status == 429:
        wait = failures.retry_after(response.headers.get("Retry-After"))
        return RemoteBusy("RunPod asks for fewer questions. The gallery goes on in a while.", retry_after=wait)
    if 300 <= status < 400:
        return failures.redirected(response, host)
    if "html" in response.headers.get("Content-Type", "").lower():
        return RemoteUnreachable(f"Something in front of RunPod turned the gallery away (status {status}). Try again.")
    said = _without(secrets, " ".join(_texts(body)))
    if lack := _lack_of_machines(said):
        return lack
    if status >= 500 or status == 408:
        return RemoteUnreachable(f"RunPod has a fault of its own (status {status}). Try again in a while.")
    return _refusal(status, said)


def _lack_of_machines(said: str) -> NoCapacity | None:
    folded = said.casefold()
    if NO_GPU_TO_RENT in folded:
        sentence = "RunPod has no machine with this graphics card free at the moment."
        return NoCapacity(sentence, is_host_taken=False)
    if NO_GPU_LEFT in folded:
        sentence = "The graphics card of the stopped pod has been rented to somebody else meanwhile."
        return NoCapacity(sentence, is_host_taken=True)
    return None


def _refusal(status: int, said: str) -> RemoteRejected:
    known = SENTENCES.get(status, f"RunPod refused the request (status {status}).")
    detail = said[:LONGEST_DETAIL].strip()
    sentence = known if status in (401, 402, 410) or not detail else f"{known} It said: {detail}"
    return RemoteRejected(sentence, status=status, problems=(detail,) if detail else ())


def _texts(body: bytes) -> Iterator[str]:
    """Yield what an answer says, whichever of RunPod's forms it has."""
    try:
        parsed: Any = json.loads(body)
    except (ValueError, RecursionError):
        parsed = body.decode(errors="replace")
    if isinstance(parsed, str):
        yield parsed
    if not isinstance(parsed, dict):
        return
    for key in ("detail", "error", "message"):
        if isinstance(parsed.get(key), str):
            yield parsed[key]
    if isinstance(parsed.get("errors"), list):
        yield from (text if isinstance(text, str) else json.dumps(text) for text in parsed["errors"])
    if isinstance(parsed.get("title"), str) and not isinstance(parsed.get("detail"), str):
        yield parsed["title"]


def _without(secrets: Iterable[str], said: str) -> str:
    for secret in secrets:
        if secret:
            said = said.replace(secret, "…")
    return said
