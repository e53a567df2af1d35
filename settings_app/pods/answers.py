"""What came of one call, in a form that can be judged without any network."""

from dataclasses import dataclass

from clients.errors import RemoteError
from clients.runpod import RemotePod
from settings_app.pods.choices import Trouble
from settings_app.pods.work import Load


@dataclass(frozen=True, slots=True)
class Nothing:
    """No call was needed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """RunPod described the pod."""

    pod: RemotePod


@dataclass(frozen=True, slots=True)
class Missing:
    """RunPod knows no such pod. With another API key than before that says nothing."""

    is_sure: bool


@dataclass(frozen=True, slots=True)
class Done:
    """RunPod accepted."""


@dataclass(frozen=True, slots=True)
class Found:
    """What bears our name at RunPod: the best one, or None, and those that should not be."""

    best: RemotePod | None
    doubles: tuple[RemotePod, ...] = ()


@dataclass(frozen=True, slots=True)
class Greeted:
    """InvokeAI answered through the proxy."""


@dataclass(frozen=True, slots=True)
class Entered:
    """InvokeAI let us in, and our account works."""


@dataclass(frozen=True, slots=True)
class Barred:
    """InvokeAI there cannot be used safely."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How much InvokeAI still has in its queue, and what of ours is left there."""

    in_queue: int
    load: Load


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether the watch in the pod heard us; that it did not says nothing of InvokeAI."""

    is_so: bool


@dataclass(frozen=True, slots=True)
class Logged:
    """The last lines of the pod's log; none if it could not be read."""

    text: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The call did not succeed.

    Attributes:
        by_pod: it was InvokeAI in the pod that did not answer, not RunPod's API.
    """

    error: RemoteError
    by_pod: bool = False


Answer = Nothing | Seen | Missing | Done | Found | Greeted | Entered | Barred | Unfinished | Heard | Logged | Failed
