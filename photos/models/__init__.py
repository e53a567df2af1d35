"""Photos, what is known and done about them, and the files that wait to become photos: a module for each subject."""

from photos.duplicates.models import DuplicateDecision, DuplicatePair, Fingerprint
from photos.models.acts import BulkAction, BulkPart
from photos.models.moving_in import ImportedFile
from photos.models.photo import Photo
from photos.models.searches import SavedSearch
from photos.models.traits import PhotoTrait, Trait
from photos.models.uploads import IncomingUpload

__all__ = [
    "BulkAction",
    "BulkPart",
    "DuplicateDecision",
    "DuplicatePair",
    "Fingerprint",
    "ImportedFile",
    "IncomingUpload",
    "Photo",
    "PhotoTrait",
    "SavedSearch",
    "Trait",
]
