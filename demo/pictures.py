"""Sample pictures for a demo library: holiday snaps with EXIF, and pictures that InvokeAI might have made."""

import io
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from PIL import ExifTags, Image

from demo.painting.atelier import paint
from demo.painting.finish import vivid
from demo.standin import models
from demo.standin.errors import Json
from demo.standin.images import png
from demo.standin.versions import CURRENT
from demo.standin.workbench import compact

LONG_SIDE = 1440
NEWEST = datetime(2026, 10, 24, 17, 40)
RATIOS = ((3, 2), (3, 2), (4, 3), (2, 3), (16, 9), (3, 2), (1, 1), (3, 4), (21, 9), (3, 2))
SIDES = ((1024, 1024), (832, 1216), (1216, 832), (1152, 896), (896, 1152))
TRIPS = (
    "lake mist dawn", "lake mountains morning", "hills meadow", "forest mist", "forest autumn", "mountains gold",
    "sea sunset boat", "sea dawn", "island sea blue", "beach sunset", "sail boat summer", "harbour town dusk",
    "dunes clay", "dunes sunset", "desert gold", "dunes dusk",
    "mountains winter", "lake winter snow", "forest winter", "northern lights lake", "northern lights", "night hills",
    "town evening sunset", "town river violet", "city night", "flowers garden pink", "flowers dusk", "hills autumn",
    "mountain lake dusk", "pine forest gold",
)  # fmt: skip
STYLES = (
    "papercut valley, layered paper, soft shadows, warm light",
    "ink flowing in clear water, teal, fine veins, macro",
    "geometric poster of a rising sun, bauhaus shapes, clay tones",
    "watercolour abstract, wet on wet, rose and blue",
    "nebula with a striped planet, violet, long exposure",
    "polished agate slice, jade bands, studio light",
    "blossoms in the dark, dusk colours, shallow depth of field",
    "rows of waves under a pale sun, blue, minimal",
    "marbled ink, sunset colours, fine lines",
    "old forest, emerald light falling in",
)


@dataclass(frozen=True)
class Camera:
    """A camera that does not exist."""

    make: str
    model: str
    name: str  # how it names its files
    aperture: float


CAMERAS = (
    Camera("Larch", "Larch F2", "DSC0{number:04}.JPG", 4.0),
    Camera("Ternwick", "Pocket 9", "IMG_{number:04}.jpg", 1.8),
    Camera("Ternwick", "Pocket 11 Pro", "IMG_{number:04}.jpg", 1.6),
    Camera("Oriel", "Meridian 35", "_MG_{number:04}.jpg", 2.8),
)


def paint_samples(count: int = 40) -> Iterator[tuple[str, bytes]]:
    """Yield file names and contents, oldest first; three photographs, then one made picture, and so on."""
    taken = _dates(count)
    for number in range(count):
        if number % 4 == 3:
            yield _made(number // 4)
        else:
            yield _photograph(number - number // 4, taken[number])


def _dates(count: int) -> list[datetime]:
    chance, dates, when = random.Random(7), [], NEWEST
    for _ in range(count):
        dates.append(when)
        days = chance.choice((0, 0, 0, 1, 1, 2, 9, 24, 60, 110))
        when -= timedelta(days=days, minutes=chance.randint(4, 190), seconds=chance.randint(0, 59))
    return dates[::-1]


def _photograph(number: int, taken: datetime) -> tuple[str, bytes]:
    words = TRIPS[number % len(TRIPS)]
    camera = CAMERAS[number // 6 % len(CAMERAS)]
    width, height = _size(RATIOS[number % len(RATIOS)])
    picture = vivid(paint(words, 4100 + number, width, height), 7.5)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, exif=_exif(camera, taken, number))
    return camera.name.format(number=1012 + number * 7), out.getvalue()


def _size(ratio: tuple[int, int]) -> tuple[int, int]:
    longer = max(ratio)
    return round(LONG_SIDE * ratio[0] / longer), round(LONG_SIDE * ratio[1] / longer)


def _exif(camera: Camera, taken: datetime, number: int) -> Image.Exif:
    exif, when = Image.Exif(), taken.strftime("%Y:%m:%d %H:%M:%S")
    exif[ExifTags.Base.Make] = camera.make
    exif[ExifTags.Base.Model] = camera.model
    exif[ExifTags.Base.DateTime] = when
    exif[ExifTags.Base.Orientation] = 1
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = when
    details[ExifTags.Base.OffsetTimeOriginal] = "+01:00"
    details[ExifTags.Base.ExposureTime] = 1 / (60 + 40 * (number % 9))
    details[ExifTags.Base.FNumber] = camera.aperture
    details[ExifTags.Base.ISOSpeedRatings] = 100 << number % 4
    details[ExifTags.Base.FocalLengthIn35mmFilm] = 24 + number % 5 * 13
    if number % 5 == 0:
        _locate(exif, number)
    return exif


def _locate(exif: Image.Exif, number: int) -> None:
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (46.0 + number % 7, float(number * 7 % 60), 12.0)
    place[ExifTags.GPS.GPSLongitudeRef] = "E"
    place[ExifTags.GPS.GPSLongitude] = (7.0 + number % 5, float(number * 11 % 60), 30.0)


def _made(number: int) -> tuple[str, bytes]:
    prompt, seed = STYLES[number % len(STYLES)], 2_718_281 + 97 * number
    width, height = SIDES[number % len(SIDES)]
    picture = vivid(paint(prompt, seed, width, height), 6.5)
    name = uuid.uuid5(models.HOME, f"sample/{number}")
    return f"{name}.png", png(picture, {"invokeai_metadata": compact(_metadata(prompt, seed, width, height))})


def _metadata(prompt: str, seed: int, width: int, height: int) -> Json:
    return {
        "generation_mode": "sdxl_txt2img",
        "positive_prompt": prompt,
        "negative_prompt": "blurry, text, watermark",
        "width": width,
        "height": height,
        "seed": seed,
        "rand_device": "cpu",
        "cfg_scale": 6.5,
        "cfg_rescale_multiplier": 0.0,
        "steps": 30,
        "scheduler": "dpmpp_2m_k",
        "model": models.identity("Juniper XL 4", "sdxl", "main"),
        "app_version": CURRENT,
    }
