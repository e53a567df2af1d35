"""WebP and AVIF: their decoders hold several copies of a picture, which are let go before Pillow makes its own."""

from typing import Any

from PIL import AvifImagePlugin, Image, WebPImagePlugin


class _Still:
    """A picture that lets its decoder go once that has done its work; one that moves needs it for its next frame."""

    _decoder: Any
    is_animated: bool

    def load_prepare(self) -> None:
        if not self.is_animated:
            self._decoder = None
        super().load_prepare()  # type: ignore[misc]


class _WebP(_Still, WebPImagePlugin.WebPImageFile):
    """A WebP picture."""


class _Avif(_Still, AvifImagePlugin.AvifImageFile):
    """An AVIF picture."""


def teach_pillow() -> None:
    """Let Pillow open both in this way."""
    Image.init()
    for kind in (_WebP, _Avif):
        _, accepts = Image.OPEN[kind.format]
        Image.register_open(kind.format, kind, accepts)
