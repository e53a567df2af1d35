"""A real InvokeAI takes every graph and runs those it has models for. Needs INVOKEAI_URL; leaves others' work alone.

It wants one SD-1 and one SDXL model, a LoRA and a VAE for SD-1, a refiner; what it has not is left out.
"""

import io
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from clients.errors import RemoteUnreachable
from clients.invokeai import Batch, InvokeAI, ModelRecord
from generation import graphs
from generation.graphs import OUTPUT, Graph, Uploads
from generation.models import GenerationStep, SourceUpload
from generation.recipes.recipe import LoraChoice, Margins, ModelChoice, Recipe, SourcePicture
from generation.running import following, submitting
from generation.tests.conftest import fresh
from generation.tests.factories import StepFactory, make_recipe
from generation.tests.kinds import EVERY_KIND, PHOTO
from generation.tests.test_graphs import uploads_for
from generation.tests.test_growing import photo_of, source_of
from lib import clock
from settings_app.connections import server_at

URL = os.environ.get("INVOKEAI_URL", "")
PATIENCE = 120
SIDE = 256

pytestmark = pytest.mark.skipif(not URL, reason="set INVOKEAI_URL to a real InvokeAI")


@pytest.fixture(scope="module")
def client() -> Iterator[InvokeAI]:
    """A client of the real server."""
    with InvokeAI(URL) as connected:
        connected.check()
        yield connected


@pytest.fixture(scope="module")
def node_types(client: InvokeAI) -> dict[str, Any]:
    """The fields of each node type, as the server describes them."""
    schemas = requests.get(f"{URL}/openapi.json", timeout=60).json()["components"]["schemas"]
    nodes = [schema for schema in schemas.values() if schema.get("class") == "invocation"]
    kinds = [node["properties"]["type"] for node in nodes]
    names = [kind.get("const") or kind.get("default") for kind in kinds]
    return {name: node["properties"] for name, node in zip(names, nodes, strict=True)}


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_graph_is_accepted(client: InvokeAI, name: str) -> None:
    """InvokeAI looks at nodes, values and edges when a batch comes; it is cancelled at once."""
    batch = _batch(EVERY_KIND[name], uploads_for(EVERY_KIND[name]))

    assert client.queue.enqueue(batch).enqueued == 1
    client.queue.cancel_batches([batch.batch_id])


@pytest.mark.parametrize("recipe", EVERY_KIND.values(), ids=EVERY_KIND)
def test_no_field_is_unknown_and_none_is_missing(recipe: Recipe, node_types: dict[str, Any]) -> None:
    """An unknown field is dropped without a word, and a missing input fails only when the item runs."""
    graph = graphs.build(recipe, job="job-1", uploads=uploads_for(recipe))

    assert [*_unknown(graph, node_types), *_missing(graph, node_types)] == []


OPTIONS: dict[str, dict[str, Any]] = {
    "txt2img": {},
    "clip_skip": {"clip_skip": 1},
    "seamless": {"seamless_x": True, "seamless_y": True},
    "cfg_rescale": {"cfg_rescale_multiplier": 0.5},
    "lora": {"lora": 0.8},
    "vae": {"vae": True},
    "everything": {"lora": -0.4, "vae": True, "seamless_x": True, "clip_skip": 1},
}


@pytest.mark.parametrize("option", OPTIONS)
def test_sd_runs_with_each_option(client: InvokeAI, option: str) -> None:
    """A picture of the wanted size comes of it."""
    assert _run(client, _recipe(client, "sd-1", **OPTIONS[option])).size == (SIDE, SIDE)


@pytest.mark.parametrize("base", ["sd-1", "sdxl"])
@pytest.mark.parametrize("size", [(SIDE, SIDE), (300, 200)], ids=["as_large", "other_shape"])
def test_a_picture_grows_from_another(client: InvokeAI, base: str, size: tuple[int, int]) -> None:
    """It has the size that was asked for, whatever that of its source; strength changes it."""
    recipe, source = _grown(client, base, size, mode="img2img")
    weak, strong = (_run(client, replace(recipe, strength=strength), source=source) for strength in (0.2, 0.9))

    assert weak.size == strong.size == (SIDE, SIDE)
    assert _changed(weak, strong).getbbox()


@pytest.mark.parametrize("base", ["sd-1", "sdxl"])
@pytest.mark.parametrize("size", [(SIDE, SIDE), (301, 203)], ids=["as_large", "odd"])
@pytest.mark.parametrize("blur", [0, 12])
def test_what_was_not_painted_over_stays_exact(client: InvokeAI, base: str, size: tuple[int, int], blur: int) -> None:
    """No pixel changes that is further from the mask than its blur is wide, and all within it does."""
    recipe, source = _grown(client, base, size, mode="inpaint", mask="painted", mask_blur=blur, strength=0.9)
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).ellipse((60, 50, 150, 140), fill=255)
    made = _run(client, recipe, source=source, mask=mask)

    changed = _changed(made, source)
    assert made.size == size
    assert ImageChops.subtract(changed, _widened(mask, blur)).getbbox() is None
    assert _area(ImageChops.darker(changed, mask)) > 0.9 * _area(mask)


@pytest.mark.parametrize("base", ["sd-1", "sdxl"])
def test_a_picture_goes_on_beyond_its_edges(client: InvokeAI, base: str) -> None:
    """What there was stays exact but for the blur along the new edges, and nothing is left transparent."""
    around = Margins(left=40, bottom=56)
    recipe, source = _grown(client, base, (216, 200), mode="outpaint", margins=around, mask_blur=8)
    made = _run(client, recipe, source=source)

    kept = made.crop((around.left + 8, 0, made.width, made.height - around.bottom - 8))
    assert made.size == (SIDE, SIDE)
    assert made.mode == "RGB" or made.getchannel("A").getextrema() == (255, 255)
    assert _changed(kept, source.crop((8, 0, 216, 192))).getbbox() is None


def test_colours_are_compensated(client: InvokeAI) -> None:
    """What the model reads of the source is a little brighter."""
    recipe, source = _grown(client, "sdxl", (SIDE, SIDE), mode="img2img", strength=0.2)
    plain, kept = (_run(client, replace(recipe, color_compensation=on), source=source) for on in (False, True))

    assert _changed(plain, kept).getbbox()


@pytest.mark.parametrize("seamless", [False, True])
def test_a_refiner_goes_the_last_part_of_the_way(client: InvokeAI, *, seamless: bool) -> None:
    """Its picture is another than that of the first model alone, and from the end of the way on the same."""
    alone = _recipe(client, "sdxl", seamless_x=seamless)
    refined = replace(alone, refiner_model=_model(client, "main", "sdxl-refiner"), refiner_steps=8)
    first, *others = (_run(client, recipe) for recipe in (alone, refined, replace(refined, refiner_start=1)))

    assert [picture.size for picture in others] == [(SIDE, SIDE)] * 2
    assert _changed(first, others[0]).getbbox()
    assert _changed(first, others[1]).getbbox() is None


@pytest.mark.parametrize("start", [0, 0.5, 1])
@pytest.mark.parametrize("strength", [0.2, 1])
def test_a_refiner_takes_over_wherever_strength_begins(client: InvokeAI, start: float, strength: float) -> None:
    """Also before, where the first model has nothing to do."""
    recipe, source = _grown(client, "sdxl", (SIDE, SIDE), mode="img2img", strength=strength)
    refiner = _model(client, "main", "sdxl-refiner")

    made = _run(client, replace(recipe, refiner_model=refiner, refiner_start=start, refiner_steps=8), source=source)

    assert made.size == (SIDE, SIDE)


def test_a_refiner_leaves_what_was_not_painted_over(client: InvokeAI) -> None:
    """Exactly, though it works without the mask."""
    recipe, source = _grown(client, "sdxl", (SIDE, SIDE), mode="inpaint", mask="painted", mask_blur=0, strength=0.9)
    mask = Image.new("L", source.size, 0)
    ImageDraw.Draw(mask).ellipse((60, 50, 150, 140), fill=255)
    refiner = _model(client, "main", "sdxl-refiner")
    made = _run(client, replace(recipe, refiner_model=refiner, refiner_steps=8), source=source, mask=mask)

    changed = _changed(made, source)
    assert ImageChops.subtract(changed, mask).getbbox() is None
    assert _area(ImageChops.darker(changed, mask)) > 0.9 * _area(mask)


@pytest.mark.parametrize("mode", ["txt2img", "img2img"])
def test_the_same_recipe_gives_the_same_pixels(client: InvokeAI, mode: str) -> None:
    """Which "run exactly this again" relies on.

    InvokeAI reads a source picture into SD's latents with a pinch of chance, and remembers the outcome: the pixels are
    the same only while it has the upload and that memory.
    """
    changes = {"mode": "img2img", "strength": 0.5, "source": SourcePicture(PHOTO, SIDE, SIDE)}
    recipe = _recipe(client, "sd-1", **changes if mode == "img2img" else {})
    uploads = Uploads(_upload(client, _picture((SIDE, SIDE)))) if recipe.source else Uploads()
    first, second = (_made(client, recipe, uploads) for _ in range(2))

    assert _changed(first, second).getbbox() is None


def test_a_picture_becomes_larger(client: InvokeAI) -> None:
    """By the factor that was asked for, not by the model's own."""
    model = _model(client, "spandrel_image_to_image", "any")
    source = _picture((96, 64))
    recipe = make_recipe(
        mode="upscale", model=model, upscale_model=model, upscale_factor=3.0, seeds=(7,), source=_of(source)
    )

    assert _run(client, recipe, source=source).size == (288, 192)


@pytest.mark.django_db
@pytest.mark.usefixtures("nudges")
def test_a_step_goes_all_the_way(client: InvokeAI) -> None:
    """From a photo of the library to two pictures that know where they come from, each with words of its own."""
    photo = photo_of(_file(_picture((300, 200))), width=300, height=200)
    recipe = _recipe(client, "sd-1", mode="img2img", source=source_of(photo), strength=0.6)
    recipe = replace(recipe, seeds=(7, 8), prompts=("a fox", "an owl"))
    found = StepFactory(server=server_at(URL), recipe=recipe, source_image=photo)
    step = GenerationStep.objects.claim(found.pk, now=clock.now())
    assert step
    submitting.submit(step)
    _finished(client, step.batch_id)
    following.refresh(fresh(step), client)

    made = [alternative.image for alternative in fresh(step).alternatives.select_related("image")]
    assert {picture.source_image_id for picture in made} == {photo.pk}
    told = [client.images.metadata(picture.invoke_id or "") for picture in made]
    assert {facts and facts["positive_prompt"] for facts in told} == {"a fox", "an owl"}
    copy = client.images.get(SourceUpload.objects.get().image_name)
    assert copy
    assert copy.is_intermediate


def _recipe(client: InvokeAI, base: str, *, lora: float = 0, vae: bool = False, **changes: Any) -> Recipe:
    loras = (LoraChoice(_model(client, "lora", base), lora),) if lora else ()
    return make_recipe(
        model=_model(client, "main", base),
        vae=_model(client, "vae", base) if vae else None,
        loras=loras,
        **{"width": SIDE, "height": SIDE, "steps": 4, "seeds": (7,), **changes},
    )


def _grown(client: InvokeAI, base: str, size: tuple[int, int], **changes: Any) -> tuple[Recipe, Image.Image]:
    source = _picture(size)
    work = {"width": SIDE, "height": SIDE} if changes["mode"] != "inpaint" else _near(size)
    return _recipe(client, base, source=_of(source), **work, **changes), source


def _near(size: tuple[int, int]) -> dict[str, int]:
    return {"width": round(size[0] / 8) * 8, "height": round(size[1] / 8) * 8}


def _of(picture: Image.Image) -> SourcePicture:
    return SourcePicture(PHOTO, picture.width, picture.height)


def _picture(size: tuple[int, int]) -> Image.Image:
    """Return noise over a gradient: no pixel is like its neighbour, so that a shift cannot hide."""
    picture = Image.merge("RGB", [Image.effect_noise(size, 60 + 20 * band) for band in range(3)])
    return Image.blend(picture, Image.linear_gradient("L").resize(size).convert("RGB"), 0.5)


def _model(client: InvokeAI, kind: str, base: str) -> ModelChoice:
    found: list[ModelRecord] = [model for model in client.models.all() if (model.type, model.base) == (kind, base)]
    if not found:
        pytest.skip(f"the server has no {kind} for {base}")
    return ModelChoice.of(found[0])


def _run(
    client: InvokeAI, recipe: Recipe, *, source: Image.Image | None = None, mask: Image.Image | None = None
) -> Image.Image:
    """Have one picture made and return it."""
    uploads = Uploads(
        _upload(client, source) if source else "", _upload(client, ImageOps.invert(mask), "mask") if mask else ""
    )
    return _made(client, recipe, uploads)


def _made(client: InvokeAI, recipe: Recipe, uploads: Uploads) -> Image.Image:
    batch = _batch(recipe, uploads)
    answer = client.queue.enqueue(batch)
    item = _finished(client, batch.batch_id, answer.item_ids)
    assert item.status == "completed", item.error_message
    (name,) = item.images_of(OUTPUT)
    content = io.BytesIO()
    client.images.download(name, content, max_bytes=50_000_000)
    picture = Image.open(content)
    picture.load()
    return picture


def _finished(client: InvokeAI, batch_id: str, ids: tuple[int, ...] = ()) -> Any:
    end = time.monotonic() + PATIENCE
    while _is_unfinished(client, batch_id) and time.monotonic() < end:
        time.sleep(0.2)
    return client.queue.items_of_batch(batch_id, ids)[0]


def _is_unfinished(client: InvokeAI, batch_id: str) -> bool:
    """A busy server lets go of an idle connection now and then."""
    try:
        return client.queue.batch_status(batch_id).unfinished > 0
    except RemoteUnreachable:
        return True


def _upload(client: InvokeAI, picture: Image.Image, category: str = "user") -> str:
    return client.images.upload(_file(picture), "source.png", category=category).name


def _file(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def _batch(recipe: Recipe, uploads: Uploads) -> Batch:
    graph = graphs.build(recipe, job=str(uuid.uuid4()), uploads=uploads)
    return Batch(
        batch_id=str(uuid.uuid4()),
        graph=graph,
        data=graphs.seed_data(replace(recipe, seeds=recipe.seeds[:1])),
        origin="photo-gallery-tests",
        destination="photo-gallery-tests",
    )


def _changed(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return a mask, white where two pictures differ at all."""
    bands = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).split()
    return ImageChops.lighter(ImageChops.lighter(*bands[:2]), bands[2]).point(lambda value: 255 if value else 0)


def _area(mask: Image.Image) -> int:
    return sum(mask.histogram()[1:])


def _widened(mask: Image.Image, by: int) -> Image.Image:
    """Return the mask with all that is nearer to it than ``by`` pixels; a square is a little more than a circle."""
    return mask.filter(ImageFilter.MaxFilter(2 * by + 1)) if by else mask


def _unknown(graph: Graph, node_types: dict[str, Any]) -> Iterator[str]:
    for node in graph["nodes"].values():
        if node["type"] != "core_metadata":
            yield from (f"{node['type']}.{name}" for name in set(node) - set(node_types[node["type"]]))


def _missing(graph: Graph, node_types: dict[str, Any]) -> Iterator[str]:
    fed = {(edge["destination"]["node_id"], edge["destination"]["field"]) for edge in graph["edges"]}
    for key, node in graph["nodes"].items():
        for name, rule in node_types[node["type"]].items():
            if rule.get("orig_required") and name not in node and (key, name) not in fed:
                yield f"{node['type']}.{name}"
