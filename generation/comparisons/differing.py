"""How far apart two pictures are, pixel by pixel."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from PIL import Image, ImageChops, ImageStat

from photos.imaging.decoding import opened

LEVELS = 256


@dataclass(frozen=True, slots=True)
class Difference:
    """What a comparison of two pictures of one size found.

    Attributes:
        share: of the pixels that differ at all, 0 to 1.
        mean: by how much a channel of a pixel differs on average, in levels of 255.
        most: by how much it differs at most, in levels.
        is_other_size: the sizes differ, so that nothing was compared; the numbers are then 0.
    """

    share: float = 0.0
    mean: float = 0.0
    most: int = 0
    is_other_size: bool = False

    @property
    def is_none(self) -> bool:
        """Whether the pixels are equal."""
        return not self.most and not self.is_other_size

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, source: dict[str, Any]) -> Self:
        """Read what ``as_json`` wrote."""
        return cls(**source)

    def __str__(self) -> str:
        if self.is_other_size:
            return "Another size"
        if self.is_none:
            return "Pixels equal"
        return f"{_percent(self.share)} of the pixels differ, by {self.mean:.2g} levels on average, {self.most} at most"


def difference(first: Path, second: Path) -> Difference:
    """Compare two pictures as they are stored, without regard to what else their files hold.

    Raises:
        FileNotFoundError: one of them is not there.
        Refused: one of them cannot be decoded.
    """
    with opened(first) as one, opened(second) as other:
        if one.size != other.size:
            return Difference(is_other_size=True)
        apart = ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))
    return _measured(apart)


def _measured(apart: Image.Image) -> Difference:
    """Read the numbers off a picture of the differences; its brightest channel says whether a pixel differs."""
    bands = apart.split()
    widest = bands[0]
    for band in bands[1:]:
        widest = ImageChops.lighter(widest, band)
    counts = widest.histogram()
    total = sum(counts)
    most = max(level for level in range(LEVELS) if counts[level])
    mean = sum(ImageStat.Stat(apart).mean[:3]) / 3
    return Difference(share=1 - counts[0] / total, mean=mean, most=most)


def _percent(share: float) -> str:
    return "Less than 0.1 %" if share < 0.001 else f"{100 * share:.1f} %"
