"""A template tried out: with words of one's own, values for its variables, and a throw of the dice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from generation.recipes.recipe import LARGEST_SEED, draw_seeds
from generation.words.filling import PROMPT, TemplateText, Wording
from generation.words.previewing import Preview, fields_of, preview

EXAMPLE = "a fox in the snow"
PICTURES = 4
VALUE = "value-"


@dataclass(frozen=True, slots=True)
class Trial:
    """What is shown beside a template."""

    prompt: str
    seed: int
    found: Preview


def trial_of(prompt: str, negative_prompt: str, values: Mapping[str, Any]) -> Trial:
    """Return what would come of a template.

    Args:
        prompt: the template's text.
        negative_prompt: its other text.
        values: ``try_prompt``, ``wildcard_seed`` and ``value-<variable>``; what is missing is made up.
    """
    words = str(values.get("try_prompt", EXAMPLE))
    template = TemplateText("", "", prompt, negative_prompt)
    wording = Wording(words, "", template, values_in(values), seed_in(values))
    empty = [field for field in fields_of(wording) if field.is_needed and not field.value]
    values = {**wording.values, **{field.name: f"[{field.label.lower()}]" for field in empty}}
    return Trial(words, wording.seed, preview(Wording(words, "", template, values, wording.seed), PICTURES))


def values_in(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what was entered for variables, by their names."""
    names = [name for name in values if name.startswith(VALUE)]
    found = {name.removeprefix(VALUE): str(values[name]).replace("\0", "") for name in names[:100]}
    return {name: text for name, text in found.items() if text.strip() and name != PROMPT}


def seed_in(values: Mapping[str, Any]) -> int:
    """Return the seed that was entered; a new one where none was, or nonsense."""
    text = str(values.get("wildcard_seed", "")).strip()
    is_seed = text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST_SEED
    return int(text) if is_seed else draw_seeds(1)[0]


@never_cache
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """Return what would come of the template that is being written."""
    texts = request.POST.get("prompt_text", ""), request.POST.get("negative_prompt", "")
    return render(request, "generation/_template_trial.html", {"trial": trial_of(*texts, request.POST)})
