"""What workers do: ids in, nothing out. Each is safe to run twice, and quiet when there is nothing to do."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from clients.errors import RemoteError
from generation.adoption import adopting
from generation.asking import masks
from generation.comparisons import measuring
from generation.models import Adoption, GenerationStep, StepAlternative
from generation.renting import guarding
from generation.running import cancelling, following, retrieving, submitting, sweeping
from generation.sessions import life
from generation.words import templates
from lib import clock
from photos.models import Photo
from settings_app import connections

log = logging.getLogger(__name__)


def submit_step(step_id: str) -> None:
    """Send one pending step to InvokeAI."""
    if step := GenerationStep.objects.claim(UUID(step_id), now=clock.now()):
        submitting.submit(step)


def refresh_step(step_id: str) -> None:
    """Ask what became of one step, as the follower does."""
    step = GenerationStep.objects.processing().filter(pk=step_id).first()
    if step:
        with _quiet_when_away(step), connections.invokeai_for(step.server) as client:
            following.refresh(step, client)


def cancel_step(step_id: str) -> None:
    """Stop one cancelled step on its server."""
    step = GenerationStep.objects.filter(pk=step_id, cancel_requested_at__isnull=False).first()
    if step:
        with _quiet_when_away(step):
            cancelling.cancel_on_server(step)


def skip_items(step_id: str) -> None:
    """Stop single pictures of one step on its server."""
    step = GenerationStep.objects.processing().filter(pk=step_id).first()
    if step:
        with _quiet_when_away(step), connections.invokeai_for(step.server) as client:
            cancelling.skip_on_server(step, client)
            following.refresh(step, client)


def look_again(step_id: str) -> None:
    """Look for late pictures of one step that ended early."""
    step = GenerationStep.objects.ended_early(now=clock.now()).filter(pk=step_id).first()
    if step:
        with _quiet_when_away(step), connections.invokeai_for(step.server) as client:
            following.look_again(step, client)


def retrieve_photo(photo_id: str) -> None:
    """Fetch one picture that is due."""
    if photo := Photo.objects.claim_retrieval(UUID(photo_id), now=clock.now()):
        retrieving.retrieve(photo)


def measure_repetition(alternative_id: str) -> None:
    """Compare one picture of a repeated step with the first one."""
    alternative = StepAlternative.objects.unmeasured().filter(pk=alternative_id).select_related("step", "image").first()
    if alternative:
        measuring.measure(alternative)


def adopt_page(adoption_id: str) -> None:
    """Record the next pictures a server already has."""
    if adoption := Adoption.objects.claim(UUID(adoption_id), now=clock.now()):
        adopting.adopt_page(adoption)


def sweep() -> None:
    """Find again what nobody is working on; scheduled every minute and run at start-up."""
    sweeping.sweep(now=clock.now())


def guard_pod() -> None:
    """Stop the rented pod when nobody needs it or a limit is reached; scheduled every minute."""
    guarding.guard(clock.now())


def forget_masks() -> None:
    """Remove the masks nobody needs any more; scheduled once a day."""
    masks.sweep(now=clock.now())


def end_sessions() -> None:
    """Give up what was left alone, and let go of what was deleted a day ago; scheduled every hour."""
    life.abandon_left_alone(now=clock.now())
    life.forget_deleted(now=clock.now())
    templates.forget_deleted()


@contextmanager
def _quiet_when_away(step: GenerationStep) -> Iterator[None]:
    """Let a server's absence pass: the follower and the sweep ask again."""
    try:
        yield
    except RemoteError as failure:
        log.info("step %s: its server could not be asked (%s)", step.pk, type(failure).__name__)
