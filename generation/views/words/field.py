"""The part of the studio's form that chooses a template, and what would be sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from generation.asking.offers import Offers
from generation.forms import RequestForm


@never_cache
@require_POST
def template_field(request: HttpRequest) -> HttpResponse:
    """Return the fields of the template that was just chosen, and what would be sent."""
    return render(request, "generation/_template_answer.html", {"form": _form(request)})


@never_cache
@require_POST
def words_preview(request: HttpRequest) -> HttpResponse:
    """Return what would be sent, for the form as it stands."""
    return render(request, "generation/_words_preview.html", {"form": _form(request)})


def _form(request: HttpRequest) -> RequestForm:
    return RequestForm(offers=Offers.now(), initial=RequestForm.values_in(request.POST))
