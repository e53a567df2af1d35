"""Addresses of a picture's bytes."""

import pytest

from photos.files import renditions
from photos.tests.factories import PhotoFactory


def test_a_photo_shows_its_original_until_the_thumbnail_is_made():
    """A new photo is visible at once."""
    photo = PhotoFactory.build(mime_type="image/jpeg")

    assert photo.grid_url == photo.original_url


def test_a_format_browsers_do_not_show_falls_back_to_its_placeholder():
    """An <img> always gets an address it can load."""
    photo = PhotoFactory.build(mime_type="image/tiff", placeholder="data:image/webp;base64,AA")

    assert photo.grid_url == "data:image/webp;base64,AA"


def test_without_any_picture_the_address_is_blank_but_valid():
    """A picture that was not fetched yet leaves no broken image."""
    photo = PhotoFactory.build(pending=True)

    assert (photo.grid_url, photo.large_url, photo.download_url) == (renditions.BLANK, renditions.BLANK, "")


def test_other_bytes_have_another_address():
    """Browsers keep an answer for ever."""
    photo = PhotoFactory.build(with_thumbnail=True)
    before = photo.grid_url
    photo.checksum = "f" * 64

    assert photo.grid_url != before


@pytest.mark.parametrize(("width", "expected"), [(1600, "original"), (1601, "large")])
def test_small_originals_fill_the_screen_themselves(width, expected):
    """A rendition of a picture that is no bigger would only be a worse copy."""
    photo = PhotoFactory.build(width=width, height=100)

    assert f"/pictures/{expected}/" in photo.large_url


@pytest.mark.django_db
def test_grid_addresses_need_no_query(django_assert_num_queries):
    """What a grid cell loads is enough for its address."""
    PhotoFactory(with_thumbnail=True)
    PhotoFactory()

    with django_assert_num_queries(1):
        addresses = [photo.grid_url for photo in PhotoFactory._meta.model.objects.for_grid()]

    assert len(addresses) == 2


@pytest.mark.django_db
def test_large_addresses_need_no_query(django_assert_num_queries):
    """What is loaded of a neighbour is enough for the address of what fills the screen."""
    PhotoFactory(with_thumbnail=True)
    PhotoFactory(mime_type="image/gif")

    with django_assert_num_queries(1):
        addresses = [photo.large_url for photo in PhotoFactory._meta.model.objects.for_viewer()]

    assert len(addresses) == 2
