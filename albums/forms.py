"""What the owner writes about an album."""

from typing import Any

from django import forms

from albums.models import Album

LONGEST_NAME, LONGEST_DESCRIPTION = 200, 2000


class AlbumForm(forms.Form):
    """Name and description."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={"required": "An album needs a name."},
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "autofocus": True}),
    )
    description = forms.CharField(
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea({"class": "input input--text", "rows": 3}),
    )

    @classmethod
    def about(cls, album: Album) -> "AlbumForm":
        """Return the form with what an album has."""
        return cls(initial={"name": album.name, "description": album.description or ""})

    def clean_name(self) -> str:
        """Return the name on one line, without needless spaces."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise forms.ValidationError("An album needs a name.")
        return name

    @property
    def columns(self) -> dict[str, Any]:
        """What a valid form says, as columns."""
        return {"name": self.cleaned_data["name"], "description": self.cleaned_data["description"] or None}
