"""How a session of many steps behaves: what the server takes for it, and how smoothly a browser scrolls and walks it.

    python benchmarks/tree.py [steps] [requests]

Four pictures a step, a new branch now and then. The browser is Chromium, drawing in software; without one only the
server is measured. On SQLite.
"""

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from timeline import PLACEHOLDER, PORT, Served  # noqa: E402 - found once the house is on the path

if TYPE_CHECKING:
    from django.test import Client

    from generation.models import GenerationStep
    from photos.models import Photo

ASKED = {
    "prompt": "", "width": 1216, "height": 832, "seeds": [1, 2, 3, 4],
    "model": {"key": "m", "hash": "h", "name": "Plain", "base": "sdxl", "type": "main"},
}  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SCROLL = """async () => {
  const box = document.querySelector(".step-tree__scroller"), frames = [];
  box.scrollTop = 0;
  await new Promise((done) => {
    let last = performance.now();
    const began = last;
    requestAnimationFrame(function frame(now) {
      frames.push(now - last);
      last = now;
      box.scrollTop += 60;
      if (now - began < 3000) requestAnimationFrame(frame); else done();
    });
  });
  frames.sort((one, other) => one - other);
  return [frames[frames.length >> 1], frames[Math.floor(frames.length * 0.95)]];
}"""
KEYS = """async () => {
  const times = [];
  document.querySelector("[role=treeitem][tabindex='0']").focus();
  for (let count = 0; count < 50; count++) {
    const began = performance.now();
    const press = new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(press);
    document.body.offsetHeight;
    times.push(performance.now() - began);
    await new Promise(requestAnimationFrame);
  }
  return times.sort((one, other) => one - other)[25];
}"""
FOLD = """(button) => {
  const began = performance.now();
  document.querySelector(button).click();
  document.body.offsetHeight;
  return performance.now() - began;
}"""


def main(steps: int = 1000, requests: int = 20) -> None:
    """Fill a session, serve it, ask, and look at it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GALLERY_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "gallery_project.settings"}
        os.environ |= {"GALLERY_PORT": str(PORT), "GALLERY_LOG_LEVEL": "WARNING"}
        address, client = _fill(steps)
        session = address.partition("?")[0]
        _ask("page", client, address, requests)
        _ask("one step, for a click", client, address, requests, {"HX-Request": "true", "HX-Target": "stage"})
        _ask("what is new, nothing", client, f"{session}tree/?steps={steps}", requests)
        _ask("the whole tree anew", client, f"{session}tree/?all=1", requests)
        with Served(folder):
            _look(address, client)


def _fill(count: int) -> tuple[str, "Client"]:
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    last = _grow(count)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser("owner"))
    return last.get_absolute_url(), client


def _grow(count: int) -> "GenerationStep":
    from generation.choices import EntryType, StepStatus
    from generation.models import GenerationSession, GenerationStep, StepAlternative
    from photos.models import Photo

    chance, session = random.Random(7), GenerationSession.objects.create(entry_type=EntryType.SCRATCH)
    steps: list[GenerationStep] = []
    made: list[list[Photo]] = []
    for number in range(count):
        near = [len(steps) - 1] * 7 + list(range(max(0, len(steps) - 12), len(steps)))[:3]
        before = chance.choice(near) if steps else None
        words = f"a lighthouse on a headland, {chance.choice(('storm', 'dusk', 'fog', 'stars'))}, number {number}"
        steps.append(
            GenerationStep(
                session=session, prompt=words, parameters=ASKED, model_key="m", batch_id=str(uuid4()),
                batch_size=4, images_retrieved=4, position=number + 1, status=StepStatus.COMPLETED,
                parent=None if before is None else steps[before],
                source_image=None if before is None else chance.choice(made[before]),
            )
        )  # fmt: skip
        made.append([_photo(number * 4 + place, words) for place in range(4)])
    Photo.objects.bulk_create([photo for some in made for photo in some], batch_size=500)
    GenerationStep.objects.bulk_create(steps, batch_size=500)
    pairs = [(step, photo) for step, some in zip(steps, made, strict=True) for photo in some]
    StepAlternative.objects.bulk_create([StepAlternative(step=step, image=photo) for step, photo in pairs], 500)
    return steps[-1]


def _photo(number: int, words: str) -> "Photo":
    from photos.models import Photo

    pk = UUID(int=(number + 1) << 64 | number)
    return Photo(
        id=pk, filename=f"{pk.hex}.png", width=1216, height=832, file_size=1_500_000, mime_type="image/tiff",
        placeholder=PLACEHOLDER, is_generated=True, generation_prompt=words, checksum=f"{number:064x}",
        local_storage_path=f"{number}.png",
    )  # fmt: skip


def _ask(name: str, client: "Client", address: str, requests: int, headers: dict[str, str] | None = None) -> None:
    times, size = [], 0
    for _ in range(requests):
        began = time.perf_counter()
        answer = client.get(address, headers=headers or {})
        times.append((time.perf_counter() - began) * 1000)
        size = len(answer.content)
        if answer.status_code not in {200, 204}:
            raise SystemExit(f"{address} answered {answer.status_code}.")
    print(f"{name:24} {statistics.median(times):7.1f} ms median of {requests}, {size / 1024:,.0f} KB")


def _look(address: str, client: "Client") -> None:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        print("No browser is installed: only the server was measured.")
        return
    from playwright.sync_api import sync_playwright

    base = f"http://127.0.0.1:{PORT}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(base_url=base, viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": n, "value": m.value, "url": base} for n, m in client.cookies.items()])
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("step-tree[data-size]")
        middle, slow = page.evaluate(SCROLL)
        print(f"{'a frame of scrolling':24} {middle:7.1f} ms median, {slow:.1f} ms for 95 of 100")
        print(f"{'an arrow key':24} {page.evaluate(KEYS):7.1f} ms median of 50")
        print(f"{'fold all other branches':24} {page.evaluate(FOLD, '[data-fold-others]'):7.1f} ms")
        print(f"{'unfold everything':24} {page.evaluate(FOLD, '[data-unfold-all]'):7.1f} ms")
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
