"""One RunPod account: pods, prices, volumes and what was charged."""

import json
import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import quote

import requests

from clients.errors import RemoteError, RemoteUnreachable
from clients.http import Http, Timeouts
from clients.runpod import reading
from clients.runpod.errors import judge
from clients.runpod.records import (
    BillingRecord,
    DataCenter,
    GpuType,
    LogLine,
    NetworkVolume,
    PodRequest,
    RemotePod,
)

log = logging.getLogger(__name__)

PODS = "/v2/pods"
MOST_PAGES = 50
LOG_SECONDS = 4.0
LONGEST_LINE = 300
SKEW_WORTH_TELLING = 60.0


class RunPodHttp(Http):
    """Calls that read amounts exactly and understand RunPod's refusals."""

    def __init__(self, base_url: str, key: str, timeouts: Timeouts | None) -> None:
        """Keep the key where no ``repr`` shows it."""
        super().__init__(base_url, service="RunPod", token=key, timeouts=timeouts)
        self.secrets: tuple[str, ...] = (key,)

    def _failure(self, response: requests.Response, body: bytes) -> RemoteError:
        return judge(response, body, self.address.host, self.secrets)

    def _parsed(self, body: bytes) -> Any:
        try:
            return json.loads(body, parse_float=Decimal)
        except (ValueError, RecursionError):
            raise RemoteUnreachable("RunPod’s answer came incomplete. Try again in a while.") from None

    def _renew(self, response: requests.Response) -> None:
        """Nothing to renew; but compare the clocks, since money is counted by ours."""
        try:
            there = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        skew = abs((datetime.now(UTC) - there.astimezone(UTC)).total_seconds())
        if skew > SKEW_WORTH_TELLING:
            log.warning("this machine's clock and RunPod's are %s s apart", round(skew))


class RunPod:
    """One account. Nothing is called before the first method is; every method raises only the four errors.

    The API knows no key that makes a repeated ``create`` harmless: after ``RemoteUnreachable`` look for the name.
    """

    def __init__(self, key: str, *, base_url: str, timeouts: Timeouts | None = None) -> None:
        """Prepare, without calling anybody.

        Args:
            key: sent as a header, only to ``base_url``; never in an address, a message or a log.
            base_url: the API's origin.
            timeouts: in seconds.
        """
        self._http = RunPodHttp(base_url, key, timeouts)

    def __enter__(self) -> Self:
        """Return the client itself; leaving closes its connections."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Close the connections."""
        self._http.close()

    def pods(self) -> tuple[RemotePod, ...]:
        """Return all pods of the account that are not terminated, the newest first, each once.

        Raises:
            RemoteUnreachable: also when only a part could be read: an incomplete list would hide a pod that costs.
        """
        found = {pod.id: pod for pod in map(RemotePod.from_json, self._pages(PODS, "pods"))}
        return tuple(found.values())

    def pod(self, pod_id: str) -> RemotePod | None:
        """Return one pod, or None when there is no such pod any more."""
        answer = self._http.get(_path(pod_id), absent={404})
        return None if answer is None else RemotePod.from_json(answer)

    def create(self, request: PodRequest) -> RemotePod:
        """Rent a pod. From the moment this is accepted it costs money. Never to be repeated blindly.

        Raises:
            NoCapacity: nothing was rented.
            RemoteRejected: nothing was rented; 401, 402 and 403 concern the account.
            RemoteUnreachable: it is unknown whether a pod was rented.
        """
        secrets = self._http.secrets
        self._http.secrets = (*secrets, *request.environment.values())
        try:
            return RemotePod.from_json(self._http.post(PODS, request.as_json()))
        finally:
            self._http.secrets = secrets

    def start(self, pod_id: str) -> RemotePod | None:
        """Start a stopped pod; None when it is gone.

        Raises:
            NoCapacity: its machine's cards are rented out.
            RemoteRejected: with status 409 it is in another state than thought.
        """
        return self._act(pod_id, "start")

    def stop(self, pod_id: str) -> RemotePod | None:
        """Stop a pod; None when it is gone. Harmless to repeat: 409 says to look again."""
        return self._act(pod_id, "stop")

    def terminate(self, pod_id: str) -> bool:
        """Delete a pod and the disk on its machine; a network volume stays. False when it was gone already."""
        return self._http.deletes(_path(pod_id))

    def gpu_types(self, cloud: str) -> tuple[GpuType, ...]:
        """Return the cards RunPod has in ``cloud``, with price and availability."""
        params = {"include": "AVAILABILITY", "product": "POD", "cloud": cloud, "count": 1}
        return tuple(map(GpuType.from_json, self._listed("/v2/catalog/gpus", "gpus", params)))

    def data_centers(self) -> tuple[DataCenter, ...]:
        """Return the places where RunPod has machines."""
        return tuple(map(DataCenter.from_json, self._listed("/v2/catalog/datacenters", "dataCenters")))

    def network_volumes(self) -> tuple[NetworkVolume, ...]:
        """Return the account's disks."""
        return tuple(map(NetworkVolume.from_json, self._listed("/v2/network-volumes", "networkVolumes")))

    def billing(self, began_at: datetime, ended_at: datetime, *, bucket: str = "day") -> tuple[BillingRecord, ...]:
        """Return what pods were charged.

        Args:
            began_at: snaps outward to a bucket's edge.
            ended_at: likewise.
            bucket: hour, day, week, month or year. The present one is unfinished.
        """
        params = {"startTime": began_at.isoformat(), "endTime": ended_at.isoformat(), "bucketSize": bucket}
        return tuple(map(BillingRecord.from_json, self._listed("/v2/billing/pods", "records", params)))

    def logs(self, pod_id: str, *, source: str = "system", tail: int = 20) -> tuple[LogLine, ...]:
        """Return the last lines of a pod's log: what comes within some seconds."""
        lines: list[LogLine] = []
        deadline = time.monotonic() + LOG_SECONDS
        path = f"{_path(pod_id)}/logs?source={source}&tail={tail}"
        with self._http.stream(path, kind="text/event-stream") as (_, pieces):
            try:
                for line in _events(pieces):
                    lines.append(line)
                    if len(lines) >= tail or time.monotonic() > deadline:
                        break
            except RemoteUnreachable:  # the stream stays open when there is nothing more: what came is the log
                pass
        return tuple(lines)

    def _act(self, pod_id: str, action: str) -> RemotePod | None:
        answer = self._http.call("POST", f"{_path(pod_id)}/action", json={"action": action}, absent={404})
        return None if answer is None else RemotePod.from_json(answer)

    def _listed(self, path: str, key: str, params: dict[str, Any] | None = None) -> list[Any]:
        """Return a list of any form: bare, or under ``key``."""
        answer = self._http.get(path, params)
        return answer if isinstance(answer, list) else reading.sequence(reading.mapping(answer, key), key)

    def _pages(self, path: str, key: str) -> Iterator[Any]:
        """Turn pages as long as the answer says that there are more; an answer that has no pages is the last one."""
        params: dict[str, Any] = {"limit": 1000}
        for _ in range(MOST_PAGES):
            answer = reading.mapping(self._http.get(path, params), key)
            yield from reading.sequence(answer, key)
            further = answer.get("pagination") or {"hasNextPage": False}
            if not reading.truth(reading.mapping(further, "pagination"), "hasNextPage"):
                return
            cursor = reading.required(further, "nextCursor")
            if cursor == params.get("cursor"):
                reading.unusable("nextCursor")
            params["cursor"] = cursor
        raise RemoteUnreachable("RunPod lists more pods than can be believed. Look at RunPod’s own page.")


def _path(pod_id: str) -> str:
    return f"{PODS}/{quote(pod_id, safe='')}"


def _events(pieces: Iterator[bytes]) -> Iterator[LogLine]:
    """Read server-sent events; each one's data is an object with the line."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for text in whole:
            if text.startswith(b"data:") and (line := _line(text[5:])):
                yield line


def _line(data: bytes) -> LogLine | None:
    try:
        told = json.loads(data)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    return LogLine(reading.text(told, "source"), reading.text(told, "line")[:LONGEST_LINE])
