"""Making a picture larger: the question, and the step that comes of it."""

import pytest
from django.test import Client

from generation.models import GenerationStep
from generation.tests.conftest import Nudges
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, StepFactory
from models_catalog.models import Model
from photos.models import Photo
from settings_app import connections

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def upscaler(db: None) -> Model:
    """The server has one upscale model."""
    server = connections.current_server()
    kind = "spandrel_image_to_image"
    return Model.objects.create(key="up", name="Sharp x4", type=kind, base="any", hash="h9", server=server)


@pytest.fixture
def photo(db: None) -> Photo:
    """A picture of the library."""
    return MadePhotoFactory(here=True)


def test_a_photo_begins_a_session_of_its_own(
    owner_client: Client, nudges: Nudges, upscaler: Model, photo: Photo
) -> None:
    """Its words stay with it."""
    answer = owner_client.post(f"/generate/upscale/{photo.pk}/", {"model": "up", "factor": "3"})

    step = GenerationStep.objects.get()
    assert answer["Location"] == step.get_absolute_url()
    assert (step.source_image_id, step.session.source_image_id, step.prompt) == (
        photo.pk,
        photo.pk,
        "a fox in the snow",
    )
    asked = step.parameters
    assert (asked["mode"], asked["upscale_factor"], asked["upscale_model"]["key"]) == ("upscale", 3.0, "up")


def test_in_a_session_it_grows_from_the_step_that_made_it(
    owner_client: Client, nudges: Nudges, upscaler: Model
) -> None:
    """Whatever step was on the stage."""
    made_in = StepFactory()
    stage = StepFactory(session=made_in.session, position=2)
    photo = AlternativeFactory(step=made_in, image=MadePhotoFactory(here=True)).image
    answer = owner_client.post(
        f"/generate/upscale/{photo.pk}/?step={stage.pk}", {"model": "up", "other_factor": "1,5"}, headers=HTMX
    )

    step = GenerationStep.objects.get(source_image=photo)
    assert (step.session_id, step.parent_id) == (made_in.session_id, made_in.pk)
    assert (answer["HX-Redirect"], step.parameters["upscale_factor"]) == (step.get_absolute_url(), 1.5)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"factor": "40"}, "The factor must be between"),
        ({"factor": "x"}, "The factor must be a number"),
        ({"model": "gone"}, "Choose an upscale model"),
    ],
)
def test_what_is_wrong_is_told_in_the_dialog(
    owner_client: Client, upscaler: Model, photo: Photo, changes: dict[str, str], words: str
) -> None:
    """And nothing is started."""
    asked = {"model": "up", "factor": "2", **changes}
    answer = owner_client.post(f"/generate/upscale/{photo.pk}/", asked, headers=HTMX)

    assert words in answer.content.decode()
    assert answer["HX-Retarget"] == "#dialog"
    assert not GenerationStep.objects.exists()


def test_a_picture_that_would_be_too_large_is_told_the_largest_factor(owner_client: Client, upscaler: Model) -> None:
    """A side may have so many pixels."""
    photo = MadePhotoFactory(here=True, width=6000, height=4000)
    answer = owner_client.post(f"/generate/upscale/{photo.pk}/", {"model": "up", "factor": "2"})

    assert answer.status_code == 422
    assert "The largest factor is 1.3" in answer.content.decode()


def test_without_an_upscale_model_it_says_what_to_install(owner_client: Client, photo: Photo) -> None:
    """There is no button that cannot work."""
    page = owner_client.get(f"/generate/upscale/{photo.pk}/").content.decode()

    assert "no upscale model" in page
    assert ">Upscale</button>" not in page


def test_the_photos_page_leads_there(owner_client: Client, upscaler: Model, photo: Photo) -> None:
    """Beside the other ways to begin from it."""
    panel = owner_client.get(f"/generate/for-photo/{photo.pk}/").content.decode()

    assert f"/generate/upscale/{photo.pk}/" in panel
