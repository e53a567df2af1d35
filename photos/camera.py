"""What a camera wrote into a picture: when, with what, and where. Nothing of it is trusted to make sense."""

import logging
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone as local
from PIL import Image

from lib import clock
from photos.metadata.text import clean

log = logging.getLogger(__name__)

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL = 0x9003, 0x9011
EARLIEST_YEAR = 1826
TEXTS = {"make": 0x010F, "model": 0x0110}
EXIF_TEXTS = {"lens": 0xA434}
EXIF_NUMBERS = {"exposure": 0x829A, "f_number": 0x829D, "iso": 0x8827, "focal_length": 0x920A}
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4


def taken_at(exif: Image.Exif) -> datetime | None:
    """Return when the picture was taken, or None when the camera did not say or had no idea.

    Without an offset the time is taken to be that of the owner's time zone (``settings.TIME_ZONE``).
    """
    part = _part(exif, EXIF_IFD)
    try:
        written = str(part.get(DATE_TIME_ORIGINAL, "")).strip("\0 ")[:19]
        moment = datetime.strptime(written, "%Y:%m:%d %H:%M:%S").replace(tzinfo=_zone(part.get(OFFSET_TIME_ORIGINAL)))
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if is_plausible(moment) else None


def is_plausible(moment: datetime) -> bool:
    """Tell whether a picture can be that old and no younger than tomorrow."""
    return moment.year >= EARLIEST_YEAR and moment <= clock.now() + timedelta(days=1)


def camera_facts(exif: Image.Exif) -> dict[str, Any]:
    """Return make, model, lens, exposure (seconds), f_number, iso and focal_length (mm), as far as they are known."""
    part = _part(exif, EXIF_IFD)
    texts = {name: _text(exif.get(tag)) for name, tag in TEXTS.items()}
    texts |= {name: _text(part.get(tag)) for name, tag in EXIF_TEXTS.items()}
    numbers = {name: _number(part.get(tag)) for name, tag in EXIF_NUMBERS.items()}
    return {name: value for name, value in {**texts, **numbers}.items() if value}


def place(exif: Image.Exif) -> dict[str, float]:
    """Return latitude and longitude in degrees, or nothing."""
    part = _part(exif, GPS_IFD)
    latitude = _degrees(part.get(LATITUDE), part.get(LATITUDE_REF), limit=90)
    longitude = _degrees(part.get(LONGITUDE), part.get(LONGITUDE_REF), limit=180)
    if latitude is None or longitude is None:
        return {}
    return {"latitude": latitude, "longitude": longitude}


def _part(exif: Image.Exif, which: int) -> dict[int, Any]:
    try:
        return dict(exif.get_ifd(which))
    except Exception as error:  # a broken Exif part must not cost the picture
        log.info("an Exif part could not be read: %s", type(error).__name__)
        return {}


def _zone(offset: object) -> Any:
    """Return the zone of an offset such as +02:00, or the owner's."""
    try:
        return datetime.strptime(str(offset or "").strip("\0 "), "%z").tzinfo or local.get_default_timezone()
    except ValueError:
        return local.get_default_timezone()


def _text(value: object) -> str:
    return clean(value, limit=200).strip() if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    try:
        number = float(value[0] if isinstance(value, tuple) else value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError, IndexError):
        return None
    return round(number, 6) if math.isfinite(number) and number > 0 else None


def _degrees(value: object, reference: object, *, limit: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    angle = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(angle) or not 0 <= angle <= limit:
        return None
    return round(-angle if reference in {"S", "W"} else angle, 6)
