"""What the search box knows of sessions: ``is:chosen``."""

from django.db.models import Q

from generation.models import GenerationStep
from photos.searching.among import named_by


def chosen(_word: str) -> Q:
    """Return the condition for pictures that the owner chose in their step."""
    return named_by(GenerationStep.objects.filter(selected_image__isnull=False), "selected_image")
