"""What a rented pod has to do for us, so that it is neither stopped too early nor kept for nothing."""

from generation import tasks
from generation.models import Adoption, GenerationStep
from generation.running import sweeping
from lib import clock
from lib.queue import enqueue
from photos.choices import RetrievalStatus
from photos.models import Photo
from settings_app.pods.work import Load


def load_on(server: str) -> Load:
    """Return the steps and pictures that need a server; a picture that rests after failing waits for the owner."""
    steps = GenerationStep.objects.filter(server=server)
    adoptions = Adoption.objects.running().filter(server=server)
    unfetched = Photo.objects.filter(server=server, retrieval_status=RetrievalStatus.PENDING, deleted_at=None)
    return Load(
        waiting=steps.pending().count(),
        running=steps.processing().count() + adoptions.count(),
        unfetched=unfetched.count(),
    )


def hurry(server: str) -> None:
    """Send and fetch at once what waited for a server that can be used now."""
    now = clock.now()
    steps = GenerationStep.objects.pending().filter(server=server)
    steps.update(lease_until=now)
    for pk in steps.order_by("created_at").values_list("pk", flat=True):
        enqueue(tasks.submit_step, pk)
    photos = Photo.objects.filter(server=server, retrieval_status=RetrievalStatus.PENDING)
    photos.filter(next_retrieval_at__gt=now).update(next_retrieval_at=now)
    for pk in photos.values_list("pk", flat=True)[: sweeping.RETRIEVALS]:
        enqueue(tasks.retrieve_photo, pk)
