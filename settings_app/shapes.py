"""Aspect ratios as an editable list: rows to add, change, move and take away."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

SMALLEST, LARGEST, GRID = 64, 4096, 8
MOST = 40


def nearest_sizes(size: int) -> tuple[int, int]:
    """Return the multiples of 8 on either side of ``size``, kept within what is allowed."""
    below = min(max(size // GRID * GRID, SMALLEST), LARGEST - GRID)
    return below, below + GRID


class SideField(forms.IntegerField):
    """The length of one side, in pixels."""

    widget = forms.NumberInput(
        attrs={"class": "input", "step": GRID, "min": SMALLEST, "max": LARGEST, "inputmode": "numeric"}
    )

    def validate(self, value: Any) -> None:
        """Refuse what InvokeAI would, and name what it would take.

        Raises:
            ValidationError: out of range, or no multiple of 8.
        """
        super().validate(value)
        if value is None:
            return
        if not SMALLEST <= value <= LARGEST:
            raise forms.ValidationError(f"From {SMALLEST} to {LARGEST}.")
        if value % GRID:
            below, above = nearest_sizes(value)
            raise forms.ValidationError(f"Must be a multiple of {GRID}: {below} or {above} is nearest.")


class ShapeForm(forms.Form):
    """One row of the list. A row left empty is no shape."""

    name = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"class": "input"}))
    width = SideField()
    height = SideField()

    @property
    def ratio(self) -> float:
        """Width by height as far as they can be read, for the drawing; 1 when they cannot."""
        try:
            width, height = float(self["width"].value()), float(self["height"].value())
            return round(min(max(width / height, 0.1), 10), 3)
        except (TypeError, ValueError, ZeroDivisionError):
            return 1


class BaseShapeFormSet(BaseFormSet):  # type: ignore[type-arg]
    """The list as a whole."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Give the place and the tick for removing the looks of the other fields."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Place"
        form.fields["ORDER"].widget.attrs |= {"class": "input", "min": 1, "inputmode": "numeric"}
        form.fields["DELETE"].label = "Remove"
        form.fields["DELETE"].widget.attrs["class"] = "check__input"

    def clean(self) -> None:
        """Want at least one shape, and no name twice.

        Raises:
            ValidationError: when that does not hold.
        """
        if any(self.errors) or self.non_form_errors():
            return
        names = [shape["name"] for shape in self.shapes()]
        if not names:
            raise forms.ValidationError("Keep at least one shape: a session has to start with something.")
        folded = [name.casefold() for name in names]
        twice = [name for name in names if folded.count(name.casefold()) > 1]
        if twice:
            raise forms.ValidationError(f"The name “{twice[0]}” is there twice. Rename one of the two.")

    def shapes(self) -> list[dict[str, Any]]:
        """Return the rows as the settings keep them, in the order asked for, without those to be removed."""
        rows = (form.cleaned_data for form in self.ordered_forms)
        return [{"name": row["name"], "width": row["width"], "height": row["height"]} for row in rows]


ShapeFormSet = formset_factory(
    ShapeForm, formset=BaseShapeFormSet, extra=1, max_num=MOST, can_order=True, can_delete=True
)
