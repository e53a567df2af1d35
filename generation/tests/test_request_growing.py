"""A request that grows from a picture: its mode, its size, and what the form shows of it."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from generation.asking import masks
from generation.asking.offers import Offers
from generation.asking.sources import part_size, size_like
from generation.forms import RequestForm
from generation.forms.changing import changed
from generation.models import GenerationStep
from generation.recipes.recipe import Margins, SourcePicture
from generation.recipes.shapes import Size
from generation.tests.conftest import Nudges
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, StepFactory, make_recipe
from generation.tests.test_masks import folder, painted  # noqa: F401 - a folder of masks for these tests alone
from lib import clock
from models_catalog.models import Model
from photos.models import Photo
from settings_app import connections

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    """The server has a model of two families."""
    server = connections.current_server()
    Model.objects.create(key="sdxl", name="Grand", type="main", base="sdxl", hash="h1", server=server)
    Model.objects.create(key="sd1", name="Plain", type="main", base="sd-1", hash="h2", server=server)


@pytest.fixture
def photo(db: None) -> Photo:
    """A picture of the library, not quite of a size a model takes."""
    return MadePhotoFactory(here=True, width=1003, height=700)


def sent(**changes: Any) -> dict[str, Any]:
    """Return what a browser sends."""
    return {
        "prompt": "a fox", "model": "sdxl", "shape": "Square (1:1)", "count": "2", "steps": "30", "cfg_scale": "7.5",
        "scheduler": "euler", **changes,
    }  # fmt: skip


def form(**changes: Any) -> RequestForm:
    """Return the form as it comes back from a browser."""
    return RequestForm(sent(**changes), offers=Offers.now())


def test_a_picture_makes_it_a_refinement_in_the_pictures_size(photo: Photo) -> None:
    """The nearest size the model takes; nothing is cut off."""
    asked = form(source=str(photo.pk), shape="source", strength="0,45")

    assert asked.is_valid(), asked.errors
    recipe = asked.recipe
    assert (recipe.mode, recipe.strength, recipe.width, recipe.height) == ("img2img", 0.45, 1000, 704)
    assert recipe.source
    assert recipe.source.photo == str(photo.pk)


@pytest.mark.parametrize(("strength", "verb"), [("0.99", "Refine"), ("1", "Generate"), ("?", "Generate")])
def test_below_full_strength_the_button_says_refine(photo: Photo, strength: str, verb: str) -> None:
    """At full strength nothing of the picture is kept."""
    assert form(source=str(photo.pk), strength=strength).verb == verb


def test_a_mask_makes_it_inpainting(photo: Photo) -> None:
    """With a soft edge of its own."""
    mask = masks.keep(painted())
    asked = form(source=str(photo.pk), shape="source", mask=mask, mask_blur="24")

    assert asked.is_valid(), asked.errors
    assert (asked.recipe.mode, asked.recipe.mask, asked.recipe.mask_blur) == ("inpaint", mask, 24)


def test_edges_make_it_outpainting(photo: Photo) -> None:
    """The size grows with them."""
    asked = form(source=str(photo.pk), shape="source", margin_left="256", margin_bottom="64")

    assert asked.is_valid(), asked.errors
    assert (asked.recipe.mode, asked.recipe.margins) == ("outpaint", Margins(left=256, bottom=64))
    assert (asked.recipe.width, asked.recipe.height) == (1256, 768)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": "00000000-0000-0000-0000-000000000007"}, "source"),
        ({"source": "nonsense"}, "source"),
        ({"strength": "1.5"}, "strength"),
        ({"strength": "much"}, "strength"),
        ({"mask": "0" * 64 + ".png"}, "mask"),
        ({"margin_top": "far"}, "margin_top"),
        ({"margin_left": "9999"}, "margin_left"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told_beside_its_field(
    photo: Photo, changes: dict[str, str], field: str
) -> None:
    """Nothing is sent that cannot work."""
    assert list(form(**{"source": str(photo.pk), "strength": "0.5", **changes}).errors) == [field]


def test_a_picture_in_the_trash_is_none_to_begin_with(photo: Photo) -> None:
    """Its file may be gone tomorrow."""
    Photo.objects.update(deleted_at=photo.created_at)

    assert "not in the library" in form(source=str(photo.pk)).errors["source"][0]


@pytest.mark.parametrize(
    ("size", "base", "expected"),
    [
        ((512, 512), "sd-1", Size(512, 512)),
        ((1024, 1024), "sd-1", Size(1024, 1024)),
        ((6000, 4000), "sdxl", Size(1536, 1024)),
        ((6000, 4000), "sd-1", Size(768, 512)),
        ((40, 30), "sd-1", Size(64, 64)),
        ((20000, 100), "sdxl", Size(2048, 64)),
        ((777, 333), "cogview4", Size(768, 320)),
    ],
)
def test_a_size_follows_its_picture(size: tuple[int, int], base: str, expected: Size) -> None:
    """One that is too large for the family is worked at smaller, in its own shape."""
    assert size_like(Photo(width=size[0], height=size[1]), base) == expected


@pytest.mark.parametrize(
    ("size", "base", "expected"),
    [
        ((512, 512), "sdxl", Size(1024, 1024)),
        ((400, 100), "sd-1", Size(1008, 264)),
        ((500, 500), "sd-1", Size(504, 504)),
        ((900, 900), "sd-1", Size(904, 904)),
    ],
)
def test_a_part_of_a_small_picture_is_painted_larger(size: tuple[int, int], base: str, expected: Size) -> None:
    """No family paints well far below the size it was made at."""
    assert part_size(Photo(width=size[0], height=size[1]), base) == expected


def test_choosing_a_picture_keeps_everything_else(owner_client: Client, photo: Photo) -> None:
    """The words, the steps and the LoRAs stay; the size becomes the picture's."""
    page = owner_client.post(
        "/generate/fields/", sent(set_source=str(photo.pk), steps="17", made_for="sdxl"), headers=HTMX
    ).content.decode()

    assert f'name="source" value="{photo.pk}"' in page
    assert 'value="17"' in page
    assert 'value="source" checked' in page
    assert 'name="strength"' in page


def test_taking_it_out_goes_back_to_words(photo: Photo) -> None:
    """A shape that was chosen besides stays."""
    data = QueryDict(mutable=True)
    data.update(sent(source=str(photo.pk), shape="source", mask="x", take_out="source", made_for="sdxl"))

    values = changed(data, Offers.now())
    assert (values["source"], values["mask"], values["shape"]) == ("", "", "Square (1:1)")


def test_the_same_picture_again_keeps_its_mask(photo: Photo) -> None:
    """The mask's button on the stage opens it, and does not begin anew."""
    data = QueryDict(mutable=True)
    data.update(sent(source=str(photo.pk), mask="kept", set_source=str(photo.pk)))

    assert changed(data, Offers.now())["mask"] == "kept"


def test_the_step_remembers_the_picture_and_the_step_that_made_it(owner_client: Client, nudges: Nudges) -> None:
    """However long the stage has shown another step."""
    first = StepFactory()
    other = StepFactory(session=first.session, position=2)
    made = AlternativeFactory(step=first, image=MadePhotoFactory(here=True)).image
    owner_client.post(
        f"/generate/{first.session_id}/request/", sent(parent=str(other.pk), source=str(made.pk), shape="source")
    )

    grown = GenerationStep.objects.get(prompt="a fox")
    assert (grown.parent_id, grown.source_image_id) == (first.pk, made.pk)


def test_the_address_can_name_the_picture(owner_client: Client) -> None:
    """So that it works without script."""
    step = StepFactory()
    made = AlternativeFactory(step=step, image=MadePhotoFactory(here=True)).image
    page = owner_client.get(f"{step.get_absolute_url()}&source={made.pk}").content.decode()

    assert f'name="source" value="{made.pk}"' in page
    assert "Picture 1" in page


def test_without_script_the_cross_shows_the_form_without_the_picture(owner_client: Client, photo: Photo) -> None:
    """Nothing else is lost, and nothing is started."""
    answer = owner_client.post("/generate/new/", sent(source=str(photo.pk), take_out="source", prompt="an owl"))

    page = answer.content.decode()
    assert 'name="source"' not in page
    assert "an owl" in page
    assert not GenerationStep.objects.exists()


def test_the_next_request_begins_with_the_same_picture_and_mask(owner_client: Client, nudges: Nudges) -> None:
    """So that the mask can be changed a little and tried again."""
    photo, mask = MadePhotoFactory(here=True), masks.keep(painted())
    owner_client.post("/generate/new/", sent(source=str(photo.pk), shape="source", mask=mask, strength="0.7"))

    values = Offers.now().initial(GenerationStep.objects.get())
    kept = {name: values[name] for name in ("source", "mask", "strength", "shape")}
    assert kept == {"source": str(photo.pk), "mask": mask, "strength": "0.7", "shape": "source"}


def test_after_a_picture_was_only_made_larger_the_words_before_are_there() -> None:
    """Enlarging has no request of its own to go on from."""
    first = StepFactory()
    larger = StepFactory(session=first.session, parent=first, recipe=make_recipe(prompt="", mode="upscale"))

    assert Offers.now().initial(larger)["prompt"] == first.prompt


def test_a_request_whose_picture_is_in_the_trash_says_that_it_begins_with_words(
    owner_client: Client, photo: Photo
) -> None:
    """Otherwise the next step would quietly be another kind of request."""
    source = SourcePicture(str(photo.pk), photo.width, photo.height)
    step = StepFactory(recipe=make_recipe(mode="img2img", source=source, strength=0.5), source_image=photo)
    told = "so the next step begins with words"
    assert told not in owner_client.get(step.get_absolute_url()).content.decode()

    Photo.objects.filter(pk=photo.pk).update(deleted_at=clock.now())
    assert told in owner_client.get(step.get_absolute_url()).content.decode()
