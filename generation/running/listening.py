"""What a server's events say about our steps. They only hasten what asking would find."""

import logging
from collections.abc import Iterable, Mapping
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from clients.errors import RemoteError, RemoteUnreachable
from clients.invokeai import Event, EventStream, ItemChanged, ItemsCanceled, ModelLoading, PictureMade
from clients.invokeai import Progress as ProgressEvent
from clients.invokeai.records import FINISHED
from generation.graphs import OUTPUT
from generation.models import GenerationStep
from generation.running import progress, recording
from lib import clock
from settings_app import connections

log = logging.getLogger(__name__)

# Events come with every denoising step and every loaded part; more of them each second would only wear out the cache.
TELL_EVERY = 0.35


class Listener:
    """One server's stream of events.

    Attributes:
        hastened: the steps that should be asked about at once; whoever asks empties it.
    """

    def __init__(self, server: str) -> None:
        """Prepare, without connecting."""
        self.hastened: set[UUID] = set()
        self._server = server
        self._stream: EventStream | None = None
        self._steps: Mapping[str, GenerationStep] = {}
        self._running = ""
        self._told_at = 0.0
        self._untold: dict[UUID, dict[str, Any]] = {}

    @property
    def is_open(self) -> bool:
        """Whether events arrive."""
        return self._stream is not None

    def open(self) -> bool:
        """Connect; False when the server cannot be heard."""
        try:
            self._stream = connections.events_for(self._server).__enter__()
        except RemoteError:
            log.info("%s: no events, asking instead", self._server)
        return self.is_open

    def close(self) -> None:
        """Disconnect."""
        if self._stream:
            self._stream.__exit__()
            self._stream = None

    def listen(self, steps: Mapping[str, GenerationStep], seconds: float) -> float:
        """Take events until the time is up, or one calls for asking about a step, or the connection is lost.

        Args:
            steps: those under way on this server, by their batch.
            seconds: how long at most.

        Returns:
            The seconds that are left.
        """
        self._steps = steps
        until = monotonic() + seconds
        while self._stream and not self.hastened and (left := until - monotonic()) > 0:
            try:
                event = self._stream.next(min(left, TELL_EVERY))
            except RemoteUnreachable:
                self.close()
                break
            if event:
                self._hear(event)
            self._tell()
        return 0.0 if self.hastened else max(until - monotonic(), 0.0)

    def _hear(self, event: Event) -> None:
        if isinstance(event, ItemsCanceled):
            canceled = set(event.item_ids)
            self._hasten(step for step in self._steps.values() if canceled.intersection(step.sent_items))
        elif isinstance(event, ModelLoading):
            self._hear_loading(event)
        elif step := self._steps.get(event.batch_id):
            self._try_hearing_of(step, event)

    def _try_hearing_of(self, step: GenerationStep, event: ProgressEvent | ItemChanged | PictureMade) -> None:
        """Hear one event; what we stumble over is left to asking, so that the other steps are heard."""
        try:
            self._hear_of(step, event)
        except DatabaseError:
            raise
        except Exception:
            log.exception("step %s: an event could not be used", step.pk)
            self._hasten([step])

    def _hear_of(self, step: GenerationStep, event: ProgressEvent | ItemChanged | PictureMade) -> None:
        if isinstance(event, ProgressEvent):
            self._hear_progress(step, event)
        elif isinstance(event, PictureMade):
            _hear_picture(step, event)
        elif event.status in FINISHED:
            self._hasten([step])
        elif event.status == "in_progress":
            self._running = step.batch_id
            self._note(step, item=_number(step, event.item_id), message="Starting")

    def _hear_progress(self, step: GenerationStep, event: ProgressEvent) -> None:
        item = _number(step, event.item_id)
        self._note(step, fraction=event.percentage, item=item, message=event.message, preview=event.preview)

    def _hear_loading(self, event: ModelLoading) -> None:
        step = self._steps.get(self._running)
        if step and not event.done:
            self._note(step, message=f"Loading {event.name}")

    def _note(self, step: GenerationStep, **heard: Any) -> None:
        """Keep the newest of each kind until it is told; what has nothing new to say does not wipe out the rest."""
        known = {name: value for name, value in heard.items() if value is not None}
        self._untold[step.pk] = {**self._untold.get(step.pk, {}), **known}

    def _tell(self) -> None:
        now = monotonic()
        if self._untold and now - self._told_at >= TELL_EVERY:
            self._told_at = now
            for pk, heard in self._untold.items():
                progress.tell(pk, **heard)
            self._untold = {}

    def _hasten(self, steps: Iterable[GenerationStep]) -> None:
        self.hastened.update(step.pk for step in steps)


def _hear_picture(step: GenerationStep, event: PictureMade) -> None:
    """Record a finished picture at once; what other nodes save is intermediate."""
    if event.source_node == OUTPUT:
        seed = _seed(step, event.item_id)
        recording.record(step, recording.Made(event.image_name, event.width, event.height, seed, clock.now()))


def _number(step: GenerationStep, item_id: int) -> int:
    """Return as which of the step's pictures an item is made, counting from 1; 0 when it is not known."""
    sent = step.sent_items
    return len(step.item_ids) - len(sent) + sent.index(item_id) + 1 if item_id in sent else 0


def _seed(step: GenerationStep, item_id: int) -> int | None:
    """Return the seed of an item: items are numbered in the order of the batch's values."""
    seeds: list[int] = step.parameters.get("seeds", [])
    return dict(zip(step.item_ids, seeds, strict=False)).get(item_id)
