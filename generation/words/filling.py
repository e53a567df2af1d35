"""From what was written, and a template, to the words of each picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generation.recipes.recipe import Recipe
from generation.words.drawing import Draw, Lists
from generation.words.parsing import Parts, has_chance, lists_in, parse, variables_in

PROMPT = "prompt"
SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template as it is at one moment."""

    pk: str
    name: str
    prompt: str
    negative_prompt: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What was written for a request.

    Attributes:
        prompt: in the field of the prompt.
        template: what is put around it, if anything.
        values: what the template's own variables stand for.
        seed: what choices are drawn with.
    """

    prompt: str
    negative_prompt: str = ""
    template: TemplateText | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0

    def trees(self) -> "Trees":
        """Read all of it.

        Raises:
            WordsError: something is nested too deep.
        """
        template = self.template or TemplateText("", "", "")
        values = {name: parse(text) for name, text in self.values.items() if text.strip()}
        return Trees(
            prompt=parse(self.prompt),
            negative_prompt=parse(self.negative_prompt),
            frame=parse(template.prompt, variables=True),
            negative_frame=parse(template.negative_prompt, variables=True),
            values=values,
        )


@dataclass(frozen=True, slots=True)
class Trees:
    """What was written, read."""

    prompt: Parts
    negative_prompt: Parts
    frame: Parts
    negative_frame: Parts
    values: Mapping[str, Parts]

    @property
    def variables(self) -> dict[str, Parts | None]:
        """The template's own variables, with their defaults."""
        found = {**variables_in(self.negative_frame), **variables_in(self.frame)}
        return {name: found[name] for name in found if name != PROMPT}

    @property
    def every(self) -> tuple[Parts, ...]:
        """All that is drawn from."""
        return (self.prompt, self.negative_prompt, self.frame, self.negative_frame, *self.values.values())

    @property
    def lists(self) -> set[str]:
        """The names of the lists that are used."""
        return set[str]().union(*map(lists_in, self.every))

    @property
    def has_chance(self) -> bool:
        """Whether anything is drawn."""
        return any(map(has_chance, self.every))

    def missing(self) -> list[str]:
        """Return the variables that have neither a value nor a default."""
        return [name for name, default in self.variables.items() if default is None and name not in self.values]


def words_of_each(wording: Wording, count: int, lists: Lists) -> list[tuple[str, str]]:
    """Return prompt and negative prompt of each picture.

    Raises:
        WordsError: a value is missing, or it grows too large; the sentence says which.
    """
    trees = wording.trees()
    times = count if trees.has_chance else 1
    words = [_words(trees, f"{wording.seed}/{number}", lists) for number in range(times)]
    return words * (count // times)


def resolved(wording: Wording, count: int, lists: Lists) -> dict[str, Any]:
    """Return the words of ``count`` pictures, and what is needed to tell how they came about, as a recipe has them.

    Raises:
        WordsError: as ``words_of_each``.
    """
    each = words_of_each(wording, count, lists)
    prompts, negatives = tuple(prompt for prompt, _ in each), tuple(negative for _, negative in each)
    words = {
        "prompt": prompts[0],
        "negative_prompt": negatives[0],
        "prompts": prompts if len(set(prompts)) > 1 else (),
        "negative_prompts": negatives if len(set(negatives)) > 1 else (),
    }
    is_plain = each[0] == (wording.prompt, wording.negative_prompt) and not wording.template
    return words if is_plain else {**words, **_origin(wording)}


def without_negative(wording: Wording) -> Wording:
    """Return the words for a model that knows no negative prompt."""
    template = wording.template and replace(wording.template, negative_prompt="")
    return replace(wording, negative_prompt="", template=template)


def fill(recipe: Recipe, wording: Wording, lists: Lists) -> Recipe:
    """Return the recipe with its words resolved.

    Raises:
        WordsError: as ``words_of_each``.
    """
    return replace(recipe, **resolved(wording, recipe.batch_size, lists))


def _origin(wording: Wording) -> dict[str, Any]:
    template = wording.template or TemplateText("", "", "")
    asked = wording.trees().variables
    return {
        "template": template.prompt,
        "template_negative": template.negative_prompt,
        "template_id": template.pk,
        "template_name": template.name,
        "template_values": {name: text for name, text in wording.values.items() if text.strip() and name in asked},
        "written": wording.prompt,
        "written_negative": wording.negative_prompt,
        "wildcard_seed": wording.seed if wording.trees().has_chance else None,
    }


def _words(trees: Trees, seed: str, lists: Lists) -> tuple[str, str]:
    defaults = {name: default for name, default in trees.variables.items() if default is not None}
    values = {**defaults, **trees.values}
    return (
        _framed(trees.frame, trees.prompt, Draw(seed, lists, values), PROMPT),
        _framed(trees.negative_frame, trees.negative_prompt, Draw(seed, lists, values), "negative"),
    )


def _framed(frame: Parts, own: Parts, draw: Draw, about: str) -> str:
    """Return the words with the template around them; a template that has no place for them follows them."""
    written = draw.words(own, about=about)
    if not frame:
        return written
    places = variables_in(frame)
    draw.values[PROMPT] = places.get(PROMPT) or () if not written.strip() else (written,)
    around = draw.words(frame, about=f"template/{about}")
    every = [around] if PROMPT in places else [written, around]
    return SEPARATOR.join(filter(None, (words.strip(" ,\n\r\t") for words in every)))
