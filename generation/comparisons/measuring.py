"""Measure how far a repeated picture is from the first one, once both are here."""

import logging
from contextlib import ExitStack

from django.core.files.storage import storages

from generation.comparisons.differing import Difference, difference
from generation.models import StepAlternative
from photos.choices import RetrievalStatus
from photos.files.storing import local_copy
from photos.imaging.decoding import Refused
from photos.models import Photo

log = logging.getLogger(__name__)


def measure(alternative: StepAlternative) -> bool:
    """Record the difference of one repeated picture; False when it cannot be told, or not yet."""
    first = original_of(alternative)
    if first is None or not alternative.image.is_here:
        return False
    try:
        found = Difference() if first == alternative.image else _between(first, alternative.image)
    except (FileNotFoundError, Refused) as failure:
        log.warning("picture %s: cannot be compared (%s)", alternative.image_id, type(failure).__name__)
        return False
    mine = StepAlternative.objects.filter(pk=alternative.pk, difference__isnull=True)
    return mine.update(difference=found.as_json(), compared_with=first) == 1


def original_of(alternative: StepAlternative) -> Photo | None:
    """Return the picture of the repeated step that was made with the same seed, if its file is still here."""
    seed = (alternative.image.generation_params or {}).get("seed")
    if seed is None or alternative.step.repeats_id is None:
        return None
    here = Photo.objects.filter(retrieval_status=RetrievalStatus.COMPLETED, purged_at=None)
    return here.filter(alternatives__step=alternative.step.repeats_id, generation_params__seed=seed).first()


def _between(first: Photo, second: Photo) -> Difference:
    with ExitStack() as stack:
        files = [
            stack.enter_context(local_copy(storages["originals"], photo.local_storage_path or ""))
            for photo in (first, second)
        ]
        return difference(*files)
