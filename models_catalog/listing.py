"""The catalogue's page: models in groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from models_catalog import words
from models_catalog.models import Model
from settings_app import schedulers


@dataclass(frozen=True, slots=True)
class Entry:
    """One model as the page shows it."""

    model: Model
    is_elsewhere: bool

    @property
    def base(self) -> str:
        """What it is made for, in people's words."""
        return words.base_label(self.model.base)

    @property
    def defaults(self) -> str:
        """What it would like to be used with, in one line; empty when it has no wishes."""
        model = self.model
        size = f"{model.default_width} × {model.default_height}" if model.default_width and model.default_height else ""
        steps = f"{model.default_steps} steps" if model.default_steps else ""
        scale = f"CFG {model.default_cfg_scale.normalize():f}" if model.default_cfg_scale else ""
        scheduler = model.default_scheduler or ""
        return ", ".join(part for part in (size, steps, scale, schedulers.LABELS.get(scheduler, scheduler)) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """Models of one type."""

    title: str
    entries: list[Entry] = field(repr=False)


def groups(models: Iterable[Model], server: str) -> list[Group]:
    """Sort models into groups by type, what makes pictures first, and by base and name within.

    Args:
        models: any models.
        server: the one in use; what belongs to another is marked.
    """
    ordered = sorted(models, key=lambda model: (words.place(model.type), model.base, model.name.casefold(), model.key))
    return [
        Group(words.type_label(kind), [Entry(model, model.server != server) for model in found])
        for kind, found in groupby(ordered, key=lambda model: model.type)
    ]
