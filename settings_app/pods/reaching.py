"""The way to a rented InvokeAI: who it is, where it is just now, or why there is no way.

The identity, kept beside everything sent there, is the network volume's or the pod's. The address changes with each
pod and is kept nowhere.
"""

from django.conf import settings

from clients.errors import RemoteRejected, RemoteUnreachable
from settings_app.pods.choices import REACHABLE, State
from settings_app.pods.models import Pod, RentalTerms

PORT = 9090
WATCH_PORT = 9091
PREFIX = "runpod:"
NO_POD = "No pod is rented yet. Start one, or use your own GPU."
ENDED_FOR_GOOD = "The pod has ended, and the disk on its machine with it. What had not been fetched is gone."
SLEEPS = "The pod sleeps: wake it to go on."
ON_THE_WAY = {
    State.CREATING: "A machine is being rented.",
    State.NO_CAPACITY: "RunPod has no machine free; the gallery goes on asking.",
    State.RESUMING: "The pod is waking up.",
    State.STARTING: "The pod is loading its software.",
    State.BOOTING: "InvokeAI is starting in the pod.",
    State.DRAINING: "The pod is finishing its work and takes no more.",
    State.STOPPING: "The pod is being stopped.",
    State.TERMINATING: "The pod is being ended.",
    State.UNKNOWN: "It is not known how the pod is.",
    State.ERROR: "The pod is in trouble.",
}


def is_rented(server: str) -> bool:
    """Tell whether an identity is that of something rented."""
    return server.startswith(PREFIX)


def identity() -> str:
    """Return the identity of the rented server in use; a volume has one even while no pod exists.

    Raises:
        RemoteRejected: there is neither a volume nor a pod.
    """
    pod, terms = Pod.objects.current(), RentalTerms.load()
    if pod and not (pod.is_disposable and pod.state == State.STOPPED):
        return pod.server
    if terms.network_volume_id:
        return f"{PREFIX}volume:{terms.network_volume_id}"
    raise RemoteRejected(NO_POD)


def address_of(pod: Pod, port: int = PORT) -> str:
    """Return where a port of a pod is reached from outside; InvokeAI's, unless told otherwise."""
    return settings.RUNPOD_PROXY_TEMPLATE.format(pod_id=pod.pod_id, port=port)


def pod_behind(server: str) -> Pod:
    """Return the pod in which ``server`` answers now.

    Raises:
        RemoteUnreachable: it does not, for the time being; the sentence says why.
        RemoteRejected: it never will again.
    """
    pod = Pod.objects.latest_on(server)
    if pod and pod.state in REACHABLE:
        return pod
    if is_lost(server):
        raise RemoteRejected(ENDED_FOR_GOOD)
    raise RemoteUnreachable(ON_THE_WAY.get(State(pod.state), SLEEPS) if pod else SLEEPS)


def is_lost(server: str) -> bool:
    """Tell whether a server was a pod that has ended with its disk."""
    if not is_rented(server) or ":volume:" in server:
        return False
    pod = Pod.objects.latest_on(server)
    return pod is None or pod.state == State.GONE


def label(server: str) -> str:
    """Return what to call a server; an address stays as it is."""
    kind, _, name = server.removeprefix(PREFIX).partition(":")
    if not is_rented(server):
        return server
    return f"Rented pod, volume {name}" if kind == "volume" else f"Rented pod {name[:8]}"
