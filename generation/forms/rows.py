"""Rows of the request form, as its templates draw them."""

from dataclasses import dataclass
from typing import Any

from django import forms

from generation.recipes.companions import Companion
from models_catalog.models import Model


@dataclass(frozen=True, slots=True)
class LoraRow:
    """A LoRA that was chosen; one of another family rests until its model is chosen again."""

    model: Model
    weight: str
    rests: bool

    @property
    def slider(self) -> str:
        """The weight as the slider can show it."""
        try:
            return f"{min(2.0, max(-1.0, float(self.weight.replace(',', '.')))):g}"
        except ValueError:
            return "0.75"


@dataclass(frozen=True, slots=True)
class CompanionRow:
    """A further model the chosen one works with, and those that could be it."""

    companion: Companion
    models: list[Any]
    value: str


@dataclass(frozen=True, slots=True)
class AxisRow:
    """One direction in which values are compared."""

    place: str
    legend: str
    field: forms.BoundField
    choices: list[tuple[str, str]]
    value: str
    values: str
    schedulers: list[str]
    models: list[str]
