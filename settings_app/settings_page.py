"""The settings page: one form and one list, checked and saved together."""

from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest

from settings_app import about, library
from settings_app.forms import SettingsForm
from settings_app.models import ApplicationSettings
from settings_app.shapes import BaseShapeFormSet, ShapeFormSet


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What was sent, or what is stored."""

    form: SettingsForm
    shapes: BaseShapeFormSet

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Read the request."""
        current = ApplicationSettings.load()
        sent = request.POST or None
        # What was sent stands alone: the stored list may have changed since the page was loaded.
        shapes = ShapeFormSet(sent, initial=None if sent else current.aspect_ratios, prefix="shapes")
        return cls(SettingsForm(sent, instance=current), shapes)  # type: ignore[arg-type]  # the factory hides the class

    def is_valid(self) -> bool:
        """Check both, so that every mistake is told at once."""
        return all([self.form.is_valid(), self.shapes.is_valid()])

    def save(self) -> None:
        """Write what this page is about, and nothing else of the row."""
        settings = self.form.instance
        settings.aspect_ratios = self.shapes.shapes()
        library.keep_trash_for(settings, self.form.cleaned_data["trash_days"])
        library.let_links_work_for(settings, self.form.cleaned_data["link_days"])
        library.keep_sessions_open_for(settings, self.form.cleaned_data["session_days"])
        settings.save(update_fields=[*SettingsForm.Meta.fields, "aspect_ratios", "settings_json"])

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {"form": self.form, "shapes": self.shapes, "facts": about.facts(), "section": "settings"}
