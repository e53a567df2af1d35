"""App configuration."""

from django.apps import AppConfig


class AlbumsConfig(AppConfig):
    """Names the app, and tells photos how albums are searched and what becomes of a place in one."""

    name = "albums"
    verbose_name = "Albums"

    def ready(self) -> None:
        """Give ``album:`` its meaning, have photos found by the names of their albums, and keep places in order."""
        from albums import leaving, merging, searching
        from albums.acting import AddToAlbum
        from albums.mattering import in_albums
        from albums.removing import RemoveFromAlbum
        from albums.taking_over import ALBUMS
        from albums.walking import album_in
        from photos import extensions

        extensions.give_meaning("album", searching.in_album, suggest=searching.suggest)
        extensions.find_by(searching.words)
        extensions.offer_act(AddToAlbum())
        extensions.offer_act(RemoveFromAlbum())
        extensions.offer_list(album_in)
        extensions.on_merge(merging.follow)
        extensions.on_purge(leaving.leave)
        extensions.on_keeping(ALBUMS)
        extensions.give_reason_to_keep(in_albums)
