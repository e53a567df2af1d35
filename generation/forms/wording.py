"""The words of a request: what is written, and the template that is put around it."""

from collections.abc import Mapping
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms

from generation.forms.fields import Slots, Whole
from generation.models import PromptTemplate
from generation.recipes import rules
from generation.recipes.recipe import LARGEST_SEED, draw_seeds
from generation.words import lists
from generation.words.filling import Wording, resolved, without_negative
from generation.words.parsing import WordsError
from generation.words.previewing import Field, Preview, fields_of, preview
from generation.words.templates import text_of

NO_PROMPT = "Say what the pictures should show."
NO_TEMPLATE = "This template is not there any more. Choose another, or none."
# More cannot be looked through in a list; the page of templates has a search.
MOST_TEMPLATES = 500
SHOWN = 3


class WordingFields(forms.Form):
    """Once it is valid, ``words`` holds what a recipe gets."""

    prompt = forms.CharField(required=False)
    negative_prompt = forms.CharField(required=False)
    template = forms.ModelChoiceField(
        PromptTemplate.objects.all(), required=False, error_messages={"invalid_choice": NO_TEMPLATE}
    )
    value = Slots(required=False)
    wildcard_seed = Whole(required=False)

    words: dict[str, Any]

    @property
    def knows(self) -> frozenset[str]:
        """The further fields that mean something to the model; the form that has a model says which."""
        return frozenset()

    def find_words(self, data: dict[str, Any]) -> None:
        """Resolve what is written, as soon as it is known how many pictures are wanted."""
        self.words = {}
        if self.has_error("count") or self.has_error("template"):
            return
        wording = self.wording_of(data)
        try:
            self.words = resolved(wording, data["count"], lists.known(wording.trees().lists))
        except WordsError as fault:
            self.add_error("template" if wording.template else "prompt", str(fault))
            return
        if not any(words.strip() for words in (self.words["prompt"], *self.words["prompts"])):
            self.add_error("prompt", NO_PROMPT)

    def wording_of(self, data: Mapping[str, Any]) -> Wording:
        """Return what is written, from values that were cleaned."""
        template = data.get("template")
        seed = data.get("wildcard_seed")
        return Wording(
            prompt=data.get("prompt") or "",
            negative_prompt=data.get("negative_prompt") or "",
            template=text_of(template) if template else None,
            values={name: text.replace("\0", "") for name, text in (data.get("value") or {}).items()},
            seed=self.drawn_seed if rules.whole_fault(seed, 0, LARGEST_SEED, "A seed") else int(seed or 0),
        )

    @cached_property
    def drawn_seed(self) -> int:
        """What choices are drawn with when nothing is entered: the same one on the page and for the request."""
        return draw_seeds(1)[0]

    @property
    def shown_wildcard_seed(self) -> str:
        """The seed that was entered, else a new one."""
        return str(self["wildcard_seed"].value() or self.drawn_seed)

    @property
    def template_groups(self) -> list[tuple[str, list[PromptTemplate]]]:
        """The templates to choose from: the favourites first, then by category."""
        found = PromptTemplate.objects.only("name", "category", "is_favorite").order_by("category", "name", "pk")
        every = list(found[:MOST_TEMPLATES])
        if self.chosen_template and self.chosen_template not in every:
            every.append(self.chosen_template)
        favourites = [one for one in every if one.is_favorite]
        others = sorted((one for one in every if not one.is_favorite), key=lambda one: one.category or "")
        groups = [(name, list(rows)) for name, rows in groupby(others, key=lambda one: one.category or "")]
        return [("Favourites", favourites), *groups] if favourites else groups

    @cached_property
    def chosen_template(self) -> PromptTemplate | None:
        """The template the form stands at."""
        try:
            pk = UUID(str(self["template"].value() or ""))
        except ValueError:
            return None
        found: PromptTemplate | None = PromptTemplate.objects.filter(pk=pk).first()
        return found

    @cached_property
    def standing_words(self) -> Wording:
        """What is written in the form as it stands."""
        names = ("prompt", "negative_prompt", "value")
        values = {name: self[name].value() for name in names}
        seed = Whole().to_python(self["wildcard_seed"].value())
        return self.wording_of({**values, "template": self.chosen_template, "wildcard_seed": seed})

    @property
    def variables(self) -> list[Field]:
        """What the chosen template asks for."""
        return fields_of(self.standing_words)

    @property
    def resting_values(self) -> dict[str, str]:
        """What was entered for variables that only other templates have."""
        asked = {field.name for field in self.variables} if self.chosen_template else set()
        return {name: text for name, text in self.standing_words.values.items() if name not in asked}

    @cached_property
    def words_preview(self) -> Preview | None:
        """What would be sent; None when it is just what is written."""
        wording = self.standing_words
        count = Whole().to_python(self["other_count"].value() or self["count"].value()) or 1
        if "negative_prompt" not in self.knows:
            wording = without_negative(wording)
        found = preview(wording, min(count, rules.MOST_PICTURES), shown=SHOWN)
        is_plain = found.words == [(wording.prompt, wording.negative_prompt)] and not found.notes
        return None if is_plain and not wording.template else found
