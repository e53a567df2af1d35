"""How a step stands, in the words of the page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from generation.asking import shrinking
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.recipes.shapes import Size
from generation.running import progress
from generation.running.progress import Progress
from generation.running.resolving import CHOOSE_ANOTHER
from generation.showing.studio import StepView
from generation.showing.wording import count_of
from lib import clock

HEADLINES = {
    Outcome.CANCELLED: "Cancelled",
    Outcome.INTERRUPTED: "Interrupted on the server",
    Outcome.FAILED: "The server could not make this",
    Outcome.REFUSED: "This request was refused",
    Outcome.PARTIAL: "Fewer pictures than asked for",
    Outcome.BLOCKED: "This request blocked the server’s queue",
    Outcome.LOST: "The server has forgotten this request",
}

ASLEEP = "The pod sleeps. Start it, and this goes out by itself. Nothing is lost."


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of a step that is not finished.

    Attributes:
        headline: what is happening.
        detail: how long, in a few words; may be empty.
        reason_headline: since when it waits.
        reason: why it does not go on, and when it is tried again; empty when it does.
        pod_sleeps: it waits for a rented pod that nobody has started.
        percent: of the whole step; None while nothing is known.
        picture_percent: of the picture being made; None while nothing is known.
        has_preview: whether there is a preview of it.
    """

    headline: str
    detail: str
    percent: int | None = None
    picture_percent: int | None = None
    has_preview: bool = False
    reason_headline: str = ""
    reason: str = ""
    pod_sleeps: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """What the page says of a step that ended otherwise than asked.

    Attributes:
        kept: what there is all the same.
        is_bad: False when the owner wanted it so.
        may_repeat: whether the same request may be sent again.
        missing: how many pictures may be asked for once more, beside those that came.
        smaller: the size to try next, when the server had no memory for this one.
        needs_model: whether a model it needs is gone.
    """

    headline: str
    reason: str
    kept: str
    is_bad: bool
    may_repeat: bool
    missing: int = 0
    smaller: Size | None = None
    needs_model: bool = False


def progress_of(view: StepView) -> Told | None:
    """Return how far the step is; None when nothing more comes."""
    if not view.is_unfinished:
        return None
    now = clock.now()
    step = view.step
    if not step.is_under_way:
        return Told(f"Fetching {count_of(step.images_pending)}", "safe on the server")
    heard = progress.of(step, now=now)
    if step.cancel_requested_at:
        return Told("Cancelling", "what is finished is kept", heard.percent)
    return _waiting(step) if step.status == StepStatus.PENDING else _running(heard)


def ending_of(view: StepView) -> Ending | None:
    """Return how the step ended; None when it came as asked or has not ended."""
    step = view.step
    if step.is_under_way or (step.outcome == Outcome.AS_ASKED and step.status == StepStatus.COMPLETED):
        return None
    return Ending(
        headline=HEADLINES.get(Outcome(step.outcome), "This step failed"),
        reason=step.error_message or "",
        kept=_kept(view),
        is_bad=step.outcome != Outcome.CANCELLED,
        may_repeat=step.status == StepStatus.FAILED,
        missing=max(step.batch_size - view.made, 0) if step.status == StepStatus.COMPLETED else 0,
        smaller=shrinking.size_after(step),
        needs_model=CHOOSE_ANOTHER in (step.error_message or ""),
    )


def news(view: StepView) -> str:
    """Return what a screen reader says when something came of the step."""
    if view.is_unfinished:
        return f"Picture {view.landed} of {view.step.batch_size} is here." if view.landed else ""
    ending = ending_of(view)
    return f"{ending.headline}. {ending.reason}" if ending else f"Step finished, {count_of(view.landed)}."


def minutes(span: timedelta) -> str:
    """Write a span as minutes and seconds, with hours when there are any: "0:08", "1:02:05"."""
    seconds = max(0, int(span.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def hour(moment: datetime) -> str:
    """Write the time of day, in the owner's time zone, with seconds: retries are seconds apart."""
    return format_date(timezone.localtime(moment), "H:i:s")


def _waiting(step: GenerationStep) -> Told:
    if told := _waiting_for_pod(step):
        return told
    if not step.error_message:
        return Told("Being sent", "")
    again = f" Tries again at {hour(step.lease_until)}." if step.lease_until else ""
    since = f"Waiting since {hour(step.created_at)}"
    return Told("Waiting", "", reason_headline=since, reason=f"{step.error_message}{again} Nothing is lost.")


def _waiting_for_pod(step: GenerationStep) -> Told | None:
    """Tell how the rented pod comes up; None when it is there, or the server is none."""
    from generation.renting import phases  # it writes spans as this module does
    from settings_app.models import Pod
    from settings_app.pods import reaching
    from settings_app.pods.choices import REACHABLE

    if not reaching.is_rented(step.server):
        return None
    pod = Pod.objects.awake().first()
    if pod is None:
        since = f"Waiting since {hour(step.created_at)}"
        return Told("Waiting for the pod", "", reason_headline=since, reason=ASLEEP, pod_sleeps=True)
    return None if pod.state in REACHABLE else Told("Waiting for the pod", phases.phase_of(pod, clock.now()))


def _running(heard: Progress) -> Told:
    if heard.place:
        noun = "request" if heard.place == 1 else "requests"
        return Told(f"{heard.place} {noun} before yours", _clock(heard))
    number = f"picture {min(heard.made + 1, heard.asked)} of {heard.asked}"
    shown: dict[str, Any] = {
        "percent": heard.percent,
        "picture_percent": _picture_percent(heard),
        "has_preview": heard.has_preview,
    }
    if _is_sentence(heard.message):
        reason = f"{heard.message} This goes on by itself then. Nothing is lost."
        return Told(f"Paused at {number}", "", **shown, reason_headline="The server stands still", reason=reason)
    return Told(f"Making {number}", f"{_doing(heard.message)}{_clock(heard)}", **shown)


def _doing(message: str) -> str:
    """Name what takes its time besides denoising, which the percent tells."""
    if not message or _is_sentence(message) or message.casefold().startswith("denois"):
        return ""
    return f"{message}, "


def _is_sentence(message: str) -> bool:
    """Whether it says why nothing moves; what the server does is a word or two."""
    return message.endswith(".")


def _picture_percent(heard: Progress) -> int | None:
    """Return the percent of the picture being made, out of that of the whole step."""
    if heard.percent is None:
        return None
    return min(100, max(0, heard.percent * heard.asked - 100 * heard.made))


def _clock(heard: Progress) -> str:
    if heard.elapsed is None:
        return ""
    if heard.is_late:
        return f"{minutes(heard.elapsed)}, longer than usual"
    if heard.remaining is None:
        return minutes(heard.elapsed)
    return f"{minutes(heard.elapsed)}, about {minutes(heard.remaining)} left"


def _kept(view: StepView) -> str:
    if not view.made:
        return "Nothing was made. Your request is kept."
    return f"{view.made} of {count_of(view.step.batch_size)} came and {'is' if view.made == 1 else 'are'} kept."
