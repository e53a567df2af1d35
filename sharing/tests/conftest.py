"""What the tests of links share."""

from photos.tests.conftest import originals, thumbnails  # noqa: F401
