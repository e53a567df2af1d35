"""What the owner writes about a template, and a list of words."""

from typing import Any

from django import forms

from generation.models import PromptTemplate, WordList
from generation.words.drawing import LONGEST, lines_of
from generation.words.lists import LONGEST_LIST, list_name
from generation.words.parsing import WordsError, parse
from generation.words.style_files import LONGEST_NAME

NO_NAME = "A template needs a name."
NO_WORDS = "Write a prompt, a negative prompt, or both."
NO_LIST_NAME = "Letters, digits and single - _ . / in between: the name stands as __name__ in a prompt."
NO_ENTRIES = "Write at least one line."
TAKEN = "There is a list of this name already."


def _text(rows: int, **more: Any) -> forms.Textarea:
    return forms.Textarea({"class": "input input--text", "rows": rows, **more})


def _line(**more: Any) -> forms.TextInput:
    return forms.TextInput({"class": "input", "autocomplete": "off", **more})


class TemplateForm(forms.Form):
    """Everything a template has."""

    name = forms.CharField(max_length=LONGEST_NAME, error_messages={"required": NO_NAME}, widget=_line())
    prompt_text = forms.CharField(
        label="Prompt",
        max_length=LONGEST,
        required=False,
        widget=_text(5, placeholder="{prompt}, soft light, film grain"),
    )
    negative_prompt = forms.CharField(
        max_length=LONGEST, required=False, widget=_text(2, placeholder="What to keep out")
    )
    category = forms.CharField(max_length=LONGEST_NAME, required=False, widget=_line(list="categories"))
    description = forms.CharField(max_length=LONGEST, required=False, widget=_text(2))
    is_favorite = forms.BooleanField(required=False)

    @classmethod
    def about(cls, template: PromptTemplate) -> "TemplateForm":
        """Return the form with what a template has."""
        return cls(initial={name: getattr(template, name) or "" for name in cls.base_fields})

    def clean_name(self) -> str:
        """Return the name on one line."""
        return _on_one_line(self.cleaned_data["name"], NO_NAME)

    def clean_category(self) -> str:
        """Return the category on one line."""
        return " ".join(self.cleaned_data["category"].split())

    def clean(self) -> dict[str, Any]:
        """Want words that can be read."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned["prompt_text"] or cleaned["negative_prompt"]):
            self.add_error("prompt_text", NO_WORDS)
        for name in ("prompt_text", "negative_prompt"):
            try:
                parse(cleaned.get(name, ""), variables=True)
            except WordsError as fault:
                self.add_error(name, str(fault))
        return cleaned

    @property
    def columns(self) -> dict[str, Any]:
        """What a valid form says, as columns."""
        nullable = ("negative_prompt", "category", "description")
        return {**self.cleaned_data, **{name: self.cleaned_data[name] or None for name in nullable}}


class WordListForm(forms.Form):
    """A list's name and its lines."""

    name = forms.CharField(max_length=80, error_messages={"required": NO_LIST_NAME}, widget=_line(spellcheck="false"))
    entries = forms.CharField(
        label="Words",
        max_length=LONGEST_LIST,
        error_messages={"required": NO_ENTRIES},
        widget=_text(12, placeholder="red\n2::deep blue\n{pale|dark} green"),
    )

    def __init__(self, data: Any = None, *, words: WordList | None = None) -> None:
        """Begin with what ``words`` has; without it, a new list is written."""
        super().__init__(data, initial={"name": words.name, "entries": words.entries} if words else None)
        self.words = words

    def clean_name(self) -> str:
        """Return a name that can be used, and that no other list has."""
        name = list_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(NO_LIST_NAME)
        others = WordList.objects.exclude(pk=self.words.pk) if self.words else WordList.objects.all()
        if others.filter(name=name).exists():
            raise forms.ValidationError(TAKEN)
        return name

    def clean_entries(self) -> str:
        """Want a line that offers something, and lines that can be read."""
        lines = lines_of(self.cleaned_data["entries"])
        if not lines:
            raise forms.ValidationError(NO_ENTRIES)
        for number, line in enumerate(lines, start=1):
            try:
                parse(line)
            except WordsError as fault:
                raise forms.ValidationError(f"Line {number}: {fault}") from fault
        return str(self.cleaned_data["entries"])


class StyleFileForm(forms.Form):
    """A file to take templates from."""

    file = forms.FileField(
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
        widget=forms.ClearableFileInput(
            {"class": "input", "accept": ".csv,.json,.txt,text/csv,application/json,text/plain"}
        ),
    )


def _on_one_line(text: str, complaint: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise forms.ValidationError(complaint)
    return line
