"""Files on their way in: written beside the library while the request is read."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

# The panel sends one file for each request; this is for the plain form.
MOST_FILES = 500


class OwnersFiles(TemporaryFileUploadHandler):
    """Writes what the owner hands in, up to the limit, and nothing of what anybody else sends.

    A form's token is looked for, and the whole request read for it, before the door is reached: without this a
    stranger could fill the disk. A disk that is full already must not break the reading either, or nobody could
    say so: the file then bears its ``trouble``, which ``receiving.receive`` raises.
    """

    trouble: OSError | None
    count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file.

        Raises:
            SkipFile: the owner did not send it, or it is one too many: each is open until the request is over.
        """
        if not self.request or not self.request.user.is_authenticated:
            raise SkipFile
        self.count += 1
        if self.count > MOST_FILES:
            self.request.left_out = self.count - MOST_FILES  # type: ignore[attr-defined]  # ours, told by the view
            # Django closes the file of a handler that skips one; the last that was taken is still needed.
            vars(self).pop("file", None)
            raise SkipFile
        self.trouble = None
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece; what is beyond the limit, or follows a failure, is only counted."""
        if self.trouble or start + len(raw_data) > settings.UPLOAD_LIMIT:
            return None
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError as trouble:
            self.trouble = trouble
            self.file.truncate(0)
            return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Hand over the file, of the size that was sent, with what went wrong."""
        file = super().file_complete(file_size)
        if file is not None:
            file.trouble = self.trouble  # type: ignore[attr-defined]  # ours, read by receiving.receive
        return file
