"""Pictures grow from pictures: what they begin with is brought to the server once, and kept where it may not change."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import storages
from PIL import Image, ImageChops, ImageDraw

from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from generation import graphs
from generation.asking import masks
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep, SourceUpload
from generation.querysets import LEASE
from generation.recipes.recipe import Margins, ModelChoice, SourcePicture
from generation.running import submitting, uploading
from generation.tests.conftest import claimed, fresh
from lib import clock
from photos.models import Photo
from photos.tests.factories import PhotoFactory, place_original

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]

SIZE = (96, 64)
LIKE = {"width": 96, "height": 64, "seeds": (7,)}


def painted(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture in which no pixel is like its neighbour."""
    bands = [Image.effect_noise(size, 40 + 20 * band) for band in range(3)]
    return Image.merge("RGB", bands)


def file_of(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture as a file."""
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


@pytest.fixture
def picture() -> Image.Image:
    """What the library's photo shows."""
    return painted()


@pytest.fixture
def photo(picture: Image.Image) -> Photo:
    """A photo of the library with its file."""
    return photo_of(file_of(picture))


def photo_of(content: bytes, **values: Any) -> Photo:
    """Return a photo that shows what a file holds."""
    return PhotoFactory(content=content, **{"width": SIZE[0], "height": SIZE[1], **values})


def source_of(photo: Photo) -> SourcePicture:
    """Return a photo as a recipe names it."""
    return SourcePicture(str(photo.pk), photo.width, photo.height)


def grown(server: StandIn, photo: Photo, **changes: Any) -> GenerationStep:
    """Return a claimed step that grows from a photo."""
    return claimed(server, **{"mode": "img2img", "source": source_of(photo), "strength": 0.5, **LIKE, **changes})


def made(server: StandIn, step: GenerationStep) -> Image.Image:
    """Send a step and return its picture."""
    submitting.submit(step)
    server.wait_until_idle()
    items = server.queue.matching(batch_id=step.batch_id)
    assert items, fresh(step).error_message
    assert items[0].status == "completed", items[0].error_message
    with InvokeAI(server.url) as client:
        (item,) = client.queue.items_of_batch(step.batch_id)
        content = io.BytesIO()
        client.images.download(item.images_of(graphs.OUTPUT)[0], content, max_bytes=10_000_000)
    return Image.open(content).convert("RGB")


def uploads(server: StandIn) -> list[Any]:
    """Return the server's records of what was sent to it, masks too."""
    return [record for record in server.images.records.values() if record.image_origin == "external"]


def test_the_picture_is_sent_once_and_hidden(server: StandIn, photo: Photo) -> None:
    """Two steps grow from it; the server shows it to nobody."""
    for _ in range(2):
        made(server, grown(server, photo))

    (sent,) = uploads(server)
    assert sent.is_intermediate
    assert sent.image_category == "user"
    assert SourceUpload.objects.get().image_name == sent.image_name


def test_a_picture_the_server_has_lost_is_sent_again(server: StandIn, photo: Photo) -> None:
    """Somebody cleared what is hidden there."""
    made(server, grown(server, photo))
    server.images.remove(SourceUpload.objects.get().image_name)
    made(server, grown(server, photo))

    assert SourceUpload.objects.get().image_name == uploads(server)[0].image_name


def test_a_picture_made_there_is_not_sent_at_all(server: StandIn, photo: Photo) -> None:
    """The server knows it by its own name."""
    with InvokeAI(server.url) as client:
        name = client.images.upload(file_of(painted()), "there.png").name
    Photo.objects.filter(pk=photo.pk).update(server=server.url, invoke_id=name)
    made(server, grown(server, photo))

    assert [record.image_name for record in uploads(server)] == [name]


def test_a_picture_is_sent_upright_and_without_transparency(server: StandIn) -> None:
    """As it is looked at: its camera lay on its side, and glass becomes white."""
    turned = Image.Exif()
    turned[0x0112] = 6
    photo = photo_of(file_of(painted((64, 96)), "JPEG", exif=turned), extension="jpg")
    glass = photo_of(file_of(Image.new("RGBA", SIZE, (0, 0, 0, 0))))
    for each in (photo, glass):
        made(server, grown(server, each))

    first, second = (server.images.open(record.image_name) for record in uploads(server))
    assert first
    assert second
    assert {first.size, second.size} == {SIZE}
    assert (255, 255, 255) in {picture.getpixel((0, 0)) for picture in (first, second)}


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda photo: Photo.objects.filter(pk=photo.pk).update(deleted_at=clock.now()), uploading.IN_TRASH),
        (lambda photo: storages["originals"].delete(photo.local_storage_path), uploading.NO_FILE),
        (lambda photo: Photo.objects.filter(pk=photo.pk).delete(), uploading.GONE),
        (
            lambda photo: Photo.objects.filter(pk=photo.pk).update(deleted_at=clock.now(), purged_at=clock.now()),
            uploading.GONE,
        ),
        (lambda photo: Photo.objects.filter(pk=photo.pk).update(retrieval_status="pending"), uploading.NOT_HERE),
        (
            lambda photo: place_original(photo.filename, b"no picture"),
            uploading.UNREADABLE.format(reason="This is not a picture the library can read."),
        ),
        (lambda photo: place_original(photo.filename, file_of(painted((32, 32)))), uploading.OTHER_SIZE),
    ],
    ids=["in the trash", "no file", "gone for good", "purged", "not fetched", "no picture", "changed"],
)
def test_a_picture_that_cannot_be_had_is_told(
    server: StandIn, photo: Photo, spoil: Callable[[Photo], object], sentence: str
) -> None:
    """The step fails with what to do, and nothing is sent."""
    step = grown(server, photo)
    spoil(photo)
    submitting.submit(step)

    assert (fresh(step).status, fresh(step).outcome) == (StepStatus.FAILED, Outcome.REFUSED)
    assert (fresh(step).error_message or "").startswith(sentence.partition(" It takes")[0])
    assert not server.queue.items


def test_a_worker_killed_between_upload_and_post_makes_one_batch(
    server: StandIn, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one uses what the first had sent."""
    step = grown(server, photo)
    with monkeypatch.context() as patch:
        patch.setattr(submitting, "_post", _die)
        with pytest.raises(SystemExit):
            submitting.submit(step)
    again = GenerationStep.objects.claim(step.pk, now=clock.now() + LEASE * 2)
    assert again
    submitting.submit(again)

    assert len(uploads(server)) == 1
    assert len(server.queue.items) == 1


def test_a_worker_that_took_too_long_over_the_upload_posts_nothing(
    server: StandIn, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another has the step by now."""
    step, bring = grown(server, photo), uploading.bring

    def slowly(*given: Any) -> graphs.Uploads:
        assert GenerationStep.objects.claim(step.pk, now=clock.now() + LEASE * 2)
        return bring(*given)

    monkeypatch.setattr(uploading, "bring", slowly)
    submitting.submit(step)

    assert not server.queue.items


def test_a_weak_change_keeps_more_of_the_picture(server: StandIn) -> None:
    """Strength says how far it may go."""
    ramp = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    photo = photo_of(file_of(ramp))
    weak, strong = (made(server, grown(server, photo, strength=strength)) for strength in (0.2, 1.0))

    assert _distance(weak, ramp) < _distance(strong, ramp)


@pytest.mark.parametrize("blur", [0, 8])
def test_only_what_was_painted_over_changes(server: StandIn, photo: Photo, picture: Image.Image, blur: int) -> None:
    """All else is the same to the pixel."""
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).rectangle((30, 20, 60, 40), fill=255)
    name = masks.keep(file_of(mask))
    result = made(server, grown(server, photo, mode="inpaint", mask=name, mask_blur=blur, strength=1.0))

    left, top, right, bottom = ImageChops.difference(result, picture).getbbox() or (0, 0, 0, 0)
    assert (left, top) >= (30 - blur, 20 - blur)
    assert right <= 61 + blur
    assert bottom <= 41 + blur
    assert (right - left) * (bottom - top) >= 31 * 21


def test_a_mask_that_is_not_kept_any_more_is_told(server: StandIn, photo: Photo) -> None:
    """It can be painted again."""
    step = grown(server, photo, mode="inpaint", mask=f"{'0' * 64}.png")
    submitting.submit(step)

    assert fresh(step).error_message == uploading.NO_MASK


def test_a_picture_goes_on_beyond_its_edge(server: StandIn, photo: Photo, picture: Image.Image) -> None:
    """What there was is found in its place."""
    changes = {"mode": "outpaint", "margins": Margins(left=32), "mask_blur": 4, "width": 128}
    result = made(server, grown(server, photo, **changes))

    assert result.size == (128, 64)
    kept = ImageChops.difference(result.crop((36, 0, 128, 64)), picture.crop((4, 0, 96, 64)))
    assert kept.getbbox() is None


def test_a_picture_becomes_larger(server: StandIn, photo: Photo) -> None:
    """By the factor that was asked for."""
    record = next(model for model in server.models.records if model["type"] == "spandrel_image_to_image")
    model = ModelChoice.from_json(record)
    step = grown(server, photo, mode="upscale", model=model, upscale_model=model, upscale_factor=3.0)

    assert made(server, step).size == (288, 192)


def test_flux_finds_its_companions_by_itself(server: StandIn) -> None:
    """Nobody chose them, and the server has one of each."""
    record = next(model for model in server.models.records if model["base"] == "flux" and model["type"] == "main")
    step = claimed(server, model=ModelChoice.from_json(record), width=64, height=64, seeds=(1,))
    made(server, step)

    assert set(fresh(step).parameters["companions"]) == {"t5_encoder", "clip_embed", "vae"}


def test_a_missing_companion_is_named(server: StandIn) -> None:
    """With what to install."""
    server.models.records = [model for model in server.models.records if model["type"] != "t5_encoder"]
    record = next(model for model in server.models.records if model["base"] == "flux" and model["type"] == "main")
    step = claimed(server, model=ModelChoice.from_json(record), width=64, height=64, seeds=(1,))
    submitting.submit(step)

    assert fresh(step).error_message == (
        "This FLUX model needs a T5 encoder besides. Install it in InvokeAI (its starter models have "
        "“t5_bnb_int8_quantized_encoder”), then read the catalogue anew."
    )


def _distance(one: Image.Image, other: Image.Image) -> float:
    histogram = ImageChops.difference(one, other).convert("L").histogram()
    return sum(value * count for value, count in enumerate(histogram))


def _die(*_args: object, **_options: object) -> None:
    raise SystemExit
