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


# Which status may follow which. A failed step may be sent again.
MOVES = {
    StepStatus.PENDING: {StepStatus.PROCESSING, StepStatus.FAILED},
    StepStatus.PROCESSING: {StepStatus.COMPLETED, StepStatus.FAILED},
    StepStatus.FAILED: {StepStatus.PENDING},
    StepStatus.COMPLETED: set[StepStatus](),
}
