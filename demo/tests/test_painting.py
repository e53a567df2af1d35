"""Pictures from words."""

import pytest
from PIL import Image, ImageChops, ImageStat

from demo.painting.atelier import SCENE_WORDS, SCENES, paint


def distance(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_fills_its_picture_with_colour(scene: str) -> None:
    picture = paint(SCENE_WORDS[scene].split()[0], 3, 96, 72)

    assert picture.size == (96, 72)
    assert max(ImageStat.Stat(picture).stddev) > 8


def test_words_and_seed_alone_decide() -> None:
    assert paint("hills", 5, 64, 64).tobytes() == paint("hills", 5, 64, 64).tobytes()


def test_another_seed_is_another_picture() -> None:
    assert distance(paint("hills", 5, 64, 64), paint("hills", 6, 64, 64)) > 10


@pytest.mark.parametrize("words", ["hills", "ink", "town"])
def test_a_small_picture_looks_like_the_large_one(words: str) -> None:
    large, small, other = paint(words, 5, 256, 256), paint(words, 5, 64, 64), paint(words, 6, 64, 64)

    assert distance(large.resize((64, 64)), small) < distance(large.resize((64, 64)), other) / 2


def test_words_may_name_scene_and_mood() -> None:
    night, winter = (ImageStat.Stat(paint(words, 5, 64, 64)).mean for words in ("hills at night", "hills in winter"))

    assert sum(night) < sum(winter) / 2
