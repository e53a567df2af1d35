"""How many thumbnails a visitor's page gets in a second through the gate of its link, beside the owner's own.

    python benchmarks/visitors.py [photos in the album] [requests] [visitors at once]

The owner's small pictures are let through by a signed cookie, without the database; a visitor's are asked about one by
one, so that what is revoked closes with the next request. That is the difference which is measured. On SQLite.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PORT = 8793


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose pictures are asked for: their addresses, and the cookie that goes with each request."""

    addresses: list[str]
    cookie: str = ""


def main(photos: int = 5000, requests: int = 4000, at_once: int = 4) -> None:
    """Fill an album, share it, serve it, and ask."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GALLERY_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
        os.environ |= {"GALLERY_PORT": str(PORT), "GALLERY_LOG_LEVEL": "WARNING"}
        sys.path.insert(0, str(HOUSE))
        owner, visitor = _fill(photos)
        server = _serve(Path(folder) / "web.log")
        try:
            rates = {
                name: _rate(asked, requests, at_once) for name, asked in {"owner": owner, "visitor": visitor}.items()
            }
        finally:
            server.terminate()
            server.wait(10)
    for name, rate in rates.items():
        print(f"{name:8} {rate:6.0f} thumbnails a second, {at_once} at once, an album of {photos:,}")
    print(f"visitor / owner {rates['visitor'] / rates['owner']:5.2f}")


def _fill(photos: int) -> tuple[Asked, Asked]:
    """Make the owner, an album with thumbnails and its link; return what is asked for."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages
    from django.core.management import call_command
    from django.test import Client

    from albums.adding import add
    from albums.models import Album
    from lib import clock
    from photos.files import renditions
    from photos.models import Photo
    from sharing.making import new_key
    from sharing.models import SharedLink

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    rows = [
        Photo(
            filename=f"{number}.jpg", checksum=f"{number:064x}", width=1216, height=832, file_size=1_500_000,
            mime_type="image/jpeg", taken_at=clock.now(), local_storage_path=f"{number}.jpg",
            local_thumbnail_path=f"{number}.webp",
        )
        for number in range(photos)
    ]  # fmt: skip
    Photo.objects.bulk_create(rows, batch_size=1000)
    album = Album.objects.create(name="Everything")
    add(album, [photo.pk for photo in rows])
    link = SharedLink.objects.create(album=album, access_key=new_key())
    thumbnail = os.urandom(12_000)
    for photo in rows:
        path = renditions.path(photo.pk, photo.checksum or "", renditions.GRID)
        photo.local_thumbnail_path = storages["thumbnails"].save(path, ContentFile(thumbnail))
    Photo.objects.bulk_update(rows, ["local_thumbnail_path"], batch_size=500)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser("owner"))
    client.get("/")
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    own = Asked([photo.grid_url for photo in rows], cookie)
    return own, Asked([f"{link.address}grid/{photo.pk}.webp" for photo in rows])


def _serve(log: Path) -> "subprocess.Popen[bytes]":
    words = ["--interface", "wsgi", "--port", str(PORT), "--blocking-threads", "8", "--no-ws"]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "gallery_project.wsgi:application"],
        cwd=HOUSE,
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
    )
    for _ in range(100):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=2).request("GET", "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return server
    server.terminate()
    raise SystemExit("The web server did not come up.")


def _rate(asked: Asked, requests: int, at_once: int) -> float:
    """Return how many are answered in a second, over connections that stay open."""
    lots = [
        [asked.addresses[n % len(asked.addresses)] for n in range(lot, requests, at_once)] for lot in range(at_once)
    ]
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(lambda lot: _fetch(lot[:50], asked.cookie), lots))
        started = time.perf_counter()
        list(pool.map(lambda lot: _fetch(lot, asked.cookie), lots))
        return requests / (time.perf_counter() - started)


def _fetch(addresses: list[str], cookie: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    for address in addresses:
        connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        if len(answer.read()) != 12_000 or answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
