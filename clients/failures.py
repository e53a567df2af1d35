"""From what went wrong on the wire to the error, and the sentence, the owner should see."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import LocationParseError, NameResolutionError, ReadTimeoutError

from clients.errors import RemoteBusy, RemoteError, RemoteRejected, RemoteUnreachable

LONGEST_PROBLEM = 200
LONGEST_WAIT = 3600.0
MAINTENANCE_WAIT = 30.0
USUAL_WAIT = 5.0

REFUSALS = {
    401: "This {service} asks for a login, which the gallery cannot do yet. Run it in single-user mode.",
    403: "This {service} allows that only with a login, which the gallery cannot do yet. Run it in single-user mode.",
    404: "{service} no longer has what was asked for.",
    413: "This is larger than {service} accepts. Send something smaller.",
    415: "{service} could not read the file as a picture. Try another format.",
}


def connection_failure(failure: Exception, service: str, host: str) -> RemoteUnreachable:
    """Say why no answer came; ``failure`` itself may hold the whole request and is not kept."""
    causes = list(_chain(failure))
    if any(isinstance(cause, requests.exceptions.InvalidURL | LocationParseError) for cause in causes):
        return RemoteUnreachable(f"No server can have the name in {host}. Check the address in Settings.")
    if any(isinstance(cause, NameResolutionError) for cause in causes):
        return RemoteUnreachable(f"No server is known by the name in {host}. Check the address in Settings.")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return RemoteUnreachable(f"Nothing answers at {host}. Start {service}, or check the address in Settings.")
    if isinstance(failure, requests.ConnectTimeout):
        return RemoteUnreachable(f"{host} cannot be reached. Check that the machine is on and the address is right.")
    if isinstance(failure, requests.Timeout) or any(isinstance(cause, ReadTimeoutError) for cause in causes):
        return RemoteUnreachable(f"{service} at {host} took too long to answer. Try again in a while.")
    if isinstance(failure, requests.exceptions.SSLError):
        return RemoteUnreachable(f"The secure connection to {host} failed. Check the certificate, and http or https.")
    return RemoteUnreachable(f"The connection to {service} at {host} broke off. Try again in a while.")


def status_failure(response: requests.Response, body: bytes, service: str, host: str) -> RemoteError:
    """Judge an answer that is not a success.

    Proxies in front of a stopped server answer any status with a page of their own, so only what is not HTML, or
    speaks of the login or the size, counts as a refusal by the service.
    """
    status = response.status_code
    if status == 429 or (status == 503 and "Retry-After" in response.headers):
        wait = retry_after(response.headers.get("Retry-After"))
        return RemoteBusy(f"{service} is busy. Try again in a while.", retry_after=wait)
    if status in (401, 403, 413):
        return RemoteRejected(REFUSALS[status].format(service=service), status=status)
    if 300 <= status < 400:
        return redirected(response, host)
    if status >= 500 or status == 408:
        return RemoteUnreachable(f"{service} at {host} has a fault of its own (status {status}). Try again in a while.")
    if not is_json(response):
        return not_the_service(service, host)
    return refusal(status, body, service)


def refusal(status: int, body: bytes, service: str) -> RemoteError:
    """Judge a 4xx of the service itself.

    FastAPI's 422 repeats the offending part as ``input``, often the whole graph: only place and reason are kept.
    """
    detail = _detail(body)
    if status == 409 and isinstance(detail, str) and "maintenance" in detail.casefold():
        return RemoteBusy(f"{service} is under maintenance. Try again in a while.", retry_after=MAINTENANCE_WAIT)
    problems = (
        tuple(_problem(fault) for fault in detail if isinstance(fault, Mapping)) if isinstance(detail, list) else ()
    )
    if problems:
        return RemoteRejected(f"{service} refused the request: {problems[0]}", status=status, problems=problems)
    sentence = REFUSALS.get(status, "{service} refused the request (status {status}).")
    return RemoteRejected(sentence.format(service=service, status=status), status=status)


def redirected(response: requests.Response, host: str) -> RemoteUnreachable:
    """Name where the answer points to; it is never followed, so no token can reach another host."""
    target = urlsplit(response.headers.get("Location", ""))
    if not target.hostname:
        return RemoteUnreachable(f"{host} redirects to another page. Check the address in Settings.")
    port = f":{target.port}" if target.port else ""
    there = f"{target.scheme}://{target.hostname}{port}"
    return RemoteUnreachable(f"{host} redirects to {there}. Check the address in Settings.")


def not_the_service(service: str, host: str) -> RemoteUnreachable:
    """Say that something else is listening, or a proxy whose server is away."""
    return RemoteUnreachable(f"{host} answers, but not as {service}: is the address right, and is {service} running?")


def is_json(response: requests.Response) -> bool:
    """Tell by the content type: InvokeAI answers an unknown path with 200 and the page of its web interface."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def retry_after(header: str | None) -> float:
    """Read seconds or an HTTP date as seconds from now, within an hour."""
    try:
        seconds = float(header or USUAL_WAIT)
    except ValueError:
        seconds = _seconds_until(header or "")
    return min(max(seconds, 0.0), LONGEST_WAIT) if seconds == seconds else USUAL_WAIT


def _seconds_until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return USUAL_WAIT
    return (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds()


def _chain(failure: BaseException) -> list[BaseException]:
    """Collect an exception, what caused it, and the reasons requests and urllib3 wrap into each other."""
    found: list[BaseException] = []
    waiting: list[object] = [failure]
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or cause in found:
            continue
        found.append(cause)
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
    return found


def _detail(body: bytes) -> Any:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed.get("detail") if isinstance(parsed, dict) else None


def _problem(fault: Mapping[str, Any]) -> str:
    loc = fault.get("loc")
    place = ".".join(str(part) for part in loc) if isinstance(loc, list) else "request"
    return f"{place}: {fault.get('msg', 'not accepted')}"[:LONGEST_PROBLEM]
