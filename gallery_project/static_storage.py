"""Hashed names for scripts that import each other by their place."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

BESIDE = (r"""(?P<matched>from "(?P<url>\./[\w-]+\.js)";)""", 'from "%(url)s";')


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Puts the hashed name where one of our scripts imports the file beside it.

    A worker has no import map, so its scripts cannot be named in one. Django's own way reads the scripts of others
    too, and stumbles over what they import.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (BESIDE,)))
