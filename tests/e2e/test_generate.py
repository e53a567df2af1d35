"""From words to pictures in the library, with the stand-in server, a worker and the real follower."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from demo.standin.backend import Pace
from demo.standin.running import StandIn
from generation.models import GenerationStep
from models_catalog import syncing
from photos.models import Photo
from settings_app.models import ApplicationSettings
from tests.e2e.following import following
from tests.e2e.worker import Worker

# A page that is not looked at, in a browser that was never asked about notifications.
LOOKS_AWAY = """
Object.defineProperty(document, "hidden", { get: () => true });
globalThis.told = [];
globalThis.Notification = class {
  static permission = sessionStorage.getItem("allowed") ?? "default";
  static async requestPermission() { this.permission = "granted"; sessionStorage.setItem("allowed", "granted"); }
  constructor(text) { told.push(text); }
  close() {}
};
"""


@pytest.fixture
def server(owner: User) -> Iterator[StandIn]:
    """A server that takes about a second for each picture; the gallery is set to it and knows its models."""
    with StandIn(pace=Pace(seconds_per_step=0.15, model_load_seconds=0.2)) as running:
        ApplicationSettings.load()
        ApplicationSettings.objects.update(local_backend_url=running.url, default_steps=6)
        syncing.sync_current()
        yield running


@pytest.fixture
def follower(server: StandIn) -> Iterator[None]:
    """Follows what the server makes, in a thread as in its process."""
    with following():
        yield


def ask(page: Page, prompt: str = "Mountain lake at dusk, mist over the water", steps: str = "6") -> None:
    """Fill in the form of a new session, and send it by keyboard."""
    page.goto("/generate/new/")
    page.get_by_label("Prompt", exact=True).fill(prompt)
    page.get_by_text("Steps, CFG, seed").click()
    page.get_by_role("textbox", name="Steps").fill(steps)
    page.keyboard.press("Control+Enter")


def test_four_pictures_land_and_one_is_opened_in_the_library(
    page: Page, server: StandIn, follower: None, worker: Worker
) -> None:
    """Progress is told while they come; afterwards they are alternatives, and photos like any other."""
    ask(page)

    expect(page).to_have_url(re.compile(r"/generate/[0-9a-f-]{36}/\?step="))
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_visible()
    expect(page.locator("#step-progress")).to_contain_text("Making picture", timeout=20_000)
    expect(page.locator("#announcer")).to_contain_text("is here", timeout=20_000)
    expect(page.locator("a.alternative img")).to_have_count(4, timeout=40_000)
    expect(page.locator("#step-progress")).to_have_count(0, timeout=20_000)

    page.locator("#main").focus()
    page.keyboard.press("2")
    expect(page.locator(".stage__note")).to_have_text("Picture 2 of 4")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".stage__note")).to_have_text("Picture 3 of 4")
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_role("button", name="Chosen")).to_be_visible()

    page.get_by_role("link", name="Open").last.click()
    step = GenerationStep.objects.get()
    expect(page).to_have_url(f"/photos/{step.selected_image_id}/")
    assert Photo.objects.visible().generated().count() == 4


def test_a_step_survives_a_reload_and_can_be_cancelled(
    page: Page, server: StandIn, follower: None, worker: Worker
) -> None:
    """What is finished is kept, and the page says how it ended."""
    ask(page, steps="60")
    expect(page.locator("#step-progress")).to_contain_text("Making picture", timeout=20_000)
    page.reload()
    page.get_by_role("button", name="Cancel", exact=True).click()

    expect(page.locator("#stage .notice")).to_contain_text("Cancelled", timeout=20_000)
    expect(page.locator("#step-progress")).to_have_count(0)


def test_one_picture_is_cancelled_and_who_looks_away_is_told(
    page: Page, server: StandIn, follower: None, worker: Worker
) -> None:
    """The others come; the tab's title says so, and the notification the owner asked for."""
    page.add_init_script(LOOKS_AWAY)
    ask(page, steps="20")
    page.get_by_role("button", name="Tell me when it is done").click()
    page.get_by_role("button", name="Cancel picture 4").click()
    expect(page.get_by_role("button", name="Cancel picture 4")).to_have_count(0)

    expect(page.locator("a.alternative img")).to_have_count(3, timeout=60_000)
    expect(page.locator("#stage .notice")).to_contain_text("3 of 4 pictures came", timeout=20_000)
    expect(page).to_have_title(re.compile("Cancelled, Mountain lake"))
    assert page.evaluate("told") == ["Cancelled"]


def test_a_step_is_run_again_and_its_pixels_are_compared(
    page: Page, server: StandIn, follower: None, worker: Worker
) -> None:
    """The question says what is the same; the stage says afterwards that the pixels are equal."""
    ask(page)
    expect(page.locator("a.alternative img")).to_have_count(4, timeout=40_000)
    expect(page.locator("#step-progress")).to_have_count(0, timeout=20_000)
    page.get_by_role("button", name="More about this step").click()
    page.get_by_role("link", name="Run exactly this again…").click()
    expect(page.locator("#dialog")).to_contain_text("Cedar 1.5")
    expect(page.locator("#dialog")).to_contain_text("the same")
    page.get_by_role("button", name="Run 1 picture again").click()

    expect(page.locator("#repetition")).to_contain_text("Pixels equal", timeout=40_000)
    assert GenerationStep.objects.filter(repeats__isnull=False, batch_size=1).count() == 1


def test_a_server_without_memory_is_asked_for_less(page: Page, server: StandIn, follower: None, worker: Worker) -> None:
    """The failure says what happened, and one click asks for the same at a smaller size."""
    server.misbehave(fail_items=4)
    ask(page)
    expect(page.locator("#stage .notice")).to_contain_text("ran out of memory", timeout=30_000)
    page.get_by_role("button", name="Try 384 × 384").click()

    expect(page.locator("a.alternative img")).to_have_count(4, timeout=60_000)
    assert {step.parameters["width"] for step in GenerationStep.objects.all()} == {512, 384}


def test_a_server_that_is_away_is_waited_for(page: Page, server: StandIn, follower: None, worker: Worker) -> None:
    """The request is kept, says why it waits, and goes on by itself once the server is back."""
    page.goto("/generate/new/")
    server.stop()
    page.get_by_label("Prompt", exact=True).fill("an owl in the rain")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#step-reason")).to_contain_text("Nothing is lost", timeout=30_000)
    server.start()

    expect(page.locator("a.alternative img")).to_have_count(4, timeout=90_000)


def test_a_broken_rule_is_told_beside_its_field(page: Page, server: StandIn) -> None:
    """Nothing is lost of what was entered, and nothing is sent."""
    ask(page, prompt="an owl", steps="0")

    expect(page.get_by_text("Steps must be between 1 and 500.")).to_be_visible()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("an owl")
    expect(page.get_by_role("textbox", name="Steps")).to_have_attribute("aria-invalid", "true")
    assert not GenerationStep.objects.exists()


def test_another_model_makes_the_shapes_in_other_sizes(page: Page, server: StandIn) -> None:
    """The sizes change at once, and the button says how many pictures will come."""
    page.goto("/generate/new/")
    page.get_by_label("Model", exact=True).select_option(label="Juniper XL 4")

    expect(page.locator("#model-size")).to_contain_text("1024×1024")
    page.get_by_label("Model", exact=True).select_option(label="Cedar 1.5")
    expect(page.locator("#model-size")).to_contain_text("512×512")
    page.get_by_label("Another number of pictures").fill("6")
    expect(page.get_by_role("button", name="Generate, 6 pictures")).to_be_visible()
