"""What an import did, counted while it goes on."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from photos.choices import MovedIn
from photos.intake.moving_in import Outcome
from photos.intake.naming import spelled


@dataclass(slots=True)
class Tally:
    """The outcomes so far. ``refused`` and ``kept`` hold files with their reasons; kept ones were to be removed."""

    counts: Counter[MovedIn] = field(default_factory=Counter)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    kept: list[tuple[Path, str]] = field(default_factory=list)
    _new: set[str] = field(default_factory=set)

    def count(self, outcomes: list[Outcome]) -> None:
        """Take some more outcomes in."""
        for outcome in outcomes:
            self.counts[self._result(outcome)] += 1
            if outcome.result == MovedIn.REFUSED:
                self.refused.append((outcome.path, outcome.reason))
            elif outcome.reason:
                self.kept.append((outcome.path, outcome.reason))

    def _result(self, outcome: Outcome) -> MovedIn:
        """Return what became of a file; equal ones of a rehearsal, which records nothing, would come in once."""
        if outcome.result != MovedIn.IMPORTED:
            return outcome.result
        is_second = outcome.checksum in self._new
        self._new.add(outcome.checksum)
        return MovedIn.DUPLICATE if is_second else MovedIn.IMPORTED

    @property
    def is_clean(self) -> bool:
        """Whether everything went as it was asked."""
        return not (self.refused or self.kept)

    def lines(self, *, would_be: bool) -> list[str]:
        """Return the report, line by line.

        Args:
            would_be: of a rehearsal.
        """
        verb = "would be imported" if would_be else "imported"
        duplicates = self.counts[MovedIn.DUPLICATE] + self.counts[MovedIn.IN_TRASH]
        in_trash = f", {self.counts[MovedIn.IN_TRASH]:,} of them in the trash" if self.counts[MovedIn.IN_TRASH] else ""
        return [
            *(f"refused  {spelled(path)}: {reason}" for path, reason in self.refused),
            *(f"kept  {spelled(path)}: {reason}" for path, reason in self.kept),
            f"{self.counts[MovedIn.IMPORTED]:,} {verb}, {duplicates:,} already here{in_trash},"
            f" {len(self.refused):,} refused.",
        ]


def in_library(outcomes: list[Outcome]) -> list[UUID]:
    """Return the photos of the files that are in the library and not in the trash."""
    here = {MovedIn.IMPORTED, MovedIn.DUPLICATE}
    return [outcome.photo for outcome in outcomes if outcome.photo and outcome.result in here]
