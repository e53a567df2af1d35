"""Makes the one call that was decided, and puts whatever comes of it into an answer. It never raises a RemoteError."""

import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings

from clients.errors import RemoteError
from clients.http import Timeouts
from clients.runpod import PodRequest, RemotePod, RunPod
from clients.runpod.records import RUNNING, TERMINATED
from settings_app import connections
from settings_app.models import ApplicationSettings
from settings_app.pods import answers, first_boot, remote_login, work
from settings_app.pods.answers import Answer
from settings_app.pods.models import Pod, RentalTerms
from settings_app.pods.planning import Call
from settings_app.pods.reaching import PORT, WATCH_PORT

log = logging.getLogger(__name__)

# A worker is ended after a minute: what is waited for must be shorter.
FOR_CREATING = Timeouts(connect=5, read=40, whole=45)
FOR_API = Timeouts(connect=5, read=20, whole=25)
FOR_POD = Timeouts(connect=4, read=8, whole=10)
OF_POD = {Call.GREET, Call.ENTER, Call.ASK_QUEUE}


def make(call: Call, pod: Pod) -> Answer:
    """Make a call about a pod."""
    try:
        return _CALLS[call](pod)
    except RemoteError as error:
        log.info("pod %s: %s did not succeed (%s)", pod.name, call.value, type(error).__name__)
        return answers.Failed(error, by_pod=call in OF_POD)


def key_mark() -> str:
    """Return what tells API keys apart without being one."""
    key = ApplicationSettings.load().runpod_api_key or ""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""


def request_for(pod: Pod) -> PodRequest:
    """Return what is asked of RunPod for a pod."""
    longest = timedelta(minutes=RentalTerms.load().longest_session_minutes)
    idle = timedelta(minutes=ApplicationSettings.load().idle_timeout_minutes)
    return PodRequest(
        name=pod.name,
        image=pod.image,
        gpu_type=pod.gpu_type,
        cloud=pod.cloud,
        ports=(f"{PORT}/http", f"{WATCH_PORT}/http"),
        disk_gb=pod.disk_gb,
        mount_path=first_boot.MOUNT,
        network_volume_id=pod.network_volume_id,
        volume_gb=pod.volume_gb,
        data_centers=tuple(pod.data_centers),
        min_cuda=pod.min_cuda,
        command=first_boot.command(),
        environment=first_boot.environment(pod, longest=longest, idle=idle, api_base=settings.RUNPOD_API_BASE),
    )


def find(name: str, pods: tuple[RemotePod, ...]) -> answers.Found:
    """Return the best of those that bear a name: a running one before others, then the newest."""
    named = [pod for pod in pods if pod.name == name and pod.status != TERMINATED]
    named.sort(key=lambda pod: (pod.status == RUNNING, str(pod.created_at or "")), reverse=True)
    return answers.Found(named[0] if named else None, tuple(named[1:]))


def _nothing(_pod: Pod) -> Answer:
    return answers.Nothing()


def _create(pod: Pod) -> Answer:
    with connections.runpod(timeouts=FOR_CREATING) as account:
        return answers.Seen(account.create(request_for(pod)))


def _find(pod: Pod) -> Answer:
    with connections.runpod(timeouts=FOR_API) as account:
        found = find(pod.name, account.pods())
    return found if found.best or _has_same_key(pod) else answers.Missing(is_sure=False)


def _look(pod: Pod) -> Answer:
    return _seen(pod, lambda account: account.pod(pod.pod_id))


def _start(pod: Pod) -> Answer:
    return _seen(pod, lambda account: account.start(pod.pod_id))


def _stop(pod: Pod) -> Answer:
    return _seen(pod, lambda account: account.stop(pod.pod_id))


def _seen(pod: Pod, ask: Callable[[RunPod], RemotePod | None]) -> Answer:
    with connections.runpod(timeouts=FOR_API) as account:
        seen = ask(account)
    return answers.Seen(seen) if seen else answers.Missing(is_sure=_has_same_key(pod))


def _has_same_key(pod: Pod) -> bool:
    """Tell whether what RunPod does not list is certainly not there: it was seen, or sent, with the present key."""
    return pod.key_mark in ("", key_mark())


def _terminate(pod: Pod) -> Answer:
    with connections.runpod(timeouts=FOR_API) as account:
        was_there = account.terminate(pod.pod_id)
    return answers.Done() if was_there else answers.Missing(is_sure=_has_same_key(pod))


def _read_log(pod: Pod) -> Answer:
    """Read what may say why it did not start; not being able to is no reason to let it run."""
    try:
        with connections.runpod(timeouts=FOR_POD) as account:
            lines = [line for source in ("system", "container") for line in account.logs(pod.pod_id, source=source)]
    except RemoteError:
        return answers.Logged("")
    return answers.Logged("\n".join(line.line for line in lines))


def _greet(pod: Pod) -> Answer:
    with connections.invokeai_in(pod, timeouts=FOR_POD) as invoke:
        invoke.version()
    return answers.Greeted()


def _enter(pod: Pod) -> Answer:
    """Log in and use the account once: only that proves that login and queue work."""
    with connections.invokeai_in(pod, timeouts=FOR_POD) as door:
        barred = remote_login.enter(pod.account, door)
    if barred:
        return answers.Barred(barred.trouble)
    with connections.invokeai_in(pod, is_ours=True, timeouts=FOR_POD) as invoke:
        invoke.queue.status()
    return answers.Entered()


def _ask_queue(pod: Pod) -> Answer:
    with connections.invokeai_in(pod, is_ours=True, timeouts=FOR_POD) as invoke:
        in_queue = invoke.queue.status().unfinished
    return answers.Unfinished(in_queue, work.load_on(pod.server))


def _beat(pod: Pod) -> Answer:
    """Have the watch in the pod hear us; a pod without one goes on all the same."""
    try:
        with connections.watch_in(pod, timeouts=FOR_POD) as watch:
            watch.hear()
    except RemoteError as error:
        log.info("pod %s: its watch did not hear us (%s)", pod.name, type(error).__name__)
        return answers.Heard(is_so=False)
    return answers.Heard(is_so=True)


_CALLS: dict[Call, Callable[[Pod], Answer]] = {
    Call.NOTHING: _nothing,
    Call.CREATE: _create,
    Call.FIND: _find,
    Call.LOOK: _look,
    Call.START: _start,
    Call.STOP: _stop,
    Call.TERMINATE: _terminate,
    Call.READ_LOG: _read_log,
    Call.GREET: _greet,
    Call.ENTER: _enter,
    Call.ASK_QUEUE: _ask_queue,
    Call.BEAT: _beat,
}
