"""What stands for latents here: all that is needed to paint a picture later."""

from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True)
class Sketch:
    """A picture that is not painted yet."""

    width: int
    height: int
    seed: int = 0
    prompt: str = ""
    steps: int = 30
    guidance: float = 7.0
    start: Image.Image | None = None  # the picture it grows from
    strength: float = 1.0  # how far it leaves that picture behind: 0 … 1
    mask: Image.Image | None = None  # black is painted anew, white is kept
