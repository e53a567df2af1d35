"""The settings page: two forms and one list, checked and saved together."""

from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest

from settings_app import about, library
from settings_app.forms import SettingsForm
from settings_app.models import ApplicationSettings, RentalTerms
from settings_app.pod_form import PREFIX, PodForm, typed_places
from settings_app.pods.trying import Wish
from settings_app.shapes import BaseShapeFormSet, ShapeFormSet


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What was sent, or what is stored."""

    form: SettingsForm
    shapes: BaseShapeFormSet
    pod_form: PodForm

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Read the request."""
        current = ApplicationSettings.load()
        sent = request.POST or None
        # What was sent stands alone: the stored list may have changed since the page was loaded.
        shapes = ShapeFormSet(sent, initial=None if sent else current.aspect_ratios, prefix="shapes")
        pod_form = PodForm(
            sent if f"{PREFIX}-cloud" in request.POST else None, instance=RentalTerms.load(), settings=current
        )
        form = SettingsForm(sent, instance=current, has_key=pod_form.will_have_key)
        return cls(form, shapes, pod_form)  # type: ignore[arg-type]  # the factory hides the class

    @property
    def settings(self) -> ApplicationSettings:
        """The one row, as the form leaves it."""
        settings: ApplicationSettings = self.form.instance
        return settings

    def is_valid(self) -> bool:
        """Check all, so that every mistake is told at once."""
        return all(
            [self.form.is_valid(), self.shapes.is_valid(), not self.pod_form.is_bound or self.pod_form.is_valid()]
        )

    def save(self) -> None:
        """Write what this page is about, and nothing else of the row."""
        settings = self.form.instance
        settings.aspect_ratios = self.shapes.shapes()
        library.keep_trash_for(settings, self.form.cleaned_data["trash_days"])
        library.let_links_work_for(settings, self.form.cleaned_data["link_days"])
        library.keep_sessions_open_for(settings, self.form.cleaned_data["session_days"])
        of_pod = self.pod_form.write() if self.pod_form.is_bound else []
        settings.save(update_fields=[*SettingsForm.Meta.fields, "aspect_ratios", "settings_json", *of_pod])

    def wish(self) -> Wish:
        """Return what would be rented, as it was typed."""
        form = self.pod_form
        form.is_valid()
        typed = form.cleaned_data if form.is_bound else {}
        return Wish(
            key=form.typed_key,
            card=str(form["card"].value() or ""),
            cloud=str(form["cloud"].value() or ""),
            volume=str(form["network_volume_id"].value() or "").strip(),
            places=typed_places(str(form["places"].value() or "")),
            ceiling=typed.get("price_ceiling", form.instance.price_ceiling),
        )

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {
            "form": self.form,
            "pod_form": self.pod_form,
            "shapes": self.shapes,
            "facts": about.facts(),
            "section": "settings",
        }
