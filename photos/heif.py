"""HEIC and HEIF, the pictures of telephones: read by a library of its own, where there is one for the machine."""

import logging

log = logging.getLogger(__name__)

try:
    import pillow_heif
except ImportError:  # not built for every machine
    pillow_heif = None  # type: ignore[assignment]

CAN_READ = pillow_heif is not None


def teach_pillow() -> bool:
    """Let Pillow open HEIF files, the first picture of each; tell whether that is possible here."""
    if not CAN_READ:
        log.warning("HEIC pictures cannot be read: pillow-heif is not installed.")
        return False
    # Previews and depth maps inside would only cost memory; one thread, since several files are read at once.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return True
