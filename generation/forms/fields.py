"""Fields that keep what was entered exactly, and leave it to the rules to say what is wrong with it."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

Row = tuple[str, str]


class Whole(forms.Field):
    """A whole number of any length, exact; anything else becomes None, and the rules say what is wrong."""

    def __init__(self, *, blank: int | None = None, **more: Any) -> None:
        """Take ``blank`` for what was left empty."""
        super().__init__(**more)
        self.blank = blank

    def to_python(self, value: Any) -> int | None:
        """Read digits."""
        text = str(value if value is not None else "").strip()
        if not text:
            return self.blank
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 30 else None


class Number(forms.Field):
    """A number with a point or a comma; anything else becomes None."""

    def __init__(self, *, blank: float | None = None, **more: Any) -> None:
        """Take ``blank`` for what was left empty."""
        super().__init__(**more)
        self.blank = blank

    def to_python(self, value: Any) -> float | None:
        """Read a number."""
        text = str(value if value is not None else "").strip()
        if not text:
            return self.blank
        try:
            number = float(Decimal(text.replace(",", ".")))
        except (InvalidOperation, OverflowError):
            return None
        return number if abs(number) < 1e12 else None


class LoraRows(forms.Widget):
    """Rows of a model's key and its weight, sent as two names that repeat."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """Return the rows that name a model; a row left empty is none."""
        keys, weights = _every(data, "lora"), _every(data, "lora_weight")
        return [(key, weight) for key, weight in zip(keys, weights + [""] * len(keys), strict=False) if key]


class Loras(forms.Field):
    """LoRAs with their weights, as text."""

    widget = LoraRows

    def to_python(self, value: Any) -> list[Row]:
        """Leave out what is named twice."""
        return list(dict(value or []).items())


class ManyWords(forms.Widget):
    """Every value of a name that repeats."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return them in their order."""
        return [value for value in _every(data, name) if value]


class Words(forms.Field):
    """Some of several words."""

    widget = ManyWords

    def to_python(self, value: Any) -> list[str]:
        """Leave out what is named twice."""
        return list(dict.fromkeys(value or []))


class SlotsOf(forms.Widget):
    """The names that begin alike, as one mapping from what follows."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """Return the values by the rest of their name."""
        begin = f"{name}-"
        return {key.removeprefix(begin): str(data[key]) for key in data if key.startswith(begin) and data[key]}


class Slots(forms.Field):
    """The models chosen to stand beside the main one, by their place."""

    widget = SlotsOf


def _every(data: Mapping[str, Any], name: str) -> list[str]:
    """Return all values of a name, of a request's data or of a plain mapping."""
    if hasattr(data, "getlist"):
        return [str(value) for value in data.getlist(name)]
    value = data.get(name, [])
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
