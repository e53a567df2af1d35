"""How fast the timeline answers over HTTP: its first page and one deep down, in a library of many photos on SQLite.

    python benchmarks/timeline.py [photos] [requests]

Prints medians in milliseconds, as a browser on the same machine sees them.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

HOUSE = Path(__file__).resolve().parent.parent
PORT = 8791
PLACEHOLDER = "data:image/webp;base64," + "UklGRnoAAABXRUJQVlA4" * 6
NEWEST = datetime(2026, 11, 1, 12, tzinfo=UTC)
PER_DAY = 40


def main(photos: int = 100_000, requests: int = 200) -> None:
    """Fill a library, serve it, and ask."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GALLERY_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
        os.environ |= {"GALLERY_PORT": str(PORT), "GALLERY_LOG_LEVEL": "WARNING"}
        sys.path.insert(0, str(HOUSE))
        cookie = _fill(photos)
        with Served(folder):
            first, deep = f"/?before={_key(0)}", f"/?before={_key(photos * 9 // 10)}"
            times = {name: _median(address, cookie, requests) for name, address in
                     {"first page": "/", "second page": first, "deep page": deep}.items()}  # fmt: skip
    for name, milliseconds in times.items():
        print(f"{name:12} {milliseconds:6.1f} ms median of {requests}, {photos:,} photos")
    print(f"deep / first {times['deep page'] / times['first page']:6.2f}")


def _fill(photos: int) -> str:
    """Make the owner and the rows; return the cookie of a signed-in browser."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from photos.models import Photo

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    rows = (Photo(**_row(number)) for number in range(photos))
    while some := [row for _, row in zip(range(5000), rows, strict=False)]:
        Photo.objects.bulk_create(some)
    client = Client()
    client.force_login(User.objects.create_superuser("owner"))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _row(number: int) -> dict[str, object]:
    pk = UUID(int=(number + 1) << 64 | number)
    checksum = f"{number:064x}"
    is_generated = number % 3 == 0
    return {
        "id": pk, "filename": f"{pk.hex}.jpg", "original_name": f"IMG_{number:06}.jpg", "checksum": checksum,
        "width": 1216, "height": 832, "file_size": 1_500_000, "mime_type": "image/jpeg", "placeholder": PLACEHOLDER,
        "taken_at": _moment(number), "is_generated": is_generated, "is_favorite": number % 50 == 0,
        "generation_prompt": f"a lighthouse on a headland at golden hour, number {number}" if is_generated else None,
        "model_name": f"Model {number % 12}" if is_generated else "",
        "local_storage_path": f"{number}.jpg", "local_thumbnail_path": f"{number}.webp",
    }  # fmt: skip


def _moment(number: int) -> datetime:
    return NEWEST - timedelta(seconds=number * 86_400 // PER_DAY)


def _key(number: int) -> str:
    return f"{_moment(number):%Y-%m-%dT%H:%M:%S}%2B00:00_{UUID(int=(number + 1) << 64 | number).hex}"


class Served:
    """The gallery's own web server, until the block ends."""

    def __init__(self, folder: str) -> None:
        self.log = Path(folder) / "web.log"

    def __enter__(self) -> None:
        server = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(PORT),
            "--blocking-threads",
            "8",
        ]
        self.process = subprocess.Popen(
            [*server, "--no-ws", "gallery_project.wsgi:application"],
            cwd=HOUSE,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
        )
        _wait_for_it()

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)


def _wait_for_it() -> None:
    for _ in range(100):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=2).request("GET", "/healthz")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server did not come up.")


def _median(address: str, cookie: str, requests: int) -> float:
    return statistics.median(list(_times(address, cookie, requests))[requests // 10 :])


def _times(address: str, cookie: str, requests: int) -> Iterator[float]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    for _ in range(requests):
        started = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        page = answer.read()
        yield (time.perf_counter() - started) * 1000
        if answer.status != 200 or page.count(b'class="photo-card"') != 100:
            raise SystemExit(f"{address} answered {answer.status}, {page.count(b'photo-card__link')} cards.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
