"""Closed sets of words about photos."""

from django.db import models


class RetrievalStatus(models.TextChoices):
    """How far a picture has come from the server that made it; uploads are complete at once."""

    PENDING = "pending", "Waiting to be fetched"
    FAILED = "failed", "Could not be fetched"
    COMPLETED = "completed", "Here"


class UploadStatus(models.TextChoices):
    """What became of a file that was handed in."""

    RECEIVED = "received", "Waiting to be looked at"
    ACCEPTED = "accepted", "In the library"
    DUPLICATE = "duplicate", "Already in the library"
    REFUSED = "refused", "Refused"


class Source(models.TextChoices):
    """Where a picture comes from, as the timeline's filter knows it."""

    PHOTOGRAPH = "photo", "Photographs"
    GENERATED = "generated", "Generated"


class TraitKind(models.TextChoices):
    """What a trait of a picture is; all but tags are read from the file or from how it was made."""

    MODEL = "model", "Model"
    LORA = "lora", "LoRA"
    SAMPLER = "sampler", "Sampler"
    SEED = "seed", "Seed"
    GENERATOR = "generator", "Generator"
    CAMERA = "camera", "Camera"
    LENS = "lens", "Lens"
    TAG = "tag", "Tag"


class MovedIn(models.TextChoices):
    """What became of a file of a folder."""

    IMPORTED = "imported", "Imported"
    DUPLICATE = "duplicate", "Already in the library"
    IN_TRASH = "in_trash", "Already in the library, in the trash"
    REFUSED = "refused", "Refused"


class BulkState(models.TextChoices):
    """How far something that is done to many photos has come."""

    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Failed"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
