"""What the owner says about a picture."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from photos.camera import EARLIEST_YEAR, is_plausible
from photos.models import Photo

TITLE_LIMIT, DESCRIPTION_LIMIT = 300, 20_000
TOO_EARLY = f"No picture is that old: photography began around {EARLIEST_YEAR}."
TOO_LATE = "That day has not come yet."


class AboutForm(forms.Form):
    """Title, description and date of one photo; ``changes`` holds what differs."""

    title = forms.CharField(
        required=False,
        max_length=TITLE_LIMIT,
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "autofocus": True}),
    )
    description = forms.CharField(
        required=False,
        max_length=DESCRIPTION_LIMIT,
        widget=forms.Textarea({"class": "input input--text", "rows": 3}),
    )
    taken_at = forms.DateTimeField(
        label="Date and time",
        widget=forms.DateTimeInput(
            {"class": "input", "type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"
        ),
        error_messages={"required": "A picture needs a date, so that it has a place in the timeline."},
    )

    def __init__(self, photo: Photo, data: Any = None) -> None:
        self.photo = photo
        shown = {"title": photo.title, "description": photo.description, "taken_at": photo.taken_at}
        super().__init__(data, initial=shown, auto_id="about-%s")
        self.fields["taken_at"].label = "Generated on" if photo.is_generated else "Taken on"
        self.fields["taken_at"].help_text = f"In the time of {timezone.get_default_timezone_name()}."

    def clean_title(self) -> str:
        """Keep a title to one line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_taken_at(self) -> datetime:
        """Refuse a day that no picture can be of."""
        moment: datetime = self.cleaned_data["taken_at"]
        if not is_plausible(moment):
            raise forms.ValidationError(TOO_EARLY if moment.year < EARLIEST_YEAR else TOO_LATE)
        return moment

    @property
    def changes(self) -> dict[str, Any]:
        """Return the columns that change; the form must be valid. Fractions of a second that are not shown stay."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
