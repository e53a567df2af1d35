"""How a tag is looked for."""

from django import template

from photos.querying import write

register = template.Library()


@register.filter
def tag_query(name: str) -> str:
    """Return the search for pictures with a tag."""
    return write("tag", name)
