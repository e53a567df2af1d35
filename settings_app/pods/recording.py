"""Writes down what came of a call: first what must not be forgotten, then everything else together."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from clients.runpod import RemotePod
from settings_app.pods import answers, calling, metering, work
from settings_app.pods.answers import Answer
from settings_app.pods.choices import State
from settings_app.pods.judging import Verdict
from settings_app.pods.models import Pod, PodSession, StrayPod
from settings_app.pods.planning import Call
from settings_app.pods.querysets import PodQuerySet

log = logging.getLogger(__name__)

LONGEST_LOG = 4000


def record(pod: Pod, call: Call, answer: Answer, verdict: Verdict, now: datetime) -> bool:
    """Write down an answer and what it means; False when the pod was moved by somebody else meanwhile."""
    seen = _described(answer)
    if seen and not pod.pod_id:
        _remember(pod, seen)
    with transaction.atomic():
        if isinstance(answer, answers.Found):
            _note_doubles(answer.doubles, now)
        _run_meter(pod, call, answer, seen, verdict, now)
        changes = {**_facts(pod, seen, now), **_log_of(answer), **verdict.changes}
        is_ours = _move(pod, verdict, changes, now) if verdict.to else _stay(pod, verdict, changes, now)
        if not is_ours and seen:
            Pod.objects.filter(pk=pod.pk).update(**_facts(pod, seen, now))
    return is_ours


def _described(answer: Answer) -> RemotePod | None:
    if isinstance(answer, answers.Seen):
        return answer.pod
    return answer.best if isinstance(answer, answers.Found) else None


def _remember(pod: Pod, seen: RemotePod) -> None:
    """Write the id first, whatever became of the row meanwhile: a pod without it would be forgotten."""
    Pod.objects.filter(pk=pod.pk, pod_id="").update(pod_id=seen.id, key_mark=calling.key_mark())
    pod.pod_id = seen.id
    log.info("pod %s: is %s at RunPod", pod.name, seen.id)


def _note_doubles(doubles: tuple[RemotePod, ...], now: datetime) -> None:
    for double in doubles:
        values = {"name": double.name, "status": double.status, "rate": double.cost, "is_double": True}
        first = {"first_seen_at": min(double.created_at or now, now)}
        StrayPod.objects.update_or_create(
            pod_id=double.id,
            defaults={**values, "last_seen_at": now, "gone_at": None},
            create_defaults={**values, **first, "last_seen_at": now},
        )
        log.warning("pod %s exists twice: %s is to be deleted", double.name, double.id)


def _run_meter(pod: Pod, call: Call, answer: Answer, seen: RemotePod | None, verdict: Verdict, now: datetime) -> None:
    """Bring the meter in step. An accepted stop, or a word from inside, proves that it cost money until then."""
    if _came_from_inside(answer):
        metering.touch(pod, now)
    if call == Call.STOP and seen and pod.remote_status != "EXITED":
        metering.touch(pod, now)
    if call == Call.TERMINATE and isinstance(answer, answers.Done) and pod.asked_at is None:
        metering.touch(pod, now)
    if seen:
        metering.note(pod, seen, now)
    if verdict.to == State.GONE:
        metering.end(pod, now)
    if seen or verdict.to == State.GONE:
        metering.accrue(now)
    if verdict.to == State.READY:
        PodSession.objects.open().filter(pod=pod, ready_at=None).update(ready_at=now)


def _came_from_inside(answer: Answer) -> bool:
    if isinstance(answer, answers.Heard):
        return answer.is_so
    return isinstance(answer, answers.Greeted | answers.Entered | answers.Unfinished)


def _facts(pod: Pod, seen: RemotePod | None, now: datetime) -> dict[str, Any]:
    """Return what RunPod told, as the row keeps it."""
    if seen is None:
        return {}
    facts: dict[str, Any] = {"remote_status": seen.status, "looked_at": now, "key_mark": calling.key_mark()}
    if seen.gpu_id:
        facts["gpu_type"] = seen.gpu_id
    if seen.data_center:
        facts["data_center"] = seen.data_center
    if seen.may_bill:
        facts["hourly_rate"] = metering.rate_of(pod, seen)[0]
    return facts


def _log_of(answer: Answer) -> dict[str, Any]:
    return {"boot_log": answer.text[-LONGEST_LOG:]} if isinstance(answer, answers.Logged) else {}


def _move(pod: Pod, verdict: Verdict, changes: dict[str, Any], now: datetime) -> bool:
    to = State(verdict.to or pod.state)
    if to == State.GONE:
        changes = {**changes, "ended_at": now}
    if to == State.STOPPED:
        changes = {"ready_at": None, "greeted_at": None, "beat_at": None, "heard_at": None, **changes}
    here = _still(pod)
    moved = here.move(pod.pk, to=to, **{**changes, "next_turn_at": now + verdict.wait})
    if moved:
        log.info("pod %s: %s -> %s", pod.name, pod.state, to)
    if moved and to == State.READY:
        work.hurry(pod.server)
    return moved


def _stay(pod: Pod, verdict: Verdict, changes: dict[str, Any], now: datetime) -> bool:
    return _still(pod).filter(pk=pod.pk).update(**{**changes, "next_turn_at": now + verdict.wait}) == 1


def _still(pod: Pod) -> PodQuerySet:
    """Nobody moved it meanwhile, and nobody else took it over after our lease ran out."""
    return Pod.objects.filter(state=pod.state, lease_key=pod.lease_key)
