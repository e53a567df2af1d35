"""What a file is called that leaves: nothing that tells of it, unless the link shows details."""

from django.utils.text import slugify

from photos.models import Photo
from sharing.gate import Admission


def file_name(admission: Admission, photo: Photo, number: int, extension: str) -> str:
    """Return the name a picture is saved under; its own one keeps the extension of what is sent.

    Without details it is ``number``, or where that is 0 the beginning of its key, which its address tells too.
    """
    if not admission.link.show_details or not photo.original_name:
        return f"photo-{number or photo.pk.hex[:8]}.{extension}"
    stem = photo.original_name.rpartition(".")[0] or photo.original_name
    return f"{stem}.{extension}"


def archive_name(admission: Admission) -> str:
    """Return the name of a ZIP: the title visitors read."""
    album = admission.link.album
    return f"{slugify(admission.link.title or (album.name if album else '')) or 'photos'}.zip"
