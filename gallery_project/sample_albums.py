"""Albums for the demo: gathered by searches, the first of them shared."""

from albums import adding
from albums.models import Album
from demo.story import ALBUMS, SAVED_SEARCHES
from photos.models import Photo, SavedSearch
from photos.searching.filters import PhotoFilter
from sharing import making
from sharing.models import SharedLink


def gather() -> int:
    """Make the albums that are not there yet; return how many pictures are in them."""
    for name, query in SAVED_SEARCHES:
        SavedSearch.objects.get_or_create(name=name, defaults={"query": query})
    gathered = sum(_gather(*album) for album in ALBUMS)
    if not SharedLink.objects.exists():
        making.make(adding.album_named(ALBUMS[0][0]), making.Rules(title=ALBUMS[0][0], may_download=True))
    return gathered


def _gather(name: str, description: str, query: str) -> int:
    album, _ = Album.objects.get_or_create(name=name, defaults={"description": description})
    found = PhotoFilter(query).narrow(Photo.objects.visible()).order_by("-taken_at", "-pk")
    return adding.add(album, found.values_list("pk", flat=True))
