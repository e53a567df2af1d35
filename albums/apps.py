"""App configuration."""

from django.apps import AppConfig


class AlbumsConfig(AppConfig):
    """Names the app, and tells photos how albums are searched."""

    name = "albums"
    verbose_name = "Albums"

    def ready(self) -> None:
        """Give ``album:`` its meaning, and have photos found by the names of their albums."""
        from albums import searching
        from photos import extensions

        extensions.give_meaning("album", searching.in_album, suggest=searching.suggest)
        extensions.find_by(searching.words)
