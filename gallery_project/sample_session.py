"""A session for the demo's studio: asked for like any other, and painted by the stand-in while one looks around."""

import random
import time
from datetime import timedelta

from demo.standin import models
from demo.story import CHAPTERS, TEMPLATES, Chapter
from generation.asking import starting
from generation.choices import Mode, StepStatus
from generation.models import GenerationSession, GenerationStep, PromptTemplate
from generation.recipes.recipe import ModelChoice, Recipe, SourcePicture
from generation.sessions import choosing
from lib import clock
from photos.models import Photo

PATIENCE = timedelta(minutes=5)
LOOK_EVERY = 1.0
WIDTH, HEIGHT = 616, 424


def keep_templates() -> None:
    """Keep the templates there are to try."""
    for name, category, text, negative in TEMPLATES:
        words = {"prompt_text": text, "negative_prompt": negative, "category": category}
        PromptTemplate.objects.get_or_create(name=name, defaults=words)


def tell_story() -> int:
    """Have every chapter made, each once the one it grows from is here; return how many were.

    It ends early when a chapter takes too long: the demo is there to be tried, not to be waited for. Where somebody
    has begun a session already, none is added.
    """
    told: list[GenerationStep] = []
    if GenerationSession.objects.exists():
        return 0
    for chapter in CHAPTERS:
        step = _start(chapter, told)
        if not _is_here(step):
            break
        if chapter.chosen:
            choosing.choose(step.pk, _picture(step, chapter.chosen).pk)
        told.append(step)
    return len(told)


def _start(chapter: Chapter, told: list[GenerationStep]) -> GenerationStep:
    parent = told[chapter.parent - 1] if chapter.parent else None
    source = _picture(parent, chapter.grown_from) if parent else None
    session = parent.session if parent else None
    return starting.start_step(session, _recipe(chapter, source), parent=parent, source_image=source)


def _recipe(chapter: Chapter, source: Photo | None) -> Recipe:
    grown = source and SourcePicture(str(source.pk), source.width, source.height)
    return Recipe(
        prompt=chapter.prompt,
        model=ModelChoice.from_json(models.identity("Cedar 1.5", "sd-1", "main")),
        width=WIDTH,
        height=HEIGHT,
        seeds=tuple(random.Random(chapter.prompt).sample(range(10**9), chapter.pictures)),
        steps=20,
        cfg_scale=6.5,
        scheduler="euler_a",
        mode=Mode.IMG2IMG if grown else Mode.TXT2IMG,
        source=grown or None,
        strength=chapter.strength,
    )


def _is_here(step: GenerationStep) -> bool:
    """Wait until all of a step's pictures are in the library; False when that takes too long, or it failed."""
    until = clock.now() + PATIENCE
    while clock.now() < until:
        step.refresh_from_db()
        if step.images_retrieved >= step.batch_size:
            return True
        if step.status == StepStatus.FAILED:
            return False
        time.sleep(LOOK_EVERY)
    return False


def _picture(step: GenerationStep, number: int) -> Photo:
    return step.alternatives.select_related("image").order_by("pk")[number - 1].image
