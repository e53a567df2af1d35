"""Albums in a browser: ordered by drag and by keys, made, renamed, deleted and brought back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from albums.models import Album
from albums.tests.factories import album_of, order_of
from photos.models import Photo
from photos.tests.factories import PhotoFactory

on_a_desk = pytest.mark.parametrize("size", [(1440, 900)], ids=["1440"])
on_a_phone = pytest.mark.parametrize("size", [(390, 844)], ids=["390"])


@pytest.fixture
def photos(owner: object) -> list[Photo]:
    """Five pictures of different shapes."""
    return [PhotoFactory.create(with_file=True, width=12 + n, title=f"Picture {n}") for n in range(5)]


@pytest.fixture
def album(photos: list[Photo]) -> Album:
    """All of them in an album."""
    return album_of(*photos, name="Skagen")


def shown(page: Page) -> list[str]:
    """Return the keys of the cards, in the order of the page."""
    ids: list[str] = page.locator(".photo-card").evaluate_all("cards => cards.map((card) => card.id)")
    return [name.removeprefix("photo-") for name in ids]


def keys(photos: list[Photo]) -> list[str]:
    """Return the keys of photos, as text."""
    return [str(photo.pk) for photo in photos]


def drag(page: Page, card: Locator, target: Locator) -> None:
    """Drag a card to the right half of another one."""
    start, end = card.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=4)
    page.mouse.move(end["x"] + end["width"] * 0.8, end["y"] + end["height"] / 2, steps=2)
    page.mouse.up()


@on_a_desk
def test_pictures_change_places_by_drag(page: Page, album: Album, photos: list[Photo]) -> None:
    """The page, and the album when it is loaded again; the picture is not opened by it."""
    page.goto(album.get_absolute_url())
    cards = page.locator(".photo-card")
    with page.expect_response("**/move/"):
        drag(page, cards.nth(0), cards.nth(3))
    expected = [photos[n] for n in (1, 2, 3, 0, 4)]

    assert shown(page) == keys(expected)
    assert order_of(album) == expected
    expect(page).to_have_url(album.get_absolute_url())
    page.reload()
    assert shown(page) == keys(expected)


@on_a_desk
def test_ticked_pictures_go_along(page: Page, album: Album, photos: list[Photo]) -> None:
    """In the order they have."""
    page.goto(album.get_absolute_url())
    for n in (0, 1):
        page.locator(".photo-card__check").nth(n).check()
    with page.expect_response("**/move/"):
        drag(page, page.locator(".photo-card").nth(1), page.locator(".photo-card").nth(4))

    assert order_of(album) == [photos[n] for n in (2, 3, 4, 0, 1)]


@on_a_desk
def test_pictures_change_places_by_keys(page: Page, album: Album, photos: list[Photo]) -> None:
    """M lifts, arrows move, Esc puts back, Enter drops; each is announced."""
    page.goto(album.get_absolute_url())
    page.locator(".photo-card__link").first.focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#announcer")).to_have_text("Picture 0, place 2 of 5")
    page.keyboard.press("Escape")

    expect(page.locator("#announcer")).to_have_text("Put back. Picture 0, place 1 of 5")
    assert shown(page) == keys(photos)
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    with page.expect_response("**/move/"):
        page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_have_text("Dropped. Picture 0, place 3 of 5")
    assert order_of(album) == [photos[n] for n in (1, 2, 0, 3, 4)]
    page.locator(".photo-card__link").first.focus()
    page.keyboard.press("m")
    with page.expect_response("**/move/"):
        page.keyboard.press("End")
    expect(page.locator("#announcer")).to_have_text("Moved to the end")
    assert order_of(album) == [photos[n] for n in (2, 0, 3, 4, 1)]
    assert shown(page) == keys([photos[n] for n in (2, 0, 3, 4, 1)])


@on_a_desk
def test_a_move_that_cannot_be_done_is_told(page: Page, album: Album, photos: list[Photo]) -> None:
    """When the neighbour has left the album in another tab, the page shows what is so."""
    page.goto(album.get_absolute_url())
    album.albumphoto_set.filter(photo=photos[1]).delete()
    page.locator(".photo-card__link").first.focus()
    for key in ("m", "ArrowRight", "Enter"):
        page.keyboard.press(key)

    expect(page.get_by_text("is no longer in the album")).to_be_visible()
    expect(page.locator(".photo-card")).to_have_count(4)
    assert order_of(album) == [photos[n] for n in (0, 2, 3, 4)]


@on_a_desk
def test_the_viewer_walks_through_the_album(page: Page, album: Album, photos: list[Photo]) -> None:
    """In its order, and back to it."""
    page.goto(album.get_absolute_url())
    page.locator(".photo-card__link").first.click()
    page.wait_for_url(f"**/photos/{photos[0].pk}/**")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**/photos/{photos[1].pk}/**")
    page.keyboard.press("Escape")

    expect(page).to_have_url(album.get_absolute_url())


@on_a_desk
def test_pictures_are_taken_out_and_come_back(page: Page, album: Album, photos: list[Photo]) -> None:
    """From the bar of the selection."""
    page.goto(album.get_absolute_url())
    page.locator(".photo-card__check").nth(1).check()
    page.get_by_role("toolbar", name="Selection").get_by_role("button", name="More").click()
    page.get_by_role("button", name="Take out of this album").click()

    expect(page.locator(".photo-card:visible")).to_have_count(4)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".photo-card:visible")).to_have_count(5)
    assert order_of(album) == photos


@on_a_phone
def test_pictures_change_places_by_a_long_touch(page: Page, album: Album, photos: list[Photo]) -> None:
    """A finger that rests lifts the picture; the others stay."""
    page.goto(album.get_absolute_url())
    boxes = [page.locator(".photo-card").nth(n).bounding_box() for n in (0, 2)]
    places = [
        (box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
        for box, share in zip(boxes, (0.5, 0.8), strict=True)
    ]
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", places[0])
    expect(page.locator(".photo-card.is-dragged")).to_have_count(1)
    touch("touchMove", places[1])
    with page.expect_response("**/move/"):
        touch("touchEnd")

    assert order_of(album) == [photos[n] for n in (1, 2, 0, 3, 4)]


@on_a_phone
def test_an_album_is_made_renamed_deleted_and_brought_back(page: Page, owner: object) -> None:
    """Every step has its way back."""
    page.goto("/albums/")
    page.get_by_role("link", name="New album").click()
    page.get_by_role("textbox", name="Name").fill("Skagen")
    page.get_by_role("button", name="Make the album").click()
    expect(page.get_by_role("heading", name="Skagen")).to_be_visible()
    page.get_by_role("link", name="Edit name and description").click()
    page.get_by_role("textbox", name="Name").fill("Headland")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="Headland")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Skagen")).to_be_visible()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Delete the album").click()
    expect(page.get_by_text("is deleted, its pictures are not")).to_be_visible()
    assert not Album.objects.exists()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Skagen")).to_be_visible()
    assert Album.objects.get().name == "Skagen"


@on_a_desk
def test_a_move_can_be_undone(page: Page, album: Album, photos: list[Photo]) -> None:
    """From the toast, right after the drag."""
    page.goto(album.get_absolute_url())
    drag(page, page.locator(".photo-card").nth(0), page.locator(".photo-card").nth(3))
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Back where they were")).to_be_visible()
    expect(page.locator(".photo-card").first).to_have_id(f"photo-{photos[0].pk}")
    assert order_of(album) == photos
