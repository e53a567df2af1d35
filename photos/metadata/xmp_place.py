"""Where a picture was taken, as an XMP packet says it: ``48,12.509N``, ``48,12,30.5N``."""

import math
import re

from photos.metadata.xmp import Properties

LATITUDE, LONGITUDE = "exif:GPSLatitude", "exif:GPSLongitude"
ALTITUDE, ALTITUDE_REF = "exif:GPSAltitude", "exif:GPSAltitudeRef"
PLACE = (LATITUDE, LONGITUDE, ALTITUDE, ALTITUDE_REF)
ANGLE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?([NSEW])", re.ASCII)
METRES = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(?:/(\d{1,9}))?", re.ASCII)
HIGHEST = 100_000


def xmp_place(found: Properties) -> dict[str, float]:
    """Return latitude and longitude in degrees, and the altitude in metres if it is known; or nothing."""
    latitude = _degrees(_first(found, LATITUDE), "NS", limit=90)
    longitude = _degrees(_first(found, LONGITUDE), "EW", limit=180)
    if latitude is None or longitude is None:
        return {}
    altitude = _metres(_first(found, ALTITUDE), is_below=_first(found, ALTITUDE_REF) == "1")
    return {"latitude": latitude, "longitude": longitude, **({} if altitude is None else {"altitude": altitude})}


def _first(found: Properties, name: str) -> str:
    return next(iter(found.get(name, [])), "").strip()


def _degrees(written: str, directions: str, *, limit: int) -> float | None:
    angle = ANGLE.fullmatch(written.upper())
    if not angle or angle[4] not in directions:
        return None
    degrees = float(angle[1]) + float(angle[2]) / 60 + float(angle[3] or 0) / 3600
    if degrees > limit:
        return None
    return round(-degrees if angle[4] in "SW" else degrees, 6)


def _metres(written: str, *, is_below: bool) -> float | None:
    number = METRES.fullmatch(written)
    if not number or (number[2] and not int(number[2])):
        return None
    metres = round(float(number[1]) / float(number[2] or 1), 6)
    if not math.isfinite(metres) or abs(metres) > HIGHEST:
        return None
    return -metres if is_below else metres
