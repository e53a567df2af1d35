"""What the owner says about a picture, or about many."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from photos.metadata.camera import EARLIEST_YEAR, is_plausible
from photos.models import Photo

TITLE_LIMIT, DESCRIPTION_LIMIT = 300, 20_000
TOO_EARLY = f"No picture is that old: photography began around {EARLIEST_YEAR}."
TOO_LATE = "That day has not come yet."
FORMAT = "%Y-%m-%dT%H:%M:%S"
AMOUNTS = ("days", "hours", "minutes", "seconds")
CHECK = forms.CheckboxInput({"class": "check__input"})


def _amount(most: int) -> forms.IntegerField:
    widget = forms.NumberInput({"class": "input", "inputmode": "numeric"})
    return forms.IntegerField(required=False, min_value=0, max_value=most, widget=widget)


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
        widget=forms.DateTimeInput({"class": "input", "type": "datetime-local", "step": "1"}, format=FORMAT),
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
        return _on_one_line(self.cleaned_data["title"])

    def clean_taken_at(self) -> datetime:
        """Refuse a day that no picture can be of."""
        return _plausible(self.cleaned_data["taken_at"])

    @property
    def changes(self) -> dict[str, Any]:
        """Return the columns that change; the form must be valid. Fractions of a second that are not shown stay."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class WordsForm(forms.Form):
    """Title and description of many photos; ``changes`` holds what is written, or taken away."""

    title = forms.CharField(
        required=False, max_length=TITLE_LIMIT, widget=forms.TextInput({"class": "input", "autocomplete": "off"})
    )
    no_title = forms.BooleanField(required=False, label="Take the titles away", widget=CHECK)
    description = forms.CharField(
        required=False,
        max_length=DESCRIPTION_LIMIT,
        widget=forms.Textarea({"class": "input input--text", "rows": 3}),
    )
    no_description = forms.BooleanField(required=False, label="Take the descriptions away", widget=CHECK)

    def clean_title(self) -> str:
        """Keep a title to one line."""
        return _on_one_line(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        """Refuse what says nothing, or two things at once."""
        given = self.cleaned_data
        for name in ("title", "description"):
            if given.get(name) and given.get(f"no_{name}"):
                self.add_error(name, "Write one, or take them away: not both.")
        if not self.errors and not self.changes:
            raise forms.ValidationError("Write a title or a description, or choose what shall be taken away.")
        return given

    @property
    def changes(self) -> dict[str, str]:
        """Return the columns that change."""
        given = self.cleaned_data
        return {name: given[name] for name in ("title", "description") if given[name] or given[f"no_{name}"]}


class DateForm(forms.Form):
    """When many photos were taken: moved by as much as their camera's clock was wrong, or all the same."""

    SHIFT, SET = "shift", "set"
    how = forms.ChoiceField(choices=[(SHIFT, "Move by"), (SET, "Set all to")], initial=SHIFT)
    days = _amount(100_000)
    hours = _amount(10_000)
    minutes = _amount(100_000)
    seconds = _amount(1_000_000)
    direction = forms.ChoiceField(
        choices=[("later", "later"), ("earlier", "earlier")],
        required=False,
        widget=forms.Select({"class": "select__input", "aria-label": "Later or earlier"}),
    )
    taken_at = forms.DateTimeField(
        required=False,
        label="Date and time",
        widget=forms.DateTimeInput({"class": "input", "type": "datetime-local", "step": "1"}, format=FORMAT),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what is not said, and a day that no picture can be of."""
        given = self.cleaned_data
        if self.errors:
            return given
        if given["how"] == self.SHIFT and not self.by and given["taken_at"]:
            given["how"] = self.SET
        if given["how"] == self.SHIFT and not self.by:
            self.add_error("how", "Say by how much.")
        elif given["how"] == self.SET:
            self._see_that_there_is_a_day(given["taken_at"])
        return given

    @property
    def amounts(self) -> list[forms.BoundField]:
        """Return the fields that say by how much."""
        return [self[name] for name in AMOUNTS]

    @property
    def by(self) -> timedelta:
        """Return how much later; less than nothing for earlier."""
        amounts = {name: self.cleaned_data.get(name) or 0 for name in AMOUNTS}
        moved = timedelta(**amounts)
        return -moved if self.cleaned_data.get("direction") == "earlier" else moved

    def _see_that_there_is_a_day(self, moment: datetime | None) -> None:
        try:
            _plausible(moment) if moment else self.add_error("taken_at", "Say to which date and time.")
        except forms.ValidationError as error:
            self.add_error("taken_at", error)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _plausible(moment: datetime) -> datetime:
    if not is_plausible(moment):
        raise forms.ValidationError(TOO_EARLY if moment.year < EARLIEST_YEAR else TOO_LATE)
    return moment
