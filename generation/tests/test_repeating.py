"""Running a step exactly again, and how far its pictures are from the first ones."""

from dataclasses import replace

import pytest

from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from generation import graphs, tasks
from generation.asking import repeating
from generation.comparisons import measuring
from generation.models import GenerationStep, StepAlternative
from generation.recipes.recipe import Recipe
from generation.running.submitting import submit
from generation.tests.conftest import Nudges, asked, fresh, sent
from generation.tests.factories import REFINER, StepFactory, make_recipe
from lib import clock
from settings_app.models import ApplicationSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(server: StandIn, nudges: Nudges) -> GenerationStep:
    """A step of two pictures that are in the library; the server it came from is the one in use."""
    ApplicationSettings.objects.update_or_create(pk=1, defaults={"local_backend_url": server.url})
    return bring(sent(server, seeds=(5, 6)), server, nudges)


def bring(step: GenerationStep, server: StandIn, nudges: Nudges) -> GenerationStep:
    """Let the server work, and do what workers would."""
    server.wait_until_idle()
    tasks.refresh_step(str(step.pk))
    for pk in asked(nudges, "retrieve_photo"):
        tasks.retrieve_photo(str(pk))
    return fresh(step)


def send(step: GenerationStep) -> GenerationStep:
    """Send a step as a worker does."""
    claimed = GenerationStep.objects.claim(step.pk, now=clock.now())
    assert claimed
    submit(claimed)
    return fresh(step)


def test_the_same_graph_and_seeds_are_sent(done: GenerationStep) -> None:
    """Only the key of the job differs, which names the request and does not reach the pixels."""
    again = repeating.run_again(done)
    first, second = (Recipe.from_parameters(step.parameters) for step in (done, again))

    assert again.repeats == done
    assert again.session == done.session
    assert graphs.build(second, job="x") == graphs.build(first, job="x")
    assert second.seeds == first.seeds


def test_one_picture_is_made_again_with_its_seed_and_its_words() -> None:
    """The others are not asked for."""
    recipe = recipe_of_two_wordings()

    only = repeating._only(recipe, 1)

    assert (only.seeds, only.prompt, only.prompts) == ((8,), "a hare", ("a hare",))


def test_a_refiner_is_told_apart_from_the_model(done: GenerationStep, server: StandIn) -> None:
    """Both are main models; a refiner that left the server is missing."""
    recipe = replace(Recipe.from_parameters(done.parameters), refiner_model=REFINER)
    done.parameters = recipe.to_parameters()
    with InvokeAI(server.url) as client:
        told = repeating.circumstances(done, server.url, client)

    assert [one.name for one in told][2:] == ["Model", "Refiner"]
    assert told[-1].is_missing


def test_a_picture_names_the_one_seed_that_is_sent(done: GenerationStep) -> None:
    """It is found by what is recorded of the picture."""
    image = done.alternatives.get(image__generation_params__seed=6).image_id
    again = repeating.run_again(done, image=image)

    assert again.parameters["seeds"] == [6]
    assert again.batch_size == 1


def test_equal_pixels_are_recorded_as_equal(done: GenerationStep, server: StandIn, nudges: Nudges) -> None:
    """The same seed and graph give the same pixels, though the files differ by the job they name."""
    bring_again(done, server, nudges)
    found = StepAlternative.objects.filter(difference__isnull=False)

    assert found.count() == 2
    assert all(each.difference["most"] == 0 and each.compared_with_id != each.image_id for each in found)


def test_other_pixels_are_measured(done: GenerationStep, server: StandIn, nudges: Nudges) -> None:
    """A recipe that was tampered with shows what a changed model would."""
    again = repeating.run_again(done)
    other = replace(Recipe.from_parameters(again.parameters), prompt="something else entirely")
    GenerationStep.objects.filter(pk=again.pk).update(parameters=other.to_parameters())
    measure_all(bring(send(fresh(again)), server, nudges))

    assert [each.difference["most"] > 0 for each in StepAlternative.objects.filter(step=again)] == [True, True]


def test_without_the_first_picture_nothing_is_compared(done: GenerationStep, server: StandIn, nudges: Nudges) -> None:
    """It is not guessed that they are equal."""
    again = bring(send(repeating.run_again(done)), server, nudges)
    done.alternatives.all().delete()

    repeated = again.alternatives.select_related("step", "image")
    assert [measuring.measure(each) for each in repeated] == [False, False]


def test_what_changed_is_told(done: GenerationStep, server: StandIn, client: InvokeAI) -> None:
    """A model of the same name with another checksum is not the same model."""
    record = next(model for model in server.models.records if model["key"] == done.model_key)
    before = {each.name: each for each in repeating.circumstances(done, server.url, client)}
    record["hash"] = "blake3:ffffffffffffffff"
    after = {each.name: each for each in repeating.circumstances(done, server.url, client)}

    assert all(each.is_same for each in before.values())
    assert not after["Model"].is_same
    assert "ffffffffffff" in after["Model"].now


def test_a_missing_model_is_told(server: StandIn, client: InvokeAI) -> None:
    """Nothing can be run without it."""
    step = StepFactory(server=server.url)
    found = {each.name: each for each in repeating.circumstances(step, "http://other.test", client)}

    assert found["Model"].is_missing
    assert not found["Server"].is_same
    assert not found["InvokeAI’s version"].is_same


def bring_again(done: GenerationStep, server: StandIn, nudges: Nudges) -> None:
    """Run it again and compare what came."""
    bring(send(repeating.run_again(done)), server, nudges)
    measured = [pk for name, pk in nudges if name == "measure_repetition"]
    assert measured
    for pk in measured:
        tasks.measure_repetition(pk)


def measure_all(step: GenerationStep) -> None:
    """Compare all pictures of a step."""
    for alternative in step.alternatives.select_related("step", "image"):
        measuring.measure(alternative)


def recipe_of_two_wordings() -> Recipe:
    """Return a recipe of two pictures with words of their own."""
    return make_recipe(prompt="a fox", prompts=("a fox", "a hare"), seeds=(7, 8))
