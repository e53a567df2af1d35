"""Back to what a new library starts with; how long the trash keeps pictures stays, lest a reset delete some."""

from dataclasses import dataclass

from settings_app.forms import SettingsForm
from settings_app.models import ApplicationSettings

RESET_FIELDS = ("aspect_ratios", *SettingsForm.Meta.fields)


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that a reset would change."""

    label: str
    now: object
    then: object


def changes(settings: ApplicationSettings) -> list[Change]:
    """Return what a reset would change, for the owner to look at before."""
    fresh = ApplicationSettings()
    found = []
    for name in RESET_FIELDS:
        now, then = getattr(settings, name), getattr(fresh, name)
        if now != then:
            found.append(Change(_label(name), _shown(now), _shown(then)))
    return found


def reset(settings: ApplicationSettings) -> None:
    """Put the generation and backend settings back to their defaults; keys and costs stay."""
    fresh = ApplicationSettings()
    for name in RESET_FIELDS:
        setattr(settings, name, getattr(fresh, name))
    settings.save(update_fields=RESET_FIELDS)


def _label(name: str) -> str:
    labels = {field: SettingsForm.base_fields[field].label for field in SettingsForm.Meta.fields}
    return str(labels.get(name) or "Shapes")


def _shown(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(f"{shape['name']} {shape['width']} × {shape['height']}" for shape in value)
    return "none" if value in (None, "") else value
