"""What a step asked for, in rows as a photo's page has them."""

from generation.models import GenerationStep
from photos.about.details import Fact, made_with
from photos.models import Photo


def asked_of(step: GenerationStep) -> list[Fact]:
    """Return the settings of a step's request, its seeds left out: each picture tells its own."""
    return made_with(Photo(generation_params=step.parameters, width=1, height=1, file_size=0))
