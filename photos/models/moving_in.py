"""The files of folders that moved in."""

from django.db import models

from photos.models.photo import Photo


class ImportedFile(models.Model):
    """A file of a folder that is in the library, so that importing the folder again need not read it again.

    Not in the schema. Size and ``modified_ns`` (nanoseconds since 1970) tell whether it is still the same file.
    """

    path = models.TextField()
    file_size = models.BigIntegerField()
    modified_ns = models.BigIntegerField()
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "imported_files"
        constraints = [models.UniqueConstraint(fields=["path"], name="imported_files_are_known_once")]

    def __str__(self) -> str:
        return self.path
