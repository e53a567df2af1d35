"""The models installed on an InvokeAI server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from clients.http import Http
from clients.invokeai import reading
from clients.invokeai.version import Version

FIRST_TO_NAME_MISSING = Version(6, 0)
# The list keeps what is done, what failed and what was paused, too.
INSTALLING = frozenset({"waiting", "downloading", "downloads_done", "running"})


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """One installed model.

    Attributes:
        key: how graphs name it; new at every re-install, so after one it must be found again by ``hash``.
        hash: "<algorithm>:<hex>", the same after a re-install and on every server.
        base: an open set of words, as are ``type``, ``format`` and ``variant``: show an unknown one, do not use it.
        default_settings: as InvokeAI sent it; any value, and the whole of it, may be missing. The fields beside it are
            read from it.
        default_vae_key: the ``key`` of another model.
        default_weight: of a LoRA.
    """

    key: str
    hash: str
    name: str
    base: str
    type: str
    format: str
    variant: str | None
    description: str | None
    trigger_phrases: tuple[str, ...]
    default_width: int | None
    default_height: int | None
    default_steps: int | None
    default_cfg_scale: float | None
    default_scheduler: str | None
    default_vae_key: str | None
    default_guidance: float | None
    default_weight: float | None
    default_settings: Mapping[str, Any] = field(repr=False)

    @property
    def identifier(self) -> dict[str, str]:
        """The five keys by which a graph names a model; InvokeAI requires all and resolves by ``key`` alone."""
        return {"key": self.key, "hash": self.hash, "name": self.name, "base": self.base, "type": self.type}

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one model record."""
        source = reading.mapping(answer, "model")
        settings = source.get("default_settings")
        settings = settings if isinstance(settings, dict) else {}
        phrases = source.get("trigger_phrases")
        return cls(
            key=reading.text(source, "key"),
            hash=reading.text(source, "hash"),
            name=reading.text(source, "name"),
            base=reading.text(source, "base"),
            type=reading.text(source, "type"),
            format=reading.text(source, "format"),
            variant=reading.optional_text(source, "variant"),
            description=reading.optional_text(source, "description"),
            trigger_phrases=tuple(phrase for phrase in phrases or [] if isinstance(phrase, str)),
            default_width=reading.optional_whole(settings, "width"),
            default_height=reading.optional_whole(settings, "height"),
            default_steps=reading.optional_whole(settings, "steps"),
            default_cfg_scale=reading.optional_number(settings, "cfg_scale"),
            default_scheduler=reading.optional_text(settings, "scheduler"),
            default_vae_key=reading.optional_text(settings, "vae"),
            default_guidance=reading.optional_number(settings, "guidance"),
            default_weight=reading.optional_number(settings, "weight"),
            default_settings=settings,
        )


class Models:
    """What is installed, and what of it has lost its file."""

    def __init__(self, http: Http, version: Callable[[], Version]) -> None:
        """Share the client's connection."""
        self._http = http
        self._version = version

    def all(self) -> tuple[ModelRecord, ...]:
        """Return every model of every type; InvokeAI has no paging here, and the slash at the end is needed."""
        return self._records("/api/v2/models/")

    def missing_keys(self) -> frozenset[str]:
        """Return the keys of models whose file is gone, which ``all`` still lists; before 6.0 nobody can tell."""
        if self._version() < FIRST_TO_NAME_MISSING:
            return frozenset()
        answer = self._http.get("/api/v2/models/missing", absent={404})
        return frozenset() if answer is None else frozenset(_keys(answer))

    def installing(self) -> int:
        """Return how many models are being downloaded or installed just now; a server that cannot tell has none."""
        answer = self._http.get("/api/v2/models/install", absent={404})
        jobs = [] if answer is None else reading.sequence(answer, "installs")
        return sum(reading.text(reading.mapping(job, "install"), "status") in INSTALLING for job in jobs)

    def _records(self, path: str) -> tuple[ModelRecord, ...]:
        answer = reading.mapping(self._http.get(path), "models")
        return tuple(ModelRecord.from_json(record) for record in reading.sequence(answer.get("models"), "models"))


def _keys(answer: object) -> list[str]:
    records = reading.sequence(reading.mapping(answer, "models").get("models"), "models")
    return [reading.text(reading.mapping(record, "model"), "key") for record in records]
