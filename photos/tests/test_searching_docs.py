"""The page that explains the search box."""

import re
from pathlib import Path

from django.conf import settings

from photos.querying import FILTERS, read


def test_every_filter_is_explained_and_every_example_is_understood():
    """The page is true."""
    page = (Path(settings.BASE_DIR) / "docs" / "searching.md").read_text()
    examples = re.findall(r"`([^`]+)`", page.partition("| --- |")[2].partition("\n\n")[0])
    asked = [term for example in examples for term in read(example).filters]

    assert {term.filter for term in asked} | {"lora", "sampler", "generator"} == set(FILTERS)
    assert not [problem for example in examples for problem in read(example).problems if not problem.may_go_on]
    assert {word for kind in FILTERS.values() for word in kind.words} <= {term.value for term in asked}
