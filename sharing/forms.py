"""The form of a link."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as format_date

from sharing.choices import ShownPath
from sharing.making import NEVER, Rules
from sharing.models import SharedLink

PERIODS = {
    1: "1 day",
    7: "7 days",
    30: "30 days",
    90: "90 days",
    365: "1 year",
    NEVER: "Never ends, until you revoke it",
}
AS_IT_IS = ""
SWITCH = {"class": "switch__input", "role": "switch"}
TITLE_LIMIT = 200
PASSWORD_LIMIT = 500


def _switch(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=SWITCH))


class LinkForm(forms.Form):
    """What a link shows, and until when.

    Args:
        days: what a new link works for unless something else is chosen.
        link: the one to change; None for a new one.
    """

    works_for = forms.TypedChoiceField(
        label="Works for", required=False, coerce=int, empty_value=None,
        widget=forms.Select(attrs={"class": "select__input"}),
    )  # fmt: skip
    may_download = _switch("May download originals")
    show_details = _switch("Show prompts and details")
    show_location = _switch("Show where it was taken")
    show_path = forms.ChoiceField(
        label="How it came to be", choices=ShownPath.choices, required=False, initial=ShownPath.NONE,
        widget=forms.Select(attrs={"class": "select__input"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Password", required=False, max_length=PASSWORD_LIMIT, strip=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false",
                                      "autocapitalize": "none"}),
    )  # fmt: skip
    drop_password = forms.BooleanField(
        label="Ask for no password any more",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "check__input"}),
    )
    title = forms.CharField(
        label="Title", required=False, max_length=TITLE_LIMIT,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, days: int, link: SharedLink | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(link, days), **kwargs})
        self.link = link
        periods = list(dict(sorted({**PERIODS, days: PERIODS.get(days, f"{days} days")}.items())).items())
        never = periods.pop(0)
        kept = [(AS_IT_IS, _as_it_is(link))] if link else []
        self.fields["works_for"].choices = [*kept, *periods, never]  # type: ignore[attr-defined]

    def rules(self) -> Rules:
        """Return what was chosen; the form must be valid."""
        sent = self.cleaned_data
        password = sent["password"] or (None if self.link and not sent["drop_password"] else "")
        days = sent["works_for"]
        return Rules(
            title=" ".join(sent["title"].split()),
            days=days if days is not None or self.link else self.initial["works_for"],
            password=password,
            may_download=sent["may_download"],
            show_details=sent["show_details"],
            show_location=sent["show_location"],
            show_path=sent["show_path"] or ShownPath.NONE,
        )


def _initial(link: SharedLink | None, days: int) -> dict[str, Any]:
    if link is None:
        return {"works_for": days, "may_download": True, "show_path": ShownPath.NONE}
    names = ("may_download", "show_details", "show_location", "show_path", "title")
    return {"works_for": AS_IT_IS, **{name: getattr(link, name) for name in names}}


def _as_it_is(link: SharedLink) -> str:
    if link.expires_at is None:
        return "As it is: never ends"
    return f"As it is: until {format_date(timezone.localtime(link.expires_at), 'j F Y')}"
