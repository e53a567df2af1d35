"""Whether anything is lost when everything goes wrong: jobs through the stand-in, uploads, faults, and kill -9.

    python benchmarks/chaos.py [pictures] [seconds of mischief] [seed]

Asks for pictures in batches and hands in uploads, each file three times, while the server cuts connections, loses and
spoils answers and goes away, and while workers and follower are killed at random and time leaps. When calm returns
nothing may be lost and nothing doubled, on the disk and in the rows. Runs on SQLite, or on the empty database that
DATABASE_URL names. Exits with 1 when anything is amiss.
"""

import contextlib
import hashlib
import io
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
BATCH = 5
PATIENCE = 600.0
FAULTS = {
    "refuse": 3, "unavailable": 3, "html": 2, "truncated_json": 2, "lost_answers": 2, "lost_enqueue_answers": 1,
    "truncated_image": 3, "half_png": 2, "corrupt_png": 2,
}  # fmt: skip


def main(pictures: int = 200, seconds: float = 90, seed: int = 1) -> None:
    """Make a library, make mischief, wait for calm, count."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GALLERY_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
        os.environ |= {"GALLERY_LOG_LEVEL": "WARNING"}
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # the stand-in's connections are cut on purpose
        sys.path.insert(0, str(HOUSE))
        _make_library()
        from demo.standin.backend import Pace
        from demo.standin.running import StandIn

        with StandIn(pace=Pace(seconds_per_step=0.02, paints=False)) as server, Programs(folder, chance) as programs:
            run = Run(server, programs, chance, pictures)
            run.make_mischief(seconds)
            took = run.wait_for_calm()
            amiss = run.findings(Path(folder))
    print(f"{pictures} pictures, {len(run.files)} files handed in {run.handed_in} times, {seconds:g} s of mischief")
    print(", ".join(f"{name} {count}" for name, count in sorted(run.mischief.items())))
    print(f"calm after {took:.0f} s")
    for what, number in amiss.items():
        print(f"{what:32} {number}")
    sys.exit(1 if any(amiss.values()) else 0)


def _make_library() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from gallery_project import schedules

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    schedules.register()


class Programs:
    """The workers and the follower, started again whenever they end."""

    def __init__(self, folder: str, chance: random.Random) -> None:
        self.chance = chance
        self.log = (Path(folder) / "programs.log").open("ab")
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Programs":
        self.revive()
        return self

    def __exit__(self, *_error: object) -> None:
        for name in self.running:
            self.kill(name)

    def revive(self) -> None:
        """Start what does not run."""
        for name in ("qcluster", "follow"):
            if name not in self.running or self.running[name].poll() is not None:
                command = [sys.executable, str(HOUSE / "manage.py"), name]
                self.running[name] = subprocess.Popen(
                    command, stdout=self.log, stderr=self.log, start_new_session=True, cwd=HOUSE
                )

    def kill(self, name: str) -> None:
        """End a program and all it started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def kill_one_worker(self) -> None:
        """End one process of the cluster that does not supervise the others."""
        main = self.running["qcluster"].pid
        below = [child for guard in _children(main) for child in _children(guard)]
        if below:
            os.kill(self.chance.choice(below), signal.SIGKILL)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


class Run:
    """One round: what is asked for, what is done to it, and what came of it."""

    def __init__(self, server: Any, programs: Programs, chance: random.Random, pictures: int) -> None:
        self.server, self.programs, self.chance, self.pictures = server, programs, chance, pictures
        self.mischief: Counter[str] = Counter()
        self.files: list[bytes] = [_file(number) for number in range(pictures // 2)]
        self.handed_in = 0
        self.acts: list[Callable[[], str]] = [
            self._spoil, self._spoil, self._spoil, self._kill_cluster, self._kill_worker, self._kill_worker,
            self._kill_follower, self._go_away, self._drop_sockets, self._leap,
        ]  # fmt: skip

    def make_mischief(self, seconds: float) -> None:
        """Ask for everything, evenly over the time, and let something go wrong every second or so."""
        begun, orders = time.monotonic(), list(self._orders())
        total = len(orders)
        while orders or time.monotonic() - begun < seconds:
            while orders and len(orders) > total * (1 - (time.monotonic() - begun) / (seconds * 0.8)):
                orders.pop()()
            self.mischief[self.chance.choice(self.acts)()] += 1
            time.sleep(self.chance.uniform(0.2, 1.5))
            self.programs.revive()

    def wait_for_calm(self) -> float:
        """Let everything work again and wait until nothing is under way. Return how many seconds that took."""
        self.server.behave()
        begun = time.monotonic()
        while self._under_way() and time.monotonic() - begun < PATIENCE:
            self.programs.revive()
            time.sleep(5)
            self._leap()
            if int(time.monotonic() - begun) % 60 > 54:
                self.programs.kill("qcluster")  # as the launcher does with one that hangs
        return time.monotonic() - begun

    def _orders(self) -> Iterator[Callable[[], None]]:
        orders = [lambda number=number: self._ask(number) for number in range(self.pictures // BATCH)]
        orders += [lambda content=content: self._hand_in(content) for content in self.files * 3]
        self.chance.shuffle(orders)
        return iter(orders)

    def _ask(self, number: int) -> None:
        from generation.asking import starting
        from generation.recipes.recipe import ModelChoice, Recipe
        from settings_app.models import ApplicationSettings

        ApplicationSettings.load()
        ApplicationSettings.objects.update(local_backend_url=self.server.url)
        found = next(each for each in self.server.models.records if (each["type"], each["base"]) == ("main", "sd-1"))
        seeds = tuple(range(number * BATCH, number * BATCH + BATCH))
        starting.start_step(None, Recipe(f"fox {number}", ModelChoice.from_json(found), 64, 64, seeds, steps=3))

    def _hand_in(self, content: bytes) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from photos.intake import receiving

        receiving.receive(SimpleUploadedFile("a.png", content), "a.png")
        self.handed_in += 1

    def _spoil(self) -> str:
        name = self.chance.choice(list(FAULTS))
        self.server.misbehave(**{name: FAULTS[name]})
        return name

    def _kill_cluster(self) -> str:
        self.programs.kill("qcluster")
        return "killed cluster"

    def _kill_worker(self) -> str:
        self.programs.kill_one_worker()
        return "killed worker"

    def _kill_follower(self) -> str:
        self.programs.kill("follow")
        return "killed follower"

    def _go_away(self) -> str:
        self.server.stop(keep_working=True)
        time.sleep(self.chance.uniform(0.5, 3))
        self.server.start()
        return "server away"

    def _drop_sockets(self) -> str:
        self.server.drop_sockets()
        return "sockets dropped"

    def _leap(self) -> str:
        """Let leases and pauses end at once, as after a night asleep: also those of processes that still work."""
        from generation.models import GenerationStep
        from lib import clock
        from photos.models import IncomingUpload, Photo

        now = clock.now()
        GenerationStep.objects.pending().filter(lease_until__gt=now).update(lease_until=now)
        Photo.objects.not_here().filter(next_retrieval_at__gt=now).update(next_retrieval_at=now)
        IncomingUpload.objects.waiting().filter(lease_until__gt=now).update(lease_until=now)
        return "time leapt"

    def _under_way(self) -> int:
        from generation.models import GenerationStep
        from photos.models import IncomingUpload, Photo

        waiting = GenerationStep.objects.under_way().count() + IncomingUpload.objects.waiting().count()
        return waiting + Photo.objects.not_here().count() + Photo.objects.needing_thumbnails().count()

    def findings(self, folder: Path) -> dict[str, int]:
        """Return how many of each kind of fault there are."""
        from generation.models import GenerationStep
        from photos import sweeping
        from photos.models import Photo

        for path in [*(folder / "incoming").rglob("*"), *folder.glob("*/.drafts/*")]:
            os.utime(path, (0, 0))  # what killed processes left half-written is swept after a day
        sweeping.remove_leftovers()
        made = {name: self.server.images.files.read(name) for name in self.server.images.records}
        photos = list(Photo.objects.all())
        fetched = Counter(photo.invoke_id for photo in photos if photo.invoke_id)
        sums = Counter(photo.checksum for photo in photos)
        originals = folder / "originals"
        known = {photo.local_storage_path for photo in photos}
        here = {path.relative_to(originals).as_posix() for path in originals.rglob("*") if path.is_file()}
        return {
            "pictures never made": max(self.pictures - len(made), 0),
            "pictures made twice": max(len(made) - self.pictures, 0),
            "pictures lost": sum(fetched[name] == 0 for name in made),
            "pictures doubled": sum(count > 1 for count in fetched.values()),
            "steps without all pictures": GenerationStep.objects.exclude(images_retrieved=BATCH).count(),
            "uploads lost": sum(sums[_sum(content)] == 0 for content in self.files),
            "bytes doubled": sum(count > 1 for count in sums.values()),
            "photos too many": max(len(photos) - self.pictures - len(self.files), 0),
            "originals missing or altered": sum(not _is_whole(originals, photo) for photo in photos),
            "originals without a row": len(here - known),
            "files left in incoming": sum(path.is_file() for path in (folder / "incoming").rglob("*")),
            "still under way": self._under_way(),
        }


def _is_whole(originals: Path, photo: Any) -> bool:
    path = originals / (photo.local_storage_path or "none")
    return path.is_file() and _sum(path.read_bytes()) == photo.checksum


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _file(number: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((48, 48), 90 + number % 7).save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
