"""Deciding about duplicates with keys."""

import pytest
from playwright.sync_api import Page, expect

from photos.models import Photo
from photos.tests.factories import PhotoFactory
from photos.tests.test_deciding_duplicates import pair


@pytest.fixture
def pairs(owner: object) -> list[list[Photo]]:
    """Three pairs, in the order they are shown."""
    made = [PhotoFactory.create_batch(2, with_file=True, width=60, height=40) for _ in range(3)]
    for distance, two in zip((0, 2, 4), made, strict=True):
        pair(*two, distance=distance)
    return made


def test_numbers_keep_a_picture_and_u_takes_it_back(page: Page, pairs: list[list[Photo]]) -> None:
    """The next group takes the place of the one that is decided."""
    page.goto("/duplicates/")
    shown = page.locator("[data-current] li img").evaluate_all("all => all.map(one => one.getAttribute('src'))")
    page.keyboard.press("2")

    expect(page.get_by_text("One kept, 1 picture moved to the trash")).to_be_visible()
    expect(page.locator("[data-group]")).to_have_count(2)
    kept = Photo.objects.visible().get(pk__in=[photo.pk for photo in pairs[0]])
    assert kept.large_url == shown[1]
    page.keyboard.press("u")
    expect(page.locator("[data-group]")).to_have_count(3)
    assert Photo.objects.visible().count() == 6


def test_arrows_keep_the_left_or_the_right_one_of_a_pair(page: Page, pairs: list[list[Photo]]) -> None:
    """Group after group, without the mouse."""
    page.goto("/duplicates/")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-group]")).to_have_count(2)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-group]")).to_have_count(1)
    page.keyboard.press("a")

    expect(page.get_by_role("heading", name="No duplicates to look at")).to_be_visible()
    assert Photo.objects.visible().count() == 4


def test_s_skips_and_the_decision_is_about_the_group_that_is_marked(page: Page, pairs: list[list[Photo]]) -> None:
    """The first group stays as it was."""
    page.goto("/duplicates/")
    page.keyboard.press("s")
    page.keyboard.press("1")

    expect(page.locator("[data-group]")).to_have_count(2)
    first = Photo.objects.visible().filter(pk__in=[photo.pk for photo in pairs[0]])
    second = Photo.objects.visible().filter(pk__in=[photo.pk for photo in pairs[1]])
    assert (first.count(), second.count()) == (2, 1)
