"""Parts of files."""

from io import BytesIO

import pytest
from django.core.files import File

from photos.files.ranges import NotSatisfiable, Part, PartOfFile, read_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-3", Part(0, 3, 10)), ("bytes=4-", Part(4, 9, 10)), ("bytes=-3", Part(7, 9, 10)),
        ("bytes=-30", Part(0, 9, 10)), ("bytes=8-99", Part(8, 9, 10)), ("Bytes = 1 - 1", Part(1, 1, 10)),
    ],
)  # fmt: skip
def test_one_range_is_read(header, expected):
    """Both ends are included, and either may be left out."""
    assert read_range(header, 10) == expected


@pytest.mark.parametrize(
    "header", ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=0-3", "bytes=a-b", "bytes=" + "9" * 400]
)
def test_anything_else_means_the_whole_file(header):
    """As the standard allows."""
    assert read_range(header, 10) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=99-100", 10), ("bytes=-0", 10), ("bytes=0-", 0)]
)
def test_a_part_behind_the_end_cannot_be_given(header, size):
    """The answer is 416."""
    with pytest.raises(NotSatisfiable):
        read_range(header, size)


@pytest.mark.parametrize("size", [1, 3, 100, -1])
def test_a_part_of_a_file_ends_where_it_should(size):
    """However it is read."""
    part = PartOfFile(File(BytesIO(b"0123456789")), Part(2, 6, 10))
    chunks = iter(lambda: part.read(size), b"")

    assert b"".join(chunks) == b"23456"
