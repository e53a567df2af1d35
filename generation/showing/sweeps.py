"""What a page shows of steps that were asked for at one go: a table with a heading for each value."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from generation.models import GenerationSession, GenerationStep
from generation.showing.studio import StepView, step_view, with_pictures


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; a step that was removed leaves its place empty."""

    label: str
    cells: list[StepView | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """All of it.

    Attributes:
        across: what the columns differ in.
        columns: their values.
        down: what the rows differ in; empty when there is only one.
    """

    session: GenerationSession
    pk: UUID
    across: str
    columns: list[str]
    down: str
    lines: list[Line]

    @property
    def views(self) -> list[StepView]:
        """Every step of it."""
        return [view for line in self.lines for view in line.cells if view]

    @property
    def prompt(self) -> str:
        """The words all of them have."""
        return self.views[0].step.prompt

    @property
    def made(self) -> int:
        """How many pictures are here."""
        return sum(view.landed for view in self.views)

    @property
    def asked(self) -> int:
        """How many were asked for."""
        return sum(view.step.batch_size for view in self.views)

    @property
    def is_unfinished(self) -> bool:
        """Whether the page should look again."""
        return any(view.is_unfinished for view in self.views)

    @property
    def title(self) -> str:
        """What is compared."""
        return f"{self.across} by {self.down}" if self.down else self.across


def grid_of(session: GenerationSession, sweep: UUID) -> Grid:
    """Return the table, in a few queries however large it is.

    Raises:
        Http404: the session has no such comparison.
    """
    steps = GenerationStep.objects.filter(session=session, sweep=sweep).order_by("position", "created_at")
    views = [step_view(step) for step in with_pictures(steps)]
    if not views:
        raise Http404("There is no such comparison in this session.")
    placed = {_values(view.step): view for view in views}
    columns = _in_order(values[0] for values in placed)
    rows = _in_order(values[1] for values in placed)
    lines = [Line(row, [placed.get((column, row)) for column in columns]) for row in rows]
    axes = [str(axis.get("title", "")) for axis in _axes(views[0].step)] + ["", ""]
    return Grid(session, sweep, axes[0], columns, axes[1], lines)


def _axes(step: GenerationStep) -> list[dict[str, str]]:
    axes = step.sweep_cell.get("axes")
    return axes if isinstance(axes, list) else []


def _values(step: GenerationStep) -> tuple[str, str]:
    values = [str(axis.get("value", "")) for axis in _axes(step)] + ["", ""]
    return values[0], values[1]


def _in_order(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
