"""The form of the rented pod: the key, the card, and on what terms."""

import re
from typing import Any

from django import forms

from settings_app.card_choices import card_choices, chosen_card, offered
from settings_app.forms import LIMITS
from settings_app.models import ApplicationSettings, RentalTerms
from settings_app.pods.choices import Cloud

PREFIX = "pod"
TEXT = {"class": "input", "spellcheck": "false", "autocapitalize": "none"}
MONEY = {"class": "input", "inputmode": "decimal", "step": "any", "min": 0}
WHOLE = {"class": "input", "inputmode": "numeric", "min": 1}
VERSION = re.compile(r"\d{1,2}\.\d{1,2}")
KEY_LOOKS_WRONG = "A key has no spaces in it. Copy it again from RunPod."


def money(label: str, hint: str, *, places: int = 2) -> forms.DecimalField:
    """Return a field for USD that may stay empty."""
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0.01,
        max_digits=8,
        decimal_places=places,
        widget=forms.NumberInput(attrs=MONEY),
        error_messages={"min_value": "At least 0.01, or leave it empty for no limit."},
    )


class PodForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is rented and for how much. The key goes in and never comes out."""

    runpod_api_key = forms.CharField(
        label="RunPod API key",
        required=False,
        widget=forms.PasswordInput(attrs={**TEXT, "autocomplete": "off"}),
    )
    forget_key = forms.BooleanField(
        label="Forget the key", required=False, widget=forms.CheckboxInput(attrs={"class": "check__input"})
    )
    card = forms.ChoiceField(label="GPU", widget=forms.Select(attrs={"class": "select__input"}))
    other_cards = forms.MultipleChoiceField(
        label="When it is not free, take",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check__input"}),
    )
    cloud = forms.ChoiceField(
        label="Machines", choices=Cloud.choices, widget=forms.Select(attrs={"class": "select__input"})
    )
    places = forms.CharField(
        label="Data centres",
        required=False,
        help_text="Such as EU-RO-1, EU-SE-1. Empty means anywhere; with a volume, where the volume is.",
        widget=forms.TextInput(attrs=TEXT),
    )
    idle_minutes = forms.IntegerField(
        label="Stop when idle for (minutes)", min_value=1, max_value=24 * 60, widget=forms.NumberInput(attrs=WHOLE)
    )
    price_ceiling = money("Most for an hour ($)", "Empty means any price.", places=4)
    session_budget = money("Most for a session ($)", "The pod stops when it is reached. Empty means no limit.")
    month_budget = money("Most for a month ($)", "No pod starts once it is reached. Empty means no limit.")

    class Meta:
        model = RentalTerms
        fields = (
            "cloud",
            "image",
            "network_volume_id",
            "min_cuda",
            "disk_gb",
            "volume_gb",
            "other_cards",
            "price_ceiling",
            "longest_session_minutes",
            "session_budget",
            "month_budget",
        )
        labels = {
            "image": "Image",
            "network_volume_id": "Network volume",
            "min_cuda": "Oldest CUDA",
            "disk_gb": "Scratch disk (GB)",
            "volume_gb": "Own disk (GB)",
            "longest_session_minutes": "Longest session (minutes)",
        }
        help_texts = {
            "network_volume_id": "Its id at RunPod. Models stay on it and the pod is deleted after use. Without one the"
            " pod keeps its own disk, which may be out of reach when its card is rented to somebody else.",
            "min_cuda": "Such as 12.8. Empty takes any driver.",
            "disk_gb": "For the software; emptied at each stop.",
            "volume_gb": "For models, when there is no network volume.",
            "longest_session_minutes": "Then it stops, once every finished picture is here.",
        }
        widgets = {
            "image": forms.TextInput(attrs=TEXT),
            "network_volume_id": forms.TextInput(attrs=TEXT),
            "min_cuda": forms.TextInput(attrs={**TEXT, "inputmode": "decimal"}),
            "disk_gb": forms.NumberInput(attrs=WHOLE),
            "volume_gb": forms.NumberInput(attrs=WHOLE),
            "longest_session_minutes": forms.NumberInput(attrs=WHOLE),
        }

    prefix = PREFIX

    def __init__(self, *args: Any, settings: ApplicationSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settings = settings
        self.fields["card"].choices = card_choices(self.instance, settings.runpod_pod_type)  # type: ignore[attr-defined]
        self.fields["other_cards"].choices = offered(self.instance)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages |= LIMITS if "min_value" not in field.error_messages else {}
        self.initial["card"] = chosen_card(self.instance, settings.runpod_pod_type)
        self.initial["places"] = ", ".join(self.instance.data_centers)
        self.initial["idle_minutes"] = settings.idle_timeout_minutes
        if self.instance.price_ceiling is not None:
            self.initial["price_ceiling"] = f"{self.instance.price_ceiling.normalize():f}"

    @property
    def key_hint(self) -> str:
        """What may be told of the stored key."""
        return told_of(self.settings.runpod_api_key)

    @property
    def has_machine_errors(self) -> bool:
        """Whether the fold with image, disks and drivers must be open."""
        return any(name in self.errors for name in ("image", "disk_gb", "volume_gb", "min_cuda"))

    @property
    def has_live_prices(self) -> bool:
        """Whether the cards are those RunPod told of."""
        return bool(self.instance.catalogue)

    @property
    def typed_key(self) -> str:
        """The key to use: the new one, else the stored one."""
        return str(self["runpod_api_key"].value() or "").strip() or (self.settings.runpod_api_key or "")

    @property
    def will_have_key(self) -> bool:
        """Whether there is a key once this is saved."""
        forgets = bool(self.is_bound and self["forget_key"].value())
        return bool(self.typed_key) and not (forgets and not str(self["runpod_api_key"].value() or "").strip())

    def clean_runpod_api_key(self) -> str:
        """Refuse what cannot be a key."""
        key = str(self.cleaned_data["runpod_api_key"]).strip()
        if any(letter.isspace() for letter in key):
            raise forms.ValidationError(KEY_LOOKS_WRONG)
        return key

    def clean_other_cards(self) -> list[str]:
        """Put them in the order in which they are asked for."""
        ticked = set(self.cleaned_data["other_cards"])
        return [card for card, _ in offered(self.instance) if card in ticked]

    def clean_min_cuda(self) -> str:
        """Take a version, or nothing."""
        version = str(self.cleaned_data["min_cuda"]).strip()
        if version and not VERSION.fullmatch(version):
            raise forms.ValidationError("A version such as 12.8, or nothing.")
        return version

    def clean_places(self) -> list[str]:
        """Split the places."""
        return typed_places(self.cleaned_data["places"])

    def write(self) -> list[str]:
        """Save the terms, put the rest into the settings' instance, and return the names of its changed fields."""
        cleaned = self.cleaned_data
        self.instance.data_centers = cleaned["places"]
        self.instance.save(update_fields=[*self.Meta.fields, "data_centers"])
        self.settings.runpod_pod_type = cleaned["card"]
        self.settings.idle_timeout_minutes = cleaned["idle_minutes"]
        changed = ["runpod_pod_type", "idle_timeout_minutes"]
        if cleaned["runpod_api_key"] or cleaned["forget_key"]:
            self.settings.runpod_api_key = cleaned["runpod_api_key"] or None
            changed.append("runpod_api_key")
        return changed


def typed_places(text: str) -> list[str]:
    """Return the data centres that were typed, in capital letters, each once."""
    return list(dict.fromkeys(word.upper() for word in text.replace(",", " ").split()))


def told_of(key: str | None) -> str:
    """Say that a key is set without giving it away: its last four letters, of a long one."""
    if not key:
        return "None is stored yet."
    return f"Set, ends in {key[-4:]}. Never shown again." if len(key) >= 16 else "Set. Never shown again."
