"""Closed sets of words about generating."""

from django.db import models


class EntryType(models.TextChoices):
    """What a session began with."""

    SCRATCH = "scratch", "From words"
    REFINEMENT = "refinement", "From a picture"


class SessionStatus(models.TextChoices):
    """Whether a session is still being worked on."""

    ACTIVE = "active", "Active"
    COMPLETED = "completed", "Completed"
    ABANDONED = "abandoned", "Abandoned"


class StepStatus(models.TextChoices):
    """How far a step has come."""

    PENDING = "pending", "Waiting for the server"
    PROCESSING = "processing", "In the server's queue"
    COMPLETED = "completed", "Done"
    FAILED = "failed", "Failed"


class Outcome(models.TextChoices):
    """Why a step ended otherwise than asked; empty when all its pictures were made."""

    AS_ASKED = "", "As asked"
    CANCELLED = "cancelled", "Cancelled"
    INTERRUPTED = "interrupted", "Interrupted on the server"
    FAILED = "failed", "Failed on the server"
    REFUSED = "refused", "Refused"
    PARTIAL = "partial", "Fewer than asked"
    BLOCKED = "blocked", "Blocked the server's queue"
    LOST = "lost", "Forgotten by the server"


class Mode(models.TextChoices):
    """What a picture grows from."""

    TXT2IMG = "txt2img", "From words"
    IMG2IMG = "img2img", "From a picture"
    INPAINT = "inpaint", "Part of a picture"
    OUTPAINT = "outpaint", "Beyond a picture’s edges"
    UPSCALE = "upscale", "Larger"

    @property
    def has_source(self) -> bool:
        """Whether it begins with a picture."""
        return self != Mode.TXT2IMG


class AdoptionState(models.TextChoices):
    """How far the pictures a server already has are brought in."""

    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Stopped"
    FAILED = "failed", "Failed"


# What may still run, or save one more picture, on the server after the step has ended here.
ENDED_EARLY = (Outcome.CANCELLED, Outcome.INTERRUPTED, Outcome.BLOCKED, Outcome.LOST)

# Which status may follow which. A failed step may be sent again, and is done after all when a late picture is found;
# what a server lost, or a step did not bring, may be asked for once more.
MOVES = {
    StepStatus.PENDING: {StepStatus.PROCESSING, StepStatus.FAILED, StepStatus.COMPLETED},
    StepStatus.PROCESSING: {StepStatus.COMPLETED, StepStatus.FAILED, StepStatus.PENDING},
    StepStatus.FAILED: {StepStatus.PENDING, StepStatus.COMPLETED},
    StepStatus.COMPLETED: {StepStatus.PENDING},
}

# A session that is done or was left alone becomes active again as soon as something is asked for in it.
SESSION_MOVES = {
    SessionStatus.ACTIVE: {SessionStatus.COMPLETED, SessionStatus.ABANDONED},
    SessionStatus.COMPLETED: {SessionStatus.ACTIVE},
    SessionStatus.ABANDONED: {SessionStatus.ACTIVE, SessionStatus.COMPLETED},
}
