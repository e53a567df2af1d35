"""Work spread over several processes."""

import os

import pytest

from lib.processes import spread


def double(numbers):
    return [2 * number for number in numbers]


def die_at_three(numbers):
    if 3 in numbers:
        os._exit(9)
    return double(numbers)


def deadly(number):
    return [f"{number} is deadly"]


def batches(count):
    return [[2 * number, 2 * number + 1] for number in range(count)]


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_order(processes):
    """Whoever is done first."""
    found = list(spread(double, batches(20), processes=processes, broken=deadly))

    assert found == [double(batch) for batch in batches(20)]


def test_a_process_that_dies_costs_only_the_item_that_kills_it():
    """Hostile files exist, and machines run out of memory."""
    found = list(spread(die_at_three, batches(10), processes=2, broken=deadly))
    flat = [result for batch in found for result in batch]

    assert "3 is deadly" in flat
    assert [result for result in flat if isinstance(result, int)] == [2 * number for number in range(20) if number != 3]


def test_leaving_early_begins_nothing_more(tmp_path):
    """What is under way is finished."""
    done = spread(leave_mark, [[tmp_path / str(number)] for number in range(50)], processes=2, broken=deadly)
    next(done)
    done.close()

    assert 1 <= len(list(tmp_path.iterdir())) < 20


def leave_mark(paths):
    for path in paths:
        path.touch()
    return paths
