"""How many files of a folder are read, hashed, decoded, copied and recorded in a second, without thumbnails.

    python benchmarks/importing.py [files] [processes] [pixels]

The pictures are small PNGs, each another, half of them with a prompt. The folder is read once before, so that the disk
it comes from does not count. Runs on SQLite, or on the empty database that DATABASE_URL names.
"""

import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent


def main(files: int = 6000, processes: int = 2, pixels: int = 96) -> None:
    """Paint a folder, import it, and import it again."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GALLERY_DATA_DIR": f"{folder}/library", "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
        os.environ |= {"GALLERY_LOG_LEVEL": "WARNING"}
        sys.path.insert(0, str(HOUSE))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        source = Path(folder) / "source"
        size = _paint(source, files, pixels)
        print(f"{files:,} PNGs of {pixels} × {pixels}, {size / files / 1024:.1f} kB each, {processes} processes")
        for what in ("first time", "again", "again, reading all"):
            if what.endswith("all"):
                _forget_files()
            started, worked = time.perf_counter(), _work()
            call_command("import_photos", str(source), processes=processes)
            rate, work = files / (time.perf_counter() - started), 1000 * (_work() - worked) / files
            print(f"{what:20} {rate:7.0f} files a second, {work:5.2f} ms of work each")


def _work() -> float:
    """Return the seconds the processors have worked for us: a busy machine takes longer, and works the same."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def _paint(folder: Path, files: int, pixels: int) -> int:
    from PIL import Image, PngImagePlugin

    folder.mkdir()
    chance = random.Random(1)
    size = 0
    for number in range(files):
        picture = Image.effect_noise((8, 8), 90).resize((pixels, pixels)).convert("RGB")
        texts = PngImagePlugin.PngInfo()
        if number % 2:
            made = {"positive_prompt": f"a fox, number {number}", "seed": chance.randrange(2**32), "steps": 20}
            texts.add_text("invokeai_metadata", json.dumps(made | {"model": {"key": "k", "name": "SDXL"}}))
        path = folder / f"{number:06}.png"
        picture.save(path, pnginfo=texts)
        size += len(path.read_bytes())
    return size


def _forget_files() -> None:
    from photos.models import ImportedFile

    ImportedFile.objects.all().delete()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
