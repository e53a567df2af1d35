"""The form of the settings page."""

from typing import Any

from django import forms

from clients.errors import RemoteRejected
from settings_app import connections, library, schedulers
from settings_app.choices import BackendMode
from settings_app.models import ApplicationSettings

NUMBER = {"class": "input", "inputmode": "numeric"}
LIMITS = {"min_value": "At least %(limit_value)s.", "max_value": "At most %(limit_value)s."}
NO_REMOTE_ADDRESS = "Enter the address of the rented InvokeAI or a RunPod API key, or choose your own GPU."


class AddressField(forms.CharField):
    """The address of a server, normalised."""

    widget = forms.TextInput(
        attrs={"class": "input", "inputmode": "url", "spellcheck": "false", "autocapitalize": "none"}
    )

    def clean(self, value: Any) -> Any:
        """Refuse what could not be called.

        Raises:
            ValidationError: the sentence says why.
        """
        address = super().clean(value)
        try:
            return connections.server_at(address) if address else address
        except RemoteRejected as error:
            raise forms.ValidationError(str(error).removesuffix(" Correct it in Settings.")) from error


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything but the shapes and the rented pod."""

    default_scheduler = forms.ChoiceField(
        label="Scheduler", choices=schedulers.CHOICES, widget=forms.Select(attrs={"class": "select__input"})
    )
    backend_mode = forms.ChoiceField(
        label="Backend", choices=BackendMode.choices, widget=forms.RadioSelect(attrs={"class": "segmented__input"})
    )
    local_backend_url = AddressField(label="Address of your own InvokeAI")
    remote_backend_url = AddressField(
        label="Address of another rented InvokeAI",
        required=False,
        empty_value=None,
        help_text="Only without a RunPod API key: for one that you rent and stop yourself.",
    )
    trash_days = forms.IntegerField(
        label="Days in the trash",
        help_text="After that, pictures and their files are deleted for good. 0 keeps them until you empty the trash.",
        min_value=0,
        max_value=library.TRASH_DAYS_AT_MOST,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    link_days = forms.IntegerField(
        label="Days a new link works",
        help_text="You can choose otherwise for each link. 0 lets new links work until you revoke them.",
        min_value=0,
        max_value=library.LINK_DAYS_AT_MOST,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    session_days = forms.IntegerField(
        label="Days until a session is abandoned",
        help_text="Counted from the last request. It can be opened again at any time. 0 leaves sessions open.",
        min_value=0,
        max_value=library.SESSION_DAYS_AT_MOST,
        widget=forms.NumberInput(attrs=NUMBER),
    )

    class Meta:
        model = ApplicationSettings
        fields = (
            "default_steps",
            "default_cfg_scale",
            "default_scheduler",
            "default_batch_size",
            "backend_mode",
            "local_backend_url",
            "remote_backend_url",
        )
        labels = {
            "default_steps": "Steps",
            "default_cfg_scale": "CFG scale",
            "default_batch_size": "Pictures at once",
        }
        error_messages = dict.fromkeys(("default_steps", "default_cfg_scale", "default_batch_size"), LIMITS)
        widgets = {
            "default_steps": forms.NumberInput(attrs={**NUMBER, "min": 1, "max": 500}),
            "default_cfg_scale": forms.NumberInput(
                attrs={"class": "input", "inputmode": "decimal", "min": 1, "step": "any"}
            ),
            "default_batch_size": forms.NumberInput(attrs={**NUMBER, "min": 1, "max": 64}),
        }

    def __init__(self, *args: Any, has_key: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_key = has_key
        self.initial["trash_days"] = library.trash_days(self.instance)
        self.initial["link_days"] = library.link_days(self.instance)
        self.initial["session_days"] = library.session_days(self.instance)
        self.initial["default_cfg_scale"] = f"{self.instance.default_cfg_scale.normalize():f}"

    def clean(self) -> dict[str, Any]:
        """Want an address for the mode that is chosen."""
        cleaned = super().clean() or self.cleaned_data
        missing = (
            not self._has_key and cleaned.get("remote_backend_url") is None and "remote_backend_url" not in self.errors
        )
        if cleaned.get("backend_mode") == BackendMode.REMOTE and missing:
            self.add_error("remote_backend_url", NO_REMOTE_ADDRESS)
        return cleaned

    def chosen_address(self) -> str:
        """Return the address of the chosen backend as it was typed, whether or not it is any good."""
        is_remote = self["backend_mode"].value() == BackendMode.REMOTE
        return str(self["remote_backend_url" if is_remote else "local_backend_url"].value() or "")
