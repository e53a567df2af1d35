"""Sessions, steps and what belongs to them, made up for tests."""

import uuid
from typing import Any

import factory
from factory.django import DjangoModelFactory

from generation.choices import EntryType, StepStatus
from generation.models import GenerationSession, GenerationStep, PromptTemplate, StepAlternative, WordList
from generation.recipes.recipe import ModelChoice, Recipe
from lib import clock
from photos.choices import RetrievalStatus
from photos.models import Photo

SERVER = "http://invokeai.test:9090"
SD1 = ModelChoice(key="key-sd1", hash="blake3:sd1", name="Plain", base="sd-1")
SDXL = ModelChoice(key="key-sdxl", hash="blake3:sdxl", name="Grand", base="sdxl")
REFINER = ModelChoice(key="key-refiner", hash="blake3:refiner", name="Finish", base="sdxl-refiner")
VAE = ModelChoice(key="key-vae", hash="blake3:vae", name="Clear", base="sd-1", type="vae")


def make_recipe(**changes: Any) -> Recipe:
    """Return a recipe without fault for four small SD-1 pictures."""
    values: dict[str, Any] = {
        "prompt": "a fox in the snow",
        "negative_prompt": "blurry",
        "model": SD1,
        "width": 512,
        "height": 512,
        "steps": 8,
        "seeds": (11, 12, 13, 14),
    }
    return Recipe(**{**values, **changes})


class SessionFactory(DjangoModelFactory[GenerationSession]):
    """A session that began with words."""

    class Meta:
        model = GenerationSession

    entry_type = EntryType.SCRATCH


class StepFactory(DjangoModelFactory[GenerationStep]):
    """A pending step; ``recipe=`` sets everything a recipe decides, ``processing=True`` is one the server has."""

    class Meta:
        model = GenerationStep

    class Params:
        recipe = factory.LazyFunction(make_recipe)
        processing = factory.Trait(
            status=StepStatus.PROCESSING, attempts=1, submitted_at=factory.LazyFunction(clock.now)
        )

    session = factory.SubFactory(SessionFactory)
    prompt = factory.LazyAttribute(lambda step: step.recipe.prompt)
    negative_prompt = factory.LazyAttribute(lambda step: step.recipe.negative_prompt)
    parameters = factory.LazyAttribute(lambda step: step.recipe.to_parameters())
    model_key = factory.LazyAttribute(lambda step: step.recipe.model.key)
    batch_size = factory.LazyAttribute(lambda step: step.recipe.batch_size)
    batch_id = factory.LazyFunction(lambda: str(uuid.uuid4()))
    correlation_id = factory.LazyFunction(lambda: str(uuid.uuid4()))
    server = SERVER
    position = 1


class MadePhotoFactory(DjangoModelFactory[Photo]):
    """A picture InvokeAI made that is known and not fetched; ``here=True`` has been fetched, as far as the row says."""

    class Meta:
        model = Photo

    class Params:
        here = factory.Trait(
            retrieval_status=RetrievalStatus.COMPLETED,
            file_size=1234,
            local_storage_path=factory.LazyAttribute(lambda photo: photo.filename),
            checksum=factory.LazyFunction(lambda: uuid.uuid4().hex * 2),
        )

    id = factory.LazyFunction(uuid.uuid4)
    filename = factory.LazyAttribute(lambda photo: f"{photo.id}.png")
    original_name = factory.Sequence(lambda number: f"a fox {number}.png")
    width = 512
    height = 512
    file_size = 0
    mime_type = "image/png"
    is_generated = True
    generation_prompt = "a fox in the snow"
    invoke_id = factory.LazyFunction(lambda: f"{uuid.uuid4()}.png")
    server = SERVER
    retrieval_status = RetrievalStatus.PENDING


class AlternativeFactory(DjangoModelFactory[StepAlternative]):
    """A picture of a step."""

    class Meta:
        model = StepAlternative

    step = factory.SubFactory(StepFactory)
    image = factory.SubFactory(MadePhotoFactory)


class TemplateFactory(DjangoModelFactory[PromptTemplate]):
    """Words to begin with."""

    class Meta:
        model = PromptTemplate

    name = factory.Sequence(lambda number: f"Template {number}")
    prompt_text = "a fox, soft light"


class WordListFactory(DjangoModelFactory[WordList]):
    """Words to draw from."""

    class Meta:
        model = WordList

    name = factory.Sequence(lambda number: f"list{number}")
    entries = "red\nblue"
