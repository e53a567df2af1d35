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
# When it was taken, else when it was made digital; each with its zone and its fraction of a second.
MOMENTS = ((0x9003, 0x9011, 0x9291), (0x9004, 0x9012, 0x9292))
EARLIEST_YEAR = 1826
TEXTS = {"make": 0x010F, "model": 0x0110}
EXIF_TEXTS = {"lens": 0xA434}
EXIF_NUMBERS = {"exposure": 0x829A, "f_number": 0x829D, "iso": 0x8827, "focal_length": 0x920A}
FLASH, FIRED = 0x9209, 1
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE, ALTITUDE_REF, ALTITUDE = 1, 2, 3, 4, 5, 6
# Some programs put their settings where a camera's names belong.
NO_NAMES = ("{", "prompt:", "workflow:")


def taken_at(exif: Image.Exif) -> datetime | None:
    """Return when the picture was taken, or None when the camera did not say or had no idea.

    Without an offset the time is taken to be that of the owner's time zone (``settings.TIME_ZONE``). The time of the
    satellites is never used: it is when they were last heard.
    """
    part = _part(exif, EXIF_IFD)
    moments = (_moment(part, *tags) for tags in MOMENTS)
    return next((moment for moment in moments if moment), None)


def plausible(moment: datetime | None) -> datetime | None:
    """Return a moment in UTC, or None when no picture can be of that time; one without a zone is the owner's."""
    if moment is None:
        return None
    try:
        there = moment if moment.tzinfo else moment.replace(tzinfo=local.get_default_timezone())
        moment = there.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if is_plausible(moment) else None


def is_plausible(moment: datetime) -> bool:
    """Tell whether a picture can be that old and no younger than tomorrow."""
    return moment.year >= EARLIEST_YEAR and moment <= clock.now() + timedelta(days=1)


def camera_facts(exif: Image.Exif) -> dict[str, Any]:
    """Return make, model, lens, exposure (seconds), f_number, iso, focal_length (mm) and flash, as far as known."""
    part = _part(exif, EXIF_IFD)
    texts = {name: _text(exif.get(tag)) for name, tag in TEXTS.items()}
    texts |= {name: _text(part.get(tag)) for name, tag in EXIF_TEXTS.items()}
    numbers = {name: _number(part.get(tag)) for name, tag in EXIF_NUMBERS.items()}
    facts = {**texts, **numbers, "flash": _has_fired(part.get(FLASH))}
    return {name: value for name, value in facts.items() if value}


def place(exif: Image.Exif) -> dict[str, float]:
    """Return latitude and longitude in degrees, and the altitude in metres if it is known; or nothing."""
    part = _part(exif, GPS_IFD)
    latitude = _degrees(part.get(LATITUDE), part.get(LATITUDE_REF), limit=90)
    longitude = _degrees(part.get(LONGITUDE), part.get(LONGITUDE_REF), limit=180)
    if latitude is None or longitude is None:
        return {}
    return {"latitude": latitude, "longitude": longitude, **_altitude(part)}


def _moment(part: dict[int, Any], date: int, offset: int, fraction: int) -> datetime | None:
    written = str(part.get(date, "")).strip("\0 ")[:19]
    digits = str(part.get(fraction, "")).strip("\0 ")[:6]
    try:
        moment = datetime.strptime(written, "%Y:%m:%d %H:%M:%S").replace(tzinfo=_zone(part.get(offset)))
    except (ValueError, OverflowError):
        return None
    is_number = digits.isascii() and digits.isdecimal()
    return plausible(moment.replace(microsecond=int(digits.ljust(6, "0")) if is_number else 0))


def _altitude(part: dict[int, Any]) -> dict[str, float]:
    metres = _number(part.get(ALTITUDE))
    if metres is None or metres > 100_000:
        return {}
    return {"altitude": -metres if part.get(ALTITUDE_REF) in (1, b"\x01", b"\x03") else metres}


def _has_fired(flash: object) -> bool:
    return isinstance(flash, int) and bool(flash & FIRED)


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
    if not isinstance(value, str) or value.startswith(NO_NAMES):
        return ""
    return clean(value, limit=200).strip()


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
