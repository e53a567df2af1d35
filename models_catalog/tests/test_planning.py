"""What a sync would change, without network or database."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from models_catalog.models import Model
from models_catalog.planning import SyncReport, plan
from models_catalog.tests.factories import SERVER, record

NOW = datetime(2026, 5, 1, tzinfo=UTC)
BEFORE = datetime(2026, 4, 1, tzinfo=UTC)


def _known(*rows: Model) -> dict[str, Model]:
    return {row.key: row for row in rows}


def _row(**told: Any) -> Model:
    """Return the row the plan makes of one record."""
    return plan([record("a", **told)], (), {}, SERVER, NOW).rows[0]


def test_the_vae_is_kept_with_key_and_hash() -> None:
    """A key alone changes at every re-install."""
    told = [record("a", default_settings={"vae": "v"}), record("v", type="vae")]
    row = plan(told, (), {}, SERVER, NOW).rows[0]

    assert (row.default_vae_key, row.default_vae_hash) == ("v", "blake3:v")


def test_a_vae_that_is_not_there_has_no_hash() -> None:
    """The key is kept as it was told."""
    row = _row(default_settings={"vae": "v"})

    assert (row.default_vae_key, row.default_vae_hash) == ("v", None)


def test_defaults_are_taken_over() -> None:
    """Whatever of them is told."""
    row = _row(default_settings={"width": 512, "height": 768, "steps": 25, "cfg_scale": 6.5, "scheduler": "unipc"})

    assert (row.default_width, row.default_height, row.default_steps) == (512, 768, 25)
    assert (row.default_cfg_scale, row.default_scheduler) == (Decimal("6.50"), "unipc")


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"cfg_scale": 1e9}, "default_cfg_scale"),
        ({"cfg_scale": float("nan")}, "default_cfg_scale"),
        ({"steps": 2**40}, "default_steps"),
        ({"width": -8}, "default_width"),
    ],
)
def test_a_default_no_column_could_hold_is_left_out(settings: dict[str, float], field: str) -> None:
    """One odd model must not stop the whole sync."""
    assert getattr(_row(default_settings=settings), field) is None


def test_nul_is_left_out_of_texts() -> None:
    """PostgreSQL cannot store it."""
    row = _row(name="a\x00b", trigger_phrases=["x\x00y"], default_settings={"note": "\x00"})

    assert (row.name, row.trigger_phrases, row.default_settings) == ("ab", ["xy"], {"note": ""})


def test_the_report_counts_what_came_changed_left_and_came_back() -> None:
    """Each model counts once."""
    same = plan([record("same")], (), {}, SERVER, NOW).rows[0]
    changed, back, left = (
        Model(key=key, server=SERVER, unavailable_since=since)
        for key, since in (("changed", None), ("back", BEFORE), ("left", None))
    )
    told = [record(key) for key in ("new", "same", "changed", "back")]

    planned = plan(told, (), _known(same, changed, back, left), SERVER, NOW)

    assert planned.report == SyncReport(added=1, updated=1, gone=1, returned=1)
    assert planned.gone == ["left"]


def test_a_model_whose_file_is_missing_counts_as_gone() -> None:
    """The server lists it all the same."""
    known = plan([record("a")], (), {}, SERVER, NOW).rows[0]

    planned = plan([record("a")], {"a"}, _known(known), SERVER, NOW)

    assert planned.rows[0].unavailable_since == NOW
    assert planned.report == SyncReport(gone=1)


def test_what_was_missing_before_keeps_its_date() -> None:
    """Since when, not when last asked."""
    known = plan([record("a")], {"a"}, {}, SERVER, BEFORE).rows[0]

    planned = plan([record("a")], {"a"}, _known(known), SERVER, NOW)

    assert planned.rows[0].unavailable_since == BEFORE
    assert planned.report == SyncReport()


def test_models_of_another_server_stay() -> None:
    """That this one does not have them says nothing."""
    other = Model(key="other", server="http://elsewhere:9090")

    assert plan([], (), _known(other), SERVER, NOW).gone == []


def test_a_model_seen_on_another_server_moves_to_it() -> None:
    """Its key is one row, wherever it is."""
    other = Model(key="a", server="http://elsewhere:9090")

    planned = plan([record("a")], (), _known(other), SERVER, NOW)

    assert planned.rows[0].server == SERVER
    assert planned.report.updated == 1


def test_a_key_told_twice_is_one_row() -> None:
    """A statement cannot write one row twice."""
    assert len(plan([record("a"), record("a")], (), {}, SERVER, NOW).rows) == 1


def test_the_report_reads_as_a_sentence() -> None:
    """Only what happened."""
    assert str(SyncReport(added=3, gone=1)) == "3 new, 1 gone"
    assert str(SyncReport()) == "nothing has changed"
