"""``manage.py check_library``: see whether every original is there and unchanged."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from photos import checking
from photos.checking import Fault, Finding


class Command(BaseCommand):
    help = (
        "Reads every original and compares it with what is known of it, and looks for files that belong to no photo."
        " Nothing is changed. Ends with an error when something is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quick", action="store_true", help="only whether each file is there, in its size")

    def handle(self, *args: Any, **options: Any) -> None:
        suspects = checking.find_suspects()
        faults = Counter(self._tell(finding) for finding in self._photos(quickly=options["quick"]) if finding)
        faults.update(self._tell(finding) for finding in checking.strays(suspects))
        if faults:
            wrong = ", ".join(f"{number:,} {_word(fault)}" for fault, number in faults.items())
            raise CommandError(f"Not everything is as it should be: {wrong}. Nothing was changed.")
        self.stdout.write("Every original is there" + (" and unchanged." if not options["quick"] else "."))

    def _photos(self, *, quickly: bool) -> Any:
        found = checking.check_photos(quickly=quickly)
        return tqdm(found, total=checking.count(), unit=" files", disable=None, file=sys.stderr)

    def _tell(self, finding: Finding) -> Fault:
        self.stdout.write(str(finding))
        return finding.fault


def _word(fault: Fault) -> str:
    return fault.name.lower().replace("size", "of another size")
