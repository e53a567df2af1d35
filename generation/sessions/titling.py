"""What a step is called in its tree: what is new about it, for steps of a session often begin with the same words."""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from uuid import UUID

from django.utils.text import Truncator

from generation.models import GenerationStep
from generation.showing.asked import asked_of

# So much of the words is looked at to tell a step from the one it grew from, and so much is shown.
COMPARED, TITLE = 400, 90
# Words that begin like others by fewer than this are shown from their beginning.
ALIKE = 3
AGAIN, REFINED = "The same again", "Refined, the same words"
# Said by their value alone, which is a name.
PLAIN = {"Model", "Size", "Scheduler", "VAE", "LoRA", "Changed"}


def titles_of(steps: Iterable[GenerationStep], known: Mapping[UUID, GenerationStep]) -> dict[UUID, str]:
    """Return what each step is called beside the one it grew from, in one query more for those with the same words.

    Args:
        steps: loaded with their ``words``, as the tree has them.
        known: the steps they may have grown from, loaded alike.
    """
    found: dict[UUID, str] = {}
    alike: list[GenerationStep] = []
    for step in steps:
        parent = known.get(step.parent_id) if step.parent_id else None
        if step.repeats_id:
            found[step.pk] = AGAIN
        elif step.sweep:
            found[step.pk] = _cell_of(step) or told_apart(words_of(step), "")
        elif parent and words_of(step) == words_of(parent):
            alike.append(step)
        else:
            found[step.pk] = told_apart(words_of(step), words_of(parent) if parent else "")
    return found | _settings_apart(alike)


def words_of(step: GenerationStep) -> str:
    """Return as much of a step's words as is compared."""
    return str(vars(step).get("words") or step.prompt[:COMPARED])


def told_apart(words: str, others: str) -> str:
    """Return what tells some words from others: all of them, or from where they differ if they begin alike."""
    own = words.split()
    alike = sum(1 for _ in takewhile(_is_same, zip(own, others.split(), strict=False)))
    rest = own[alike:] if alike >= ALIKE else []
    return Truncator(f"… {' '.join(rest)}" if rest else words).chars(TITLE)


def _settings_apart(steps: list[GenerationStep]) -> dict[UUID, str]:
    """Return for steps with the words of their parent which settings are others."""
    if not steps:
        return {}
    needed = {key for step in steps for key in (step.pk, step.parent_id) if key}
    loaded = {step.pk: step for step in GenerationStep.objects.filter(pk__in=needed).only("parameters")}
    asked = {key: dict.fromkeys(asked_of(step)) for key, step in loaded.items()}
    found = {}
    for step in steps:
        before = asked.get(step.parent_id, {}) if step.parent_id else {}
        news = [fact for fact in asked[step.pk] if fact not in before]
        told = ", ".join(fact.value if fact.name in PLAIN else f"{fact.name} {fact.value}" for fact in news)
        found[step.pk] = Truncator(told).chars(TITLE) or (REFINED if step.source_image_id else AGAIN)
    return found


def _cell_of(step: GenerationStep) -> str:
    """Return the values a step has in the table it belongs to."""
    axes = step.sweep_cell.get("axes")
    cells = [axis for axis in axes if isinstance(axis, dict)] if isinstance(axes, list) else []
    return ", ".join(f"{axis.get('title', '')} {axis.get('value', '')}".strip() for axis in cells)


def _is_same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]
