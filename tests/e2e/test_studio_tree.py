"""Walking a tree of steps, choosing, comparing and tidying, as a person does it."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep, StepAlternative
from generation.tests.factories import SessionFactory, StepFactory, make_recipe
from models_catalog.models import Model
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from settings_app import connections


@pytest.fixture
def session(owner: User) -> GenerationSession:
    """A session without steps."""
    return SessionFactory()


def grown(
    session: GenerationSession, words: str, parent: GenerationStep | None = None, number: int = 0
) -> GenerationStep:
    """A finished step with three pictures that are really there, grown from one of its parent's."""
    step = StepFactory(
        session=session,
        parent=parent,
        source_image=pictures(parent)[number - 1] if parent and number else None,
        recipe=make_recipe(prompt=f"a lighthouse on a headland {words}"),
        position=session.steps.count() + 1,
        status=StepStatus.COMPLETED,
    )
    for seed in (1, 2, 3):
        land(step, seed=seed)
    return step


def land(step: GenerationStep, *, seed: int) -> None:
    """One more picture of a step is here."""
    asked = {"generation_prompt": step.prompt, "generation_params": {"seed": seed, "steps": 8}}
    image = PhotoFactory(generated=True, with_file=True, width=96, height=64, **asked)
    StepAlternative.objects.create(step=step, image=image)
    GenerationStep.objects.recount(step.pk)


def pictures(step: GenerationStep | None) -> list[Photo]:
    return [alternative.image for alternative in step.alternatives.order_by("pk")] if step else []


@pytest.fixture
def tree(session: GenerationSession) -> list[GenerationStep]:
    """Three levels: a first step, a branch with a step of its own, and what goes straight on."""
    first = grown(session, "at noon")
    branch = grown(session, "in storm light", first, 3)
    leaf = grown(session, "in storm light, spray", branch, 1)
    return [first, branch, leaf, grown(session, "at dusk", first, 2)]


def row(page: Page, step: GenerationStep) -> Locator:
    return page.locator(f"#row-{step.pk}")


def key_at_the_stage(page: Page, key: str) -> None:
    """Press a key while nothing beside the stage has the focus."""
    page.locator("#main").focus()
    page.keyboard.press(key)


def test_a_tree_of_three_levels_is_walked_by_keys(page: Page, tree: list[GenerationStep]) -> None:
    """The edge says which picture a step grew from; Enter shows it, and the form grows from it; a reload keeps it."""
    first, branch, leaf, straight = tree
    page.goto(straight.get_absolute_url())
    expect(row(page, straight)).to_have_attribute("aria-current", "step")
    expect(row(page, branch)).to_contain_text("from picture 3")
    row(page, straight).focus()
    for key, step in (("ArrowUp", leaf), ("ArrowLeft", branch), ("ArrowLeft", first), ("ArrowRight", branch)):
        page.keyboard.press(key)
        expect(row(page, step)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(str(branch.pk)))
    expect(page.locator(".stage__title")).to_contain_text("in storm light")
    expect(row(page, branch)).to_have_attribute("aria-current", "step")
    expect(row(page, branch)).to_be_focused()
    expect(page.locator(".request-form [name=parent]")).to_have_value(str(branch.pk))
    page.reload()
    expect(row(page, branch)).to_have_attribute("aria-current", "step")


def test_the_next_step_grows_from_any_picture_of_an_earlier_step(page: Page, tree: list[GenerationStep]) -> None:
    """Which one is recorded, and the tree says so before it is asked for and after."""
    server = connections.current_server()
    Model.objects.create(key="sd1", name="Plain", type="main", base="sd-1", hash="h", server=server)
    _first, branch, *_others = tree
    page.goto(f"{branch.get_absolute_url()}&image={pictures(branch)[1].pk}")
    page.get_by_label("Model", exact=True).select_option(label="Plain")
    page.get_by_role("link", name="Refine").click()
    expect(page.locator("#next-step")).to_contain_text("from picture 2")
    page.get_by_role("button", name=re.compile("^Refine, ")).click()
    expect(page.locator(".tree-row--step")).to_have_count(5)

    newest = GenerationStep.objects.latest("created_at")
    assert (newest.parent, newest.source_image) == (branch, pictures(branch)[1])
    expect(row(page, newest)).to_contain_text("from picture 2")


def test_a_folded_branch_stays_folded(page: Page, tree: list[GenerationStep]) -> None:
    """In this session and this browser, until what is in it is asked for."""
    _first, branch, leaf, straight = tree
    page.goto(straight.get_absolute_url())
    row(page, branch).focus()
    page.keyboard.press("Space")
    expect(row(page, leaf)).to_be_hidden()
    expect(row(page, branch)).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(row(page, leaf)).to_be_hidden()

    page.goto(leaf.get_absolute_url())
    expect(row(page, leaf)).to_be_visible()


def test_what_lands_elsewhere_appears_without_taking_the_view(page: Page, tree: list[GenerationStep]) -> None:
    """A picture changes its row, a new step brings one, and stage and focus stay."""
    *_others, straight = tree
    running = StepFactory(session=straight.session, parent=straight, processing=True, position=5)
    page.goto(f"{straight.get_absolute_url()}&image={pictures(straight)[1].pk}")
    expect(row(page, running)).to_contain_text("0 of 4 here")
    row(page, straight).focus()
    land(running, seed=9)
    expect(row(page, running)).to_contain_text("1 of 4 here")
    newest = StepFactory(session=straight.session, parent=running, processing=True, position=6)
    expect(row(page, newest)).to_be_visible()

    expect(row(page, straight)).to_be_focused()
    expect(row(page, straight)).to_have_attribute("aria-current", "step")
    expect(page.locator(".stage__note")).to_have_text("Picture 2 of 4")


def test_the_view_follows_what_lands_only_when_that_is_wished(page: Page, tree: list[GenerationStep]) -> None:
    """As the stage's menu says, in this browser."""
    running = StepFactory(session=tree[-1].session, parent=tree[-1], processing=True, position=5)
    land(running, seed=1)
    page.goto(running.get_absolute_url())
    note = page.locator(".stage__note")
    land(running, seed=2)
    expect(page.locator("a.alternative img")).to_have_count(2)
    expect(note).to_have_text("Picture 1 of 4")
    page.get_by_role("button", name="More about this step").click()
    page.get_by_label("Show each picture as it lands").check()
    land(running, seed=3)

    expect(note).to_have_text("Picture 3 of 4")


def test_pictures_are_chosen_by_keys_one_after_the_other(page: Page, tree: list[GenerationStep]) -> None:
    """Each key goes on to the next picture; the trash gives back what it took; a reload in the middle loses nothing."""
    step = tree[-1]
    page.goto(step.get_absolute_url())
    note = page.locator(".stage__note")
    expect(note).to_have_text("Picture 1 of 4")
    key_at_the_stage(page, "p")
    expect(page.locator("#announcer")).to_have_text("Picture 1 chosen.")
    expect(note).to_have_text("Picture 2 of 4")
    expect(row(page, step)).to_contain_text("picture 1")
    key_at_the_stage(page, "f")
    expect(note).to_have_text("Picture 3 of 4")
    expect(page.get_by_label("Picture 2, favourite")).to_be_visible()
    page.reload()
    expect(note).to_have_text("Picture 3 of 4")
    key_at_the_stage(page, "Delete")
    expect(page.locator("a.alternative")).to_have_count(2)
    expect(note).to_have_text("Picture 2 of 4")
    page.keyboard.press("Control+z")
    expect(page.locator("a.alternative")).to_have_count(3)

    expect(note).to_have_text("Picture 3 of 4")
    step.refresh_from_db()
    assert step.selected_image == pictures(step)[0]
    assert list(Photo.objects.favourites()) == [pictures(step)[1]]


def test_two_ticked_pictures_are_compared(page: Page, tree: list[GenerationStep]) -> None:
    """They are enlarged together, only what differs is told, one is chosen, and Esc leads back."""
    step = tree[-1]
    page.goto(step.get_absolute_url())
    key_at_the_stage(page, "x")
    expect(page.locator("[data-ticked]")).to_have_text("1")
    key_at_the_stage(page, "3")
    expect(page.locator(".stage__note")).to_have_text("Picture 3 of 4")
    key_at_the_stage(page, "x")
    expect(page.locator("[data-ticked]")).to_have_text("2")
    key_at_the_stage(page, "c")
    expect(page.get_by_role("heading", name="2 pictures")).to_be_visible()
    expect(page.locator(".compare tbody tr:visible th")).to_have_text(["Seed"])

    page.keyboard.press("z")
    expect(page.locator(".compare__zoom.is-zoomed")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".compare__zoom.is-zoomed")).to_have_count(0)
    page.keyboard.press("m")
    expect(page.get_by_role("slider")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Chosen: Picture B")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(f"step={step.pk}"))
    expect(page.get_by_label("Picture 3, chosen")).to_be_visible()


def test_a_picture_thrown_away_while_comparing_comes_back(page: Page, tree: list[GenerationStep]) -> None:
    """Its place is empty meanwhile, and the address follows."""
    addresses = "&".join(f"photo={photo.pk}" for photo in pictures(tree[0]))
    page.goto(f"/generate/compare/?{addresses}")
    expect(page.locator(".compare__picture:visible")).to_have_count(3)
    page.keyboard.press("r")
    expect(page.locator(".compare__picture:visible")).to_have_count(2)
    page.reload()
    expect(page.locator(".compare__picture")).to_have_count(2)

    page.goto(f"/generate/compare/?{addresses}")
    page.keyboard.press("r")
    expect(page.locator(".compare__picture:visible")).to_have_count(1)
    page.get_by_role("button", name="Undo").last.click()
    expect(page.locator(".compare__picture:visible")).to_have_count(2)


def test_keeping_a_path_shows_first_what_goes(page: Page, tree: list[GenerationStep]) -> None:
    """Then the rest is in the trash, the steps stay, and Undo brings everything back."""
    *_others, straight = tree
    page.goto(straight.get_absolute_url())
    page.get_by_role("button", name="More about this step").click()
    page.get_by_text("Keep this path, bin the rest").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Goes to the trash: 8 pictures")
    dialog.get_by_role("button", name="Move to the trash").click()
    expect(page.get_by_text("8 pictures moved to the trash")).to_be_visible()
    expect(row(page, tree[1])).to_contain_text("all in the trash")
    assert Photo.objects.trashed().count() == 8

    page.get_by_role("button", name="Undo").last.click()
    expect(row(page, tree[1])).to_contain_text("3 pictures")
    assert not Photo.objects.trashed().exists()
