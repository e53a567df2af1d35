"""How many thumbnails are made in a second: PNGs of one megapixel and JPEGs of nineteen, in two processes.

    python benchmarks/thumbnails.py [pictures of each kind] [processes]

Reading, shrinking, encoding, placeholder and atomic writing are in it; the database is not. The pictures are
generated: soft shapes, edges and grain. The memory is the most any of the processes ever had.
"""

import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
KINDS = {"PNG, 1024 × 1024": ("PNG", (1024, 1024)), "JPEG, 5376 × 3584": ("JPEG", (5376, 3584))}
DIFFERENT = 4


def main(pictures: int = 120, processes: int = 2) -> None:
    """Paint the pictures, then make the thumbnails of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GALLERY_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
        os.environ |= {"GALLERY_LOG_LEVEL": "WARNING"}
        sys.path.insert(0, str(HOUSE))
        import django

        django.setup()
        for name, (form, size) in KINDS.items():
            originals = [
                _paint(Path(folder) / f"{number}.{form.lower()}", form, size, number) for number in range(DIFFERENT)
            ]
            for what in ("grid", "large"):
                _measure(name, what, originals, pictures, processes)


def _measure(name: str, what: str, originals: list[Path], pictures: int, processes: int) -> None:
    jobs = [(originals[number % DIFFERENT], what, number) for number in range(pictures)]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        pool.map(_make, jobs[:processes], chunksize=1)
        started = time.perf_counter()
        costs = pool.map(_make, jobs, chunksize=1)
        seconds = time.perf_counter() - started
    work = 1000 * statistics.median(cpu for cpu, _ in costs)
    memory = max(megabytes for _, megabytes in costs)
    print(
        f"{name:18} {what:5} {pictures / seconds:5.1f} per second in {processes} processes,"
        f" {work:4.0f} ms of work each, at most {memory} MB"
    )


def _make(job: tuple[Path, str, int]) -> tuple[float, int]:
    """Make one rendition. Return its seconds of work, and the most megabytes this process ever had."""
    from django.core.files.storage import storages

    from photos.files import storing
    from photos.files.renditions import Size
    from photos.imaging import thumbnailing

    original, size, number = job
    started = time.process_time()
    image = thumbnailing.render(original, Size(size))
    content = thumbnailing.encode(image)
    storing.store(storages["thumbnails"], f"{size}/{number}.webp", [content], durable=False)
    thumbnailing.placeholder_of(image)
    return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _paint(path: Path, form: str, size: tuple[int, int], seed: int) -> Path:
    """Paint a picture that compresses like a photograph: soft shapes, some edges, a little grain."""
    from PIL import Image, ImageChops, ImageDraw

    planes = [Image.effect_noise((24, 16), 90).resize(size, Image.Resampling.BICUBIC) for _ in range(3)]
    picture: Any = Image.merge("RGB", planes)
    draw = ImageDraw.Draw(picture)
    for number in range(12):
        left, top = size[0] * number // 12, size[1] * ((number * 5 + seed) % 12) // 12
        draw.ellipse((left, top, left + size[0] // 6, top + size[1] // 5), fill=(number * 20, 90, 255 - number * 20))
    grain = Image.effect_noise(size, 14).convert("RGB")
    picture = ImageChops.add(picture, grain, scale=1, offset=-128)
    picture.save(path, form, **({"quality": 90} if form == "JPEG" else {}))
    return path


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
