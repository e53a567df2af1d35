"""The only place that builds clients: which server is in use, and how to reach any server ever used."""

from django.conf import settings as project

from clients.address import Address
from clients.errors import RemoteRejected, RemoteUnreachable
from clients.http import SignIn, Timeouts
from clients.invokeai import EventStream, InvokeAI
from clients.podwatch import PodWatch
from clients.runpod import RunPod
from lib import clock
from settings_app.choices import BackendMode
from settings_app.models import ApplicationSettings, Pod
from settings_app.pods import first_boot, reaching, remote_login

NO_REMOTE_ADDRESS = (
    "No address of a rented InvokeAI is set, nor a RunPod key. Enter one in Settings, or use your own GPU."
)
NO_SERVER = "It is not known which server this belongs to."
NO_KEY = "No RunPod API key is set. Enter one in Settings."
# RunPod's proxy ends a call after 100 seconds.
THROUGH_PROXY = Timeouts(connect=5, read=30, whole=90)


def current_server() -> str:
    """Return the identity of the server in use, as it is stored beside what is sent there.

    It is the normalised address: no slash at the end, host in small letters. For a rented pod it is the identity of
    its network volume or of the pod, since its address changes with each pod.

    Raises:
        RemoteRejected: no usable address is set; the sentence says what to do.
    """
    settings = ApplicationSettings.load()
    if settings.backend_mode == BackendMode.REMOTE and settings.runpod_api_key:
        return reaching.identity()
    if settings.backend_mode == BackendMode.REMOTE:
        return server_at(settings.remote_backend_url or "", missing=NO_REMOTE_ADDRESS)
    return server_at(settings.local_backend_url)


def server_in_use() -> str:
    """Return the identity of the server in use; empty when no usable address is set."""
    try:
        return current_server()
    except RemoteRejected:
        return ""


def server_at(address: str, *, missing: str = NO_SERVER) -> str:
    """Return the identity of the server at ``address``.

    Raises:
        RemoteRejected: the address is empty (with the sentence ``missing``), or cannot be used.
    """
    if not address.strip():
        raise RemoteRejected(missing)
    return Address.parse(address).url


def invokeai(*, timeouts: Timeouts | None = None) -> InvokeAI:
    """Return a client of the server in use, without calling it.

    Raises:
        RemoteRejected: no usable address is set.
    """
    return invokeai_for(current_server(), timeouts=timeouts)


def invokeai_for(server: str, *, timeouts: Timeouts | None = None) -> InvokeAI:
    """Return a client of ``server``, which may not be the one in use any more.

    Args:
        server: an identity, as ``current_server`` gave it once.
        timeouts: in seconds; the client's own when None.

    Raises:
        RemoteRejected: it is empty or cannot be used, or it was a pod that has ended for good.
        RemoteUnreachable: it is a rented pod that cannot be used at present.
    """
    if reaching.is_rented(server):
        return invokeai_in(reaching.pod_behind(server), is_ours=True, timeouts=timeouts or THROUGH_PROXY)
    return InvokeAI(server_at(server), timeouts=timeouts)


def invokeai_in(pod: Pod, *, is_ours: bool = False, timeouts: Timeouts | None = None) -> InvokeAI:
    """Return a client of the InvokeAI in a pod, whatever state the pod is in.

    Args:
        pod: one that RunPod has accepted.
        is_ours: use the gallery's account there; else come as a stranger.
        timeouts: in seconds.
    """
    address = reaching.address_of(pod)
    if not is_ours:
        return InvokeAI(address, timeouts=timeouts)
    return InvokeAI(address, token=pod.account.token, timeouts=timeouts, sign_in=_sign_in(pod, timeouts))


def watch_in(pod: Pod, *, timeouts: Timeouts | None = None) -> PodWatch:
    """Return a client of the watch in a pod."""
    return PodWatch(
        reaching.address_of(pod, reaching.WATCH_PORT), word=first_boot.word_for(pod.account), timeouts=timeouts
    )


def admit_work(server: str) -> None:
    """Note that something is about to be sent to a server; only a pod that is about to stop takes nothing.

    Raises:
        RemoteUnreachable: not now; the sentence says why.
        RemoteRejected: never again.
    """
    if reaching.is_rented(server) and not Pod.objects.admit_work(server, now=clock.now()):
        pod = reaching.pod_behind(server)
        raise RemoteUnreachable(reaching.ON_THE_WAY.get(pod.state, reaching.SLEEPS))  # type: ignore[call-overload]


def is_lost(server: str) -> bool:
    """Tell whether a server will never answer again: a pod that has ended with its disk."""
    return reaching.is_lost(server)


def name_of(server: str) -> str:
    """Return what to call a server before the owner."""
    return reaching.label(server)


def runpod(*, timeouts: Timeouts | None = None) -> RunPod:
    """Return a client of the owner's RunPod account, without calling it.

    Raises:
        RemoteRejected: no API key is set.
    """
    return runpod_with(ApplicationSettings.load().runpod_api_key or "", timeouts=timeouts)


def runpod_with(key: str, *, timeouts: Timeouts | None = None) -> RunPod:
    """Return a client of the account that a key belongs to, be it kept or not.

    Raises:
        RemoteRejected: it is empty.
    """
    if not key.strip():
        raise RemoteRejected(NO_KEY)
    return RunPod(key.strip(), base_url=project.RUNPOD_API_BASE, timeouts=timeouts)


def _sign_in(pod: Pod, timeouts: Timeouts | None) -> SignIn:
    def sign_in() -> str:
        with invokeai_in(pod, timeouts=timeouts) as door:
            return remote_login.renew(pod.account, door)

    return sign_in


def events_for(server: str) -> EventStream:
    """Return the stream of events of ``server``, not yet connected.

    Raises:
        RemoteRejected: the identity is empty or cannot be used.
    """
    return invokeai_for(server).events()
