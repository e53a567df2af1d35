"""How fast the search box answers: the newest page of what words and filters match, rare and common, and suggestions.

    python benchmarks/search.py [photos] [rounds]

Runs on SQLite, or on the empty database that DATABASE_URL names. Prints medians in milliseconds, page included.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

HOUSE = Path(__file__).resolve().parent.parent
NEWEST = datetime(2026, 11, 1, 12, tzinfo=UTC)
WORDS_IN_PROMPT = 22
# What is searched, and in which part of all prompts it stands (the rare one in ten prompts).
SHARES = {"portrait": 0.3, "castle": 0.01}
RARE = "axolotl"
SEARCHES = {
    "rare": "axolotl ",
    "middling": "castle ",
    "common": "portrait ",
    "common, being typed": "portrai",
    "two words": "castle portrait ",
    "a phrase": '"castle portrait"',
    "nothing": "xylograph ",
    "a minus": "-portrait",
    "model, common": 'model:"Model 0"',
    "model, rare": 'model:"Model 11"',
    "models, in part": "model:model",
    "seed": "seed:4242",
    "lora": "lora:lora-7",
    "camera, in part": "camera:canon",
    "camera and word": "camera:canon castle",
    "word and model": 'portrait model:"Model 1"',
    "generated, rated": "is:generated rating:>=4",
    "a month": "date:2025-03",
    "size, common": "size:>=512",
    "size, none": "size:>=9000",
    "not a lora": "-lora:lora-1",
    "untagged": "is:untagged",
    "children, none": "has:children",
    "everything": "portrait -castle is:generated rating:>=1 model:model date:2024..",
}
SUGGESTIONS = {"suggest models": "model:", "suggest for a word": "mod", "suggest cameras": "camera:can"}


def main(photos: int = 100_000, rounds: int = 30) -> None:
    """Fill a library and search it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GALLERY_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
        os.environ |= {"GALLERY_LOG_LEVEL": "WARNING"}
        sys.path.insert(0, str(HOUSE))
        import django

        django.setup()
        _fill(photos)
        for name, words in SEARCHES.items():
            found, milliseconds = _measured(_page, words, rounds)
            print(f"{name:20} {milliseconds:7.1f} ms median of {rounds}, {found:3} on the page, {photos:,} photos")
        for name, text in SUGGESTIONS.items():
            found, milliseconds = _measured(_suggested, text, rounds)
            print(f"{name:20} {milliseconds:7.1f} ms median of {rounds}, {found:3} offered, {photos:,} photos")


def _fill(photos: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from photos.models import Photo
    from photos.searching import search

    call_command("migrate", verbosity=0)
    chance = random.Random(1)
    vocabulary = ["".join(chance.choices("abcdefghiklmnoprstuv", k=chance.randint(4, 9))) for _ in range(6000)]
    weights = [1 / rank for rank in range(1, 6001)]
    started = time.perf_counter()
    rows = (Photo(**_row(number, photos, chance, vocabulary, weights)) for number in range(photos))
    while some := list(islice(rows, 5000)):
        Photo.objects.bulk_create(some)
    filled = time.perf_counter()
    search.index_everything()
    print(f"filled in {filled - started:.0f} s, indexed in {time.perf_counter() - filled:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _row(
    number: int, photos: int, chance: random.Random, vocabulary: list[str], weights: list[float]
) -> dict[str, object]:
    words = chance.choices(vocabulary, weights, k=WORDS_IN_PROMPT)
    words += [word for word, share in SHARES.items() if chance.random() < share]
    words += [RARE] if number % max(1, photos // 10) == 7 else []
    chance.shuffle(words)
    pk = UUID(int=chance.getrandbits(128), version=4)
    return {
        "id": pk, "filename": f"{pk.hex}.png", "original_name": f"{pk}.png", "checksum": f"{number:064x}",
        "width": 1024, "height": 1024, "file_size": 1_500_000, "mime_type": "image/png",
        "taken_at": NEWEST - timedelta(seconds=number * 1800), "is_generated": True,
        "generation_prompt": " ".join(words), "local_storage_path": f"{number}.png",
        "local_thumbnail_path": f"{number}.webp", "rating": chance.choice([0, 0, 0, 0, 0, 0, 0, 3, 4, 5]),
        **(_photograph(chance) if number % 4 == 0 else _generated(number, chance)),
    }  # fmt: skip


def _photograph(chance: random.Random) -> dict[str, object]:
    camera = {"make": "Canon", "model": f"Canon EOS {chance.randint(1, 9)}", "lens": f"RF {chance.randint(1, 20)}"}
    return {"is_generated": False, "metadata": {"camera": camera, "keywords": [f"key{chance.randint(1, 3000)}"]}}


def _generated(number: int, chance: random.Random) -> dict[str, object]:
    loras = [{"name": f"lora-{chance.randint(1, 60)}"} for _ in range(chance.randint(0, 2))]
    params = {"seed": number, "sampler": chance.choice(["euler", "ddim", "uni_pc"]), "loras": loras}
    # Each model made half as much as the one before.
    return {"generation_params": params, "model_name": f"Model {min(int(chance.expovariate(0.7)), 11)}"}


def _measured(ask: Callable[[str], int], text: str, rounds: int) -> tuple[int, float]:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        found = ask(text)
        times.append((time.perf_counter() - started) * 1000)
    return found, statistics.median(times)


def _suggested(text: str) -> int:
    from photos.searching.suggesting import offers

    return len(offers(text, len(text)))


def _page(words: str) -> int:
    from lib import paging
    from photos.models import Photo
    from photos.querying import read
    from photos.searching.narrowing import narrow

    photos = narrow(Photo.objects.visible().for_grid(), read(words))
    return len(paging.page(photos, {}, by="taken_at").rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
