"""Keeping templates: changing one, copying it, letting it go; and the way back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from generation.models import PromptTemplate
from generation.recipes.recipe import Recipe
from generation.words.filling import TemplateText
from generation.words.parsing import escaped
from lib import clock

KEPT = timedelta(days=1)
COPY = "{name} copy"


def change(template: PromptTemplate, **columns: Any) -> None:
    """Change some columns."""
    for name, value in columns.items():
        setattr(template, name, value)
    template.updated_at = clock.now()
    template.save(update_fields=[*columns, "updated_at"])


def duplicate(template: PromptTemplate) -> PromptTemplate:
    """Return a copy under a name of its own."""
    name = free_name(COPY.format(name=template.name))
    made: PromptTemplate = PromptTemplate.objects.create(
        name=name,
        description=template.description,
        prompt_text=template.prompt_text,
        negative_prompt=template.negative_prompt,
        category=template.category,
    )
    return made


def free_name(name: str, taken: set[str] | None = None) -> str:
    """Return the name, with a number behind it if there is a template of this name already.

    Args:
        name: wished for.
        taken: names in small letters; None asks the database.
    """
    if taken is None:
        taken = {known.casefold() for known in PromptTemplate.objects.values_list("name", flat=True)}
    number, free = 2, name
    while free.casefold() in taken:
        number, free = number + 1, f"{name} {number}"
    return free


def delete(pk: UUID) -> bool:
    """Delete a template; what was made with it stays. False when it is gone already."""
    is_first: bool = PromptTemplate.objects.filter(pk=pk).update(deleted_at=clock.now()) == 1
    return is_first


def restore(pk: UUID) -> bool:
    """Bring a deleted template back; False when it is there, or was forgotten."""
    return PromptTemplate.with_deleted.filter(pk=pk, deleted_at__isnull=False).update(deleted_at=None) == 1


def forget_deleted() -> int:
    """Let go of the templates that were deleted long enough ago; return how many."""
    old = PromptTemplate.with_deleted.filter(deleted_at__lt=clock.now() - KEPT)
    _, by_model = old.delete()
    return by_model.get(PromptTemplate._meta.label, 0)


def text_of(template: PromptTemplate) -> TemplateText:
    """Return a template as it is now."""
    return TemplateText(str(template.pk), template.name, template.prompt_text, template.negative_prompt or "")


def categories() -> list[str]:
    """Return every category there is, by name."""
    found = PromptTemplate.objects.exclude(category=None).exclude(category="")
    return sorted(found.values_list("category", flat=True).distinct(), key=str.casefold)


def words_like(recipe: Recipe) -> dict[str, Any]:
    """Return the form's values for the words of a recipe: as they were written, if the template is still there."""
    template = PromptTemplate.objects.filter(pk=recipe.template_id).first() if recipe.template_id else None
    is_written = bool(recipe.written or recipe.written_negative or recipe.template_id)
    if not is_written or (recipe.template_id and not template):
        return {"prompt": escaped(recipe.prompt), "negative_prompt": escaped(recipe.negative_prompt)}
    return {
        "prompt": recipe.written,
        "negative_prompt": recipe.written_negative,
        "template": str(template.pk) if template else "",
        "value": recipe.template_values,
    }
