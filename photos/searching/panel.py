"""The panel of filters: fields that write the same text as one could type."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from photos.querying import Query, Term, write
from photos.querying.values import Days, Numbers
from photos.searching import suggesting

ANY = ("", "Any")
KINDS = [ANY, ("photo", "Photographs"), ("generated", "Generated")]
ORIENTATIONS = [ANY, ("landscape", "Landscape"), ("portrait", "Portrait"), ("square", "Square")]
RATINGS = [ANY, *((str(stars), f"{stars} and up") for stars in range(1, 5)), ("5", "5")]
NAMES = ("model", "lora", "sampler", "generator", "camera", "lens", "album", "tag")
SWITCHES = (("is", "favourite"), ("is", "chosen"), ("is", "untagged"), ("has", "children"), ("has", "parent"))
OFFERED = 30


class NameField(forms.CharField):
    """A name, with those that are known to choose from."""

    def __init__(self, name: str) -> None:
        attributes = {"class": "input", "list": f"known-{name}", "autocomplete": "off", "placeholder": "Any"}
        label = "LoRA" if name == "lora" else name.capitalize()
        super().__init__(required=False, label=label, max_length=300, widget=forms.TextInput(attributes))


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    widget = forms.Select({"class": "select__input"})
    return forms.ChoiceField(required=False, label=label, choices=choices, widget=widget)


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(required=False, label=label, widget=widget, input_formats=["%Y-%m-%d"])


class FilterPanel(forms.Form):
    """Every filter as a field. What it cannot show (a minus, a second camera) stays in the text untouched."""

    kind = _choice("Kind", KINDS)
    orientation = _choice("Orientation", ORIENTATIONS)
    rating = _choice("Rating", RATINGS)
    since = _day("Since")
    until = _day("Until")
    size = forms.IntegerField(
        required=False,
        label="Shorter side at least",
        min_value=1,
        max_value=99_999,
        widget=forms.NumberInput({"class": "input", "placeholder": "Any", "step": "1"}),
    )
    seed = forms.RegexField(
        r"^\d{1,20}$",
        required=False,
        label="Seed",
        error_messages={"invalid": "A seed is a whole number."},
        widget=forms.TextInput({"class": "input", "inputmode": "numeric", "placeholder": "Any", "autocomplete": "off"}),
    )
    switches = forms.MultipleChoiceField(
        required=False,
        label="Only pictures that",
        choices=[
            ("is:favourite", "are favourites"),
            ("is:chosen", "were chosen in a session"),
            ("is:untagged", "have no tags"),
            ("has:children", "others grew from"),
            ("has:parent", "grew from another"),
        ],
        widget=forms.CheckboxSelectMultiple({"class": "check__input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {name: NameField(name) for name in NAMES}

    @property
    def names(self) -> "list[forms.BoundField]":
        """The fields that hold a name."""
        return [self[name] for name in NAMES]

    def known(self) -> dict[str, list[str]]:
        """Return what may be chosen for each name, the most frequent first."""
        return {name: [found.value for found in suggesting.suggestions(name, "", OFFERED)] for name in NAMES}

    def compose(self, query: Query) -> str:
        """Return the query's text with what the fields say now; the form must be valid."""
        kept = query.without(*_shown(query).values())
        return " ".join(filter(None, [kept.text, *_written(self.cleaned_data)]))


def initial(query: Query) -> dict[str, Any]:
    """Return what the fields show of a query."""
    shown = _shown(query)
    values: dict[str, Any] = {name: term.value for name, term in shown.items() if isinstance(term.value, str)}
    values["switches"] = [f"{kind}:{word}" for kind, word in SWITCHES if f"{kind}:{word}" in shown]
    for name, term in shown.items():
        if isinstance(term.value, Days):
            values |= {"since": term.value.first, "until": term.value.last}
        if isinstance(term.value, Numbers):
            values[name] = str(term.value.least)
    return values


def _shown(query: Query) -> dict[str, Term]:
    """Return the terms the fields can show, by field."""
    shown: dict[str, Term] = {}
    for term in query.filters:
        if not term.is_not and (field := _field_of(term)):
            shown.setdefault(field, term)
    return shown


def _field_of(term: Term) -> str:
    word = (term.filter, term.value)
    if word in SWITCHES:
        return f"{term.filter}:{term.value}"
    if word in {("is", "photo"), ("is", "generated")}:
        return "kind"
    if isinstance(term.value, Numbers):
        return term.filter if _is_least(term.filter, term.value) else ""
    return term.filter if term.filter in {*NAMES, "orientation", "seed", "date"} else ""


def _is_least(name: str, value: Numbers) -> bool:
    """Tell whether the range is one that its field can show."""
    if name == "rating":
        return value.least in range(1, 6) and (value.most is None or value.least == value.most == 5)
    return name == "size" and value.most is None


def _written(fields: dict[str, Any]) -> Iterator[str]:
    if fields["kind"]:
        yield write("is", fields["kind"])
    yield from (text for text in fields["switches"])
    for name in (*NAMES, "seed", "orientation"):
        if value := fields[name].strip():
            yield write(name, value)
    if fields["rating"]:
        yield write("rating", f">={fields['rating']}")
    if fields["size"]:
        yield write("size", f">={fields['size']}")
    yield from _date(fields["since"], fields["until"])


def _date(since: date | None, until: date | None) -> Iterator[str]:
    if since or until:
        first, last = (day.isoformat() if day else "" for day in (since, until))
        yield write("date", first if since == until else f"{first}..{last}")
