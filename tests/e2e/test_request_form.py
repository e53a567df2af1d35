"""The request form in a real browser: refining, painting a mask, LoRAs, a comparison, and a draft that survives."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from demo.standin.backend import Pace
from demo.standin.running import StandIn
from generation.asking import masks
from generation.models import GenerationStep
from models_catalog import syncing
from settings_app.models import ApplicationSettings
from tests.e2e.following import following
from tests.e2e.worker import Worker

WORDS = "Mountain lake at dusk, mist over the water"


@pytest.fixture
def server(owner: User) -> Iterator[StandIn]:
    """A quick server; the gallery is set to it, knows its models, and asks for one picture of few steps."""
    with StandIn(pace=Pace(seconds_per_step=0.02, model_load_seconds=0)) as running:
        running.models.add("Sharp x4", "any", "spandrel_image_to_image")
        ApplicationSettings.load()
        ApplicationSettings.objects.update(local_backend_url=running.url, default_batch_size=1)
        syncing.sync_current()
        yield running


@pytest.fixture
def follower(server: StandIn) -> Iterator[None]:
    """Follows what the server makes."""
    with following():
        yield


def begin(page: Page) -> None:
    """Have one picture made in a new session."""
    page.goto("/generate/new/")
    page.get_by_label("Prompt", exact=True).fill(WORDS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("a.alternative img")).to_have_count(1, timeout=40_000)


def to_request(page: Page) -> Locator:
    """Return the form's button."""
    return page.locator("#request-form .request-form__send button")


def sent_step(page: Page, *, parent: GenerationStep) -> GenerationStep:
    """Send the request and return the step it became, with its picture on the page."""
    to_request(page).click()
    return landed_step(page, parent=parent)


def landed_step(page: Page, *, parent: GenerationStep) -> GenerationStep:
    """Return the step that was sent, with its picture on the page."""
    expect(page).not_to_have_url(re.compile(str(parent.pk)))
    expect(page.locator("a.alternative img")).to_have_count(1, timeout=40_000)
    return GenerationStep.objects.exclude(pk=parent.pk).get()


def test_a_picture_is_refined(page: Page, server: StandIn, follower: None, worker: Worker) -> None:
    """It stands in the form with its strength, the button says so, and the step remembers it."""
    begin(page)
    first = GenerationStep.objects.get()
    page.get_by_role("link", name="Refine").click()
    expect(page.locator("#request-source")).to_contain_text("Picture 1")
    expect(to_request(page)).to_contain_text("Refine, 1 picture")

    slider = page.get_by_role("slider", name="Strength")
    slider.focus()
    slider.press("End")
    expect(page.locator("#strength")).to_have_value("1")
    expect(to_request(page)).to_contain_text("Generate, 1 picture")
    page.locator("#strength").fill("0.35")
    expect(page.locator("#strength-words")).to_contain_text("what is where stays")

    page.locator("#strength").press("Enter")
    step = landed_step(page, parent=first)
    asked = step.parameters
    assert (asked["mode"], asked["strength"], asked["source"]["photo"]) == ("img2img", 0.35, str(step.source_image_id))
    assert step.parent_id == first.pk


def test_a_mask_is_painted_and_used(page: Page, server: StandIn, follower: None, worker: Worker) -> None:
    """Strokes can be undone; the mask is shown in the form and on the step, and can be changed again."""
    begin(page)
    first = GenerationStep.objects.get()
    page.get_by_role("link", name="Mask").click()
    stage = page.locator("[data-stage]")
    expect(stage).to_be_visible()
    stroke(page, stage)
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_enabled()
    stage.press("Control+z")
    expect(undo).to_be_disabled()
    stage.press("Control+Shift+z")
    expect(undo).to_be_enabled()
    page.get_by_role("button", name="Use this mask").click()
    expect(page.get_by_role("button", name="Change the mask")).to_be_visible()

    step = sent_step(page, parent=first)
    name = step.parameters["mask"]
    assert (step.parameters["mode"], masks.is_kept(name)) == ("inpaint", True)
    assert 0 < share_painted(name) < 0.5
    page.get_by_role("button", name="Show the mask").click()
    expect(page.locator(".mask-cover")).to_be_visible()
    expect(page.get_by_role("button", name="Change the mask")).to_be_visible()


def stroke(page: Page, stage: Locator) -> None:
    """Draw across the middle of the stage."""
    box = stage.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 40, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 10, steps=6)
    page.mouse.up()


def share_painted(name: str) -> float:
    """Return how much of a mask is white."""
    import io

    from PIL import Image, ImageStat

    with Image.open(io.BytesIO(masks.read(name))) as mask:
        return float(ImageStat.Stat(mask.convert("L")).mean[0] / 255)


def test_a_mask_is_painted_by_keys_alone(page: Page, server: StandIn, follower: None, worker: Worker) -> None:
    """Arrows move the brush, Space paints, and Ctrl+Enter uses the mask."""
    begin(page)
    page.get_by_role("link", name="Refine").click()
    opener = page.get_by_role("button", name="Paint a mask")
    opener.focus()
    opener.press("Enter")
    stage = page.locator("[data-stage]")
    expect(stage).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "Space", "]", "Shift+ArrowRight"):
        stage.press(key)
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    stage.press("Control+Enter")

    expect(page.get_by_role("button", name="Change the mask")).to_be_focused()
    expect(page.locator(".request-source__mask")).to_be_visible()


def test_loras_are_weighed_and_follow_the_model(page: Page, server: StandIn) -> None:
    """One of another family rests, and is there again when its model is."""
    page.goto("/generate/new/")
    page.get_by_label("Model", exact=True).select_option(label="Cedar 1.5")
    expect(page.locator("#model-size")).to_contain_text("512×512")
    page.locator("#fold-loras summary").click()
    page.get_by_label("Add a LoRA").select_option(label="Morning Mist")
    weight = page.get_by_label("Weight of Morning Mist, as a number")
    expect(weight).to_have_value("0.75")
    weight.fill("1.1")
    page.get_by_role("button", name="morning mist", exact=True).click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("morning mist")
    expect(page.locator("#fold-loras summary")).to_contain_text("Morning Mist 1.1")

    page.get_by_label("Model", exact=True).select_option(label="Juniper XL 4")
    expect(page.locator(".lora--rests")).to_contain_text("Morning Mist")
    page.get_by_label("Model", exact=True).select_option(label="Cedar 1.5")
    expect(page.get_by_label("Weight of Morning Mist, as a number")).to_have_value("1.1")
    page.get_by_role("button", name="Take out Morning Mist").click()
    expect(page.locator(".lora")).to_have_count(0)


def test_values_are_compared_in_a_table(page: Page, server: StandIn, follower: None, worker: Worker) -> None:
    """The number of pictures is said before; the table fills, and a picture is chosen in it."""
    page.goto("/generate/new/")
    page.get_by_label("Model", exact=True).select_option(label="Cedar 1.5")
    expect(page.locator("#model-size")).to_contain_text("512×512")
    page.get_by_label("Prompt", exact=True).fill(WORDS)
    page.locator("#fold-sweep summary").click()
    page.get_by_label("Across", exact=True).select_option(label="Steps")
    page.get_by_label("Across: values").fill("2-4:1")
    page.get_by_label("Down", exact=True).select_option(label="Scheduler")
    for name in ("Euler", "DDIM"):
        page.get_by_role("group", name="Down: schedulers").get_by_label(name, exact=True).check()
    expect(to_request(page)).to_contain_text("Generate, 6 pictures")
    to_request(page).click()

    expect(page).to_have_url(re.compile(r"/sweeps/[0-9a-f-]{36}/"))
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_role("rowheader")).to_have_count(2)
    expect(page.locator(".sweep__link img")).to_have_count(6, timeout=60_000)
    page.get_by_role("button", name=re.compile("Choose picture 1 of step 2")).click()
    expect(page.locator(".sweep__item--chosen")).to_have_count(1)
    assert GenerationStep.objects.exclude(selected_image=None).get().position == 2


def test_a_draft_survives_the_tab(page: Page, server: StandIn) -> None:
    """With the model, the LoRA, the values to compare and what was unfolded; it can be discarded."""
    page.goto("/generate/new/")
    page.get_by_label("Model", exact=True).select_option(label="Cedar 1.5")
    expect(page.locator("#model-size")).to_contain_text("512×512")
    page.get_by_label("Prompt", exact=True).fill(WORDS)
    page.locator("#fold-loras summary").click()
    page.get_by_label("Add a LoRA").select_option(label="Morning Mist")
    page.locator("#fold-numbers summary").click()
    page.locator("#seed").fill("4294967295")
    page.locator("#fold-sweep summary").click()
    page.get_by_label("Across", exact=True).select_option(label="CFG scale")
    page.get_by_label("Across: values").fill("5, 7")

    page.goto("/")
    page.goto("/generate/new/")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value(WORDS)
    expect(page.locator("#seed")).to_have_value("4294967295")
    expect(page.locator("#seed")).to_be_visible()
    expect(page.locator(".lora")).to_contain_text("Morning Mist")
    expect(to_request(page)).to_contain_text("Generate, 2 pictures")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("")


def test_what_came_back_with_an_error_is_a_draft_again(page: Page, server: StandIn) -> None:
    """Also when the tab is closed before anything is put right."""
    page.goto("/generate/new/")
    page.get_by_label("Prompt", exact=True).fill(WORDS)
    page.locator("#fold-numbers summary").click()
    page.locator("#steps-number").fill("0")
    to_request(page).click()
    expect(page.get_by_text("Steps must be between")).to_be_visible()

    page.goto("/")
    page.goto("/generate/new/")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value(WORDS)
    expect(page.locator("#steps-number")).to_have_value("0")


def test_a_picture_is_made_larger(page: Page, server: StandIn, follower: None, worker: Worker) -> None:
    """From the stage, in a dialog that says what will come."""
    begin(page)
    first = GenerationStep.objects.get()
    page.get_by_role("link", name="Upscale").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sharp x4")
    dialog.get_by_text("3×", exact=True).click()
    dialog.get_by_role("button", name="Upscale").click()

    expect(page).not_to_have_url(re.compile(str(first.pk)))
    expect(page.locator("a.alternative img")).to_have_count(1, timeout=40_000)
    step = GenerationStep.objects.exclude(pk=first.pk).get()
    made = step.alternatives.get().image
    assert (made.width, step.source_image_id) == (
        3 * step.parameters["source"]["width"],
        first.alternatives.get().image_id,
    )
