"""What the list of templates shows, and what came of one; the number of queries does not grow with either."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, QuerySet, TextField

from albums import orders
from albums.orders import Order, OrderedPage
from generation.models import PromptTemplate, StepAlternative
from photos.models import Photo
from photos.querysets import PhotoQuerySet

PAGE_SIZE = 50
CHANGED_AT, KEY = PromptTemplate._meta.get_field("updated_at"), PromptTemplate._meta.pk

BY_NAME = Order("name", "Name", {"-is_favorite": BooleanField(), "folded_name": TextField(), "pk": KEY})
CHANGED = Order("changed", "Last changed", {"-updated_at": CHANGED_AT, "-pk": KEY})
ORDERS = {order.slug: order for order in (BY_NAME, CHANGED)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to."""

    q: str = ""
    category: str = ""
    favourites: bool = False
    order: Order = BY_NAME

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "Wanted":
        """Read an address's query; nonsense narrows nothing."""
        order = ORDERS.get(query.get("by", ""), BY_NAME)
        words = " ".join(query.get("q", "").replace("\0", "").split())
        return cls(words, query.get("category", "").replace("\0", ""), query.get("favourites") == "1", order)

    def narrow(self, templates: QuerySet[PromptTemplate]) -> QuerySet[PromptTemplate]:
        """Keep what is wanted."""
        found = PromptTemplate.objects.matching(self.q).filter(pk__in=templates.values("pk")) if self.q else templates
        found = found.filter(category=self.category) if self.category else found
        return found.filter(is_favorite=True) if self.favourites else found

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.category or self.favourites)


@dataclass(frozen=True, slots=True)
class Used:
    """A template, and how many pictures were made with it."""

    template: PromptTemplate
    pictures: int


def templates_page(wanted: Wanted, query: Mapping[str, Any]) -> tuple[OrderedPage[PromptTemplate], list[Used]]:
    """Return a page of templates, and each of them with how many pictures were made with it."""
    asked = wanted.narrow(PromptTemplate.objects.all()).with_folded_names()  # type: ignore[attr-defined]
    page = orders.page(asked, wanted.order, query, size=PAGE_SIZE)
    counts = _pictures_of(page.rows)
    return page, [Used(template, counts.get(template.pk, 0)) for template in page.rows]


def made_with(template: PromptTemplate) -> PhotoQuerySet:
    """Return the pictures that were made with a template, without those in the trash."""
    made = StepAlternative.objects.filter(step__template=template.pk)
    return Photo.objects.visible().filter(pk__in=made.values("image"))


def _pictures_of(templates: list[PromptTemplate]) -> dict[UUID, int]:
    """Count for those on the page alone: counted in their query, all that are sorted would be counted."""
    made = StepAlternative.objects.filter(step__template__in=templates, image__deleted_at=None)
    return dict(made.order_by().values_list("step__template").annotate(Count("pk")))
