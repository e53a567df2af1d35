"""What is done again and again while the gallery runs. Every task brings something to its desired state."""

from collections.abc import Callable

from albums.tasks import forget_deleted
from generation.tasks import end_sessions, forget_masks, guard_pod
from generation.tasks import sweep as sweep_generation
from lib import heartbeat, queue, statistics
from models_catalog.tasks import sync_models
from photos.tasks import note_looks, purge_expired
from photos.tasks import sweep as sweep_photos
from settings_app.tasks import compare_bills, drive_pods, forget_sessions, reconcile_pods, refresh_catalogue
from sharing.tasks import tidy_links

EVERY_MINUTES: dict[str, tuple[int, Callable[..., None]]] = {
    "heartbeat": (1, heartbeat.beat),
    "generation-sweep": (1, sweep_generation),
    "photos-sweep": (1, sweep_photos),
    "photos-trash": (60, purge_expired),
    "photos-looks": (60, note_looks),
    "albums-deleted": (60, forget_deleted),
    "studio-sessions": (60, end_sessions),
    "sync-models": (15, sync_models),
    "masks": (24 * 60, forget_masks),
    "links-tidy": (60 * 24, tidy_links),
    "pods": (1, drive_pods),
    "pods-guard": (1, guard_pod),
    "pods-reconcile": (5, reconcile_pods),
    "pods-bills": (24 * 60, compare_bills),
    "pods-catalogue": (6 * 60, refresh_catalogue),
    "sessions": (24 * 60, forget_sessions),
    "statistics": (60, statistics.refresh),
}


def register() -> None:
    """Bring the queue's schedules to what stands above, and ask for one round of all of it now."""
    for name, (minutes, task) in EVERY_MINUTES.items():
        queue.schedule(name, task, minutes=minutes)
        queue.enqueue(task)
    queue.forget_schedules_except(set(EVERY_MINUTES))
