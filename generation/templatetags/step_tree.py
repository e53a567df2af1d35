"""The rows of the tree, written straight out: a session may have a thousand, and a template would take seconds."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from generation.sessions.tree import Row
from settings_app.templatetags.looks import icon

register = template.Library()

# More would be a line of dots that nobody counts.
PIPS = 16
ROW = (
    '<li class="tree-row{classes}" role="none" style="--lane:{place.lane}{passed}" data-lane="{place.lane}"'
    ' data-level="{place.level}"{parent}>'
    '<a class="step" role="treeitem" id="row-{place.key}"{href} aria-level="{place.level}"{state}>{inner}</a>{fold}'
    "</li>\n"
)
FOLD = (
    '<button class="step__fold" type="button" tabindex="-1" aria-hidden="true" data-below="{below}"'
    ' title="Fold the {below} that grew from this"></button>'
)
INNER = (
    '{cover}{edge}<span class="step__text"><span class="step__title">{title}</span>'
    '<span class="step__note"{mark}>{pips}{note}</span></span>'
)
EDGE = (
    '<span class="step__edge" title="Grew from picture {0}">'
    '<span class="visually-hidden">from picture </span>{0}</span>'
)


@register.simple_tag
def tree_rows(rows: Iterable[Row]) -> SafeString:
    """Draw the rows, for inside the tree's list."""
    drawn = [_row(row) for row in rows]
    return mark_safe("".join(drawn))  # noqa: S308 - every text in it is escaped below


@register.simple_tag
def tree_row_news(rows: Iterable[Row]) -> SafeString:
    """Draw what is inside some rows, for htmx to put into the rows the page has."""
    drawn = [f'<a id="row-{row.place.key}" hx-swap-oob="innerHTML">{_inner(row)}</a>' for row in rows]
    return mark_safe("".join(drawn))  # noqa: S308 - every text in it is escaped below


def _row(row: Row) -> str:
    place = row.place
    tab = ' tabindex="0" aria-current="step"' if row.is_here else ' tabindex="-1"'
    return ROW.format(
        place=place,
        classes=_classes(row),
        passed="" if row.passed is None else f";--passed:{row.passed}",
        parent=f' data-parent="{place.parent}"' if place.parent else "",
        href=f' href="{escape(row.url)}"' if row.url else "",
        state=tab + (' aria-expanded="true"' if place.below else ""),
        inner=_inner(row),
        fold=FOLD.format(below=place.below) if place.below else "",
    )


def _classes(row: Row) -> str:
    states = {
        "tree-row--step": row.is_step,
        "tree-row--side": row.place.is_side,
        "tree-row--grown": row.place.parent is not None,
        "tree-row--parent": row.place.below > 0,
        "is-way": row.is_on_way,
        "is-here": row.is_here,
        "is-passed": row.passed is not None,
    }
    return "".join(f" {name}" for name, is_on in states.items() if is_on)


def _inner(row: Row) -> str:
    return INNER.format(
        cover=_cover(row),
        edge=EDGE.format(row.grew_from) if row.grew_from else "",
        title=escape(row.title),
        mark=f' data-mark="{row.mark}"' if row.is_unfinished else "",
        pips=_pips(row),
        note=escape(row.note),
    )


def _cover(row: Row) -> str:
    if row.cover:
        photo = row.cover
        return (
            f'<img class="step__picture" src="{escape(photo.grid_url)}" alt="" width="{photo.width}"'
            f' height="{photo.height}" loading="lazy" decoding="async">'
        )
    name = "alert" if row.status == "failed" else "clock" if row.is_under_way else "trash"
    return f'<span class="step__picture step__picture--none">{icon(name)}</span>'


def _pips(row: Row) -> str:
    made = row.kept + row.coming
    if not 1 < made <= PIPS:
        return ""
    return f'<span class="step__pips" style="--of:{made};--coming:{row.coming};--chosen:{row.chosen}"></span>'
