"""How steps lie as a tree."""

from uuid import UUID

from generation.sessions.branches import branch_of, laid_out, passing, way_to


def key(number: int) -> UUID:
    return UUID(int=number)


def tree(*parents: int) -> dict[UUID, UUID | None]:
    """Steps 1, 2, 3 …, each with the number of the one it grew from; 0 for none."""
    return {key(step): key(parent) if parent else None for step, parent in enumerate(parents, start=1)}


def drawn(*parents: int) -> list[tuple[int, int]]:
    """The rows as the number of the step and its lane."""
    return [(place.key.int, place.lane) for place in laid_out(tree(*parents))]


def test_a_line_of_steps_stays_in_one_lane() -> None:
    """However long it is."""
    assert drawn(0, 1, 2, 3) == [(1, 0), (2, 0), (3, 0), (4, 0)]


def test_a_thousand_steps_in_a_line_are_no_matter() -> None:
    """Nothing here calls itself."""
    assert drawn(*range(1000))[-1] == (1000, 0)


def test_the_newest_branch_goes_straight_on() -> None:
    """The older one stands aside, above it, with all that grew from it."""
    assert drawn(0, 1, 2, 1) == [(1, 0), (2, 1), (3, 1), (4, 0)]


def test_a_branch_of_a_branch_stands_further_aside() -> None:
    """A lane each."""
    assert drawn(0, 1, 2, 2, 1) == [(1, 0), (2, 1), (3, 2), (4, 1), (5, 0)]


def test_what_grew_from_nothing_begins_a_tree_of_its_own() -> None:
    """No line joins two of them; a parent that is not here counts as none."""
    places = laid_out(tree(0, 0, 9))

    assert [(place.parent, place.lane, place.level) for place in places] == [(None, 0, 1)] * 3


def test_each_place_tells_what_is_below_it() -> None:
    """All of it, not only what grew from it directly."""
    assert [place.below for place in laid_out(tree(0, 1, 2, 1))] == [3, 1, 0, 0]


def test_the_way_leads_from_the_root() -> None:
    """To nowhere when there is no such step."""
    places = laid_out(tree(0, 1, 2, 1))

    assert [step.int for step in way_to(places, key(3))] == [1, 2, 3]
    assert way_to(places, key(9)) == way_to(places, None) == []


def test_the_way_passes_by_the_branches_it_leaves_aside() -> None:
    """In the lane of the step they branch off from; what stands below the way's end is not passed."""
    places = laid_out(tree(0, 1, 2, 2, 1, 5))

    assert {row.int: lane for row, lane in passing(places, way_to(places, key(5))).items()} == {2: 0, 3: 0, 4: 0}
    assert {row.int: lane for row, lane in passing(places, way_to(places, key(4))).items()} == {3: 1}


def test_a_branch_is_all_that_descends() -> None:
    """And nothing beside it."""
    assert [step.int for step in branch_of(laid_out(tree(0, 1, 2, 1, 3)), key(2))] == [2, 3, 5]
