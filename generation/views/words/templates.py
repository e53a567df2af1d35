"""The templates: the list, one with what came of it, writing one, and letting one go."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from albums.views.answers import go
from generation.forms.templates import TemplateForm
from generation.models import PromptTemplate, WordList
from generation.views.words.trying import trial_of
from generation.words import listing, templates
from generation.words.parsing import escaped
from lib import paging
from lib.htmx import render_page
from lib.toasts import toast
from photos.models import Photo
from photos.views.answers import came_from

SECTION = {"section": "templates"}
LATE = "That can no longer be undone"


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """Show one page of the templates that are wanted."""
    wanted = listing.Wanted.from_query(request.GET)
    is_more = request.htmx.target == "pager"  # type: ignore[attr-defined]
    page, used = listing.templates_page(wanted, request.GET)
    context: dict[str, object] = {
        **SECTION,
        "wanted": wanted,
        "orders": listing.ORDERS.values(),
        "page": page,
        "used": used,
        "categories": [] if is_more else templates.categories(),
        "lists": [] if is_more else WordList.objects.only("name")[:200],
        "has_any": wanted.is_narrow or PromptTemplate.objects.exists(),
    }
    return render_page(request, "generation/templates.html", context, fragment="rows" if is_more else "found")


@require_safe
def template(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a template and the pictures that were made with it, newest first."""
    shown = get_object_or_404(PromptTemplate, pk=pk)
    made = listing.made_with(shown)
    page = paging.page(made.for_grid(), request.GET, by="taken_at", size=60)
    is_more = request.htmx.target == "pager"  # type: ignore[attr-defined]
    context: dict[str, object] = {**SECTION, "template": shown, "page": page}
    if not is_more:
        context |= {
            "total": made.count(),
            "trial": trial_of(shown.prompt_text, shown.negative_prompt or "", request.GET),
        }
    return render_page(request, "generation/template.html", context, fragment="more" if is_more else "whole")


@require_http_methods(["GET", "POST"])
def new_template(request: HttpRequest) -> HttpResponse:
    """Ask for a template, which may begin with a photo's words, then keep it."""
    if request.method != "POST":
        return _edit_page(request, TemplateForm(initial=_first_words(request)), None)
    form = TemplateForm(request.POST)
    if "preview" in request.POST or not form.is_valid():
        return _edit_page(request, form, None)
    made = PromptTemplate.objects.create(**form.columns)
    toast(request, f"The template “{made.name}” is there", kind="good", icon="check")
    return redirect(made)


@require_POST
def from_request(request: HttpRequest) -> HttpResponse:
    """Ask for a template that begins with what stands in the studio's form."""
    words = {"prompt_text": request.POST.get("prompt", ""), "negative_prompt": request.POST.get("negative_prompt", "")}
    return _edit_page(request, TemplateForm(initial=words), None, action=reverse("generation:new-template"))


@require_http_methods(["GET", "POST"])
def edit_template(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a template has, then keep what was written. Pictures made before keep the text they were made with."""
    shown = get_object_or_404(PromptTemplate, pk=pk)
    form = TemplateForm(request.POST) if request.method == "POST" else TemplateForm.about(shown)
    if "preview" in request.POST or not form.is_valid():
        return _edit_page(request, form, shown)
    templates.change(shown, **form.columns)
    toast(request, "Saved", kind="good")
    return redirect(shown)


@require_POST
def favourite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a template as a favourite, or take the mark away."""
    shown = get_object_or_404(PromptTemplate, pk=pk)
    shown.is_favorite = request.POST.get("on") == "1"
    shown.save(update_fields=["is_favorite"])
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "generation/_template_mark.html", {"template": shown})
    return redirect(came_from(request))


@require_POST
def duplicate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Copy a template, and show the copy."""
    made = templates.duplicate(get_object_or_404(PromptTemplate, pk=pk))
    toast(request, f"This is “{made.name}”", icon="copy")
    return redirect("generation:edit-template", made.pk)


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a template. What was made with it stays."""
    shown = get_object_or_404(PromptTemplate, pk=pk)
    if templates.delete(pk):
        undo = reverse("generation:restore-template", args=[pk])
        toast(request, f"The template “{shown.name}” is deleted, its pictures are not", icon="trash", undo_url=undo)
    return redirect("generation:templates")


@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a deleted template back."""
    is_back = templates.restore(pk)
    shown = PromptTemplate.objects.filter(pk=pk).first()
    text = f"The template “{shown.name}” is back" if shown and is_back else LATE
    toast(request, text, icon="restore" if is_back else "alert")
    return go(request, shown.get_absolute_url() if shown else reverse("generation:templates"))


def _edit_page(
    request: HttpRequest, form: TemplateForm, template: PromptTemplate | None, action: str = ""
) -> HttpResponse:
    prompt, negative = (str(form[name].value() or "") for name in ("prompt_text", "negative_prompt"))
    context: dict[str, object] = {
        **SECTION,
        "form": form,
        "template": template,
        "action": action or request.path,
        "categories": templates.categories(),
        "trial": trial_of(prompt, negative, request.POST),
    }
    status = 422 if form.is_bound and form.errors and "preview" not in request.POST else 200
    return render_page(request, "generation/template_edit.html", context, fragment="whole", status=status)


def _first_words(request: HttpRequest) -> dict[str, str]:
    """Return the words of the photo that the address names, written so that they come out as they are."""
    pk = _id(request.GET.get("photo", ""))
    photo = Photo.objects.filter(pk=pk).first() if pk else None
    if photo is None:
        return {}
    words = photo.generation_prompt or "", photo.generation_negative_prompt or ""
    return {"prompt_text": escaped(words[0]), "negative_prompt": escaped(words[1])}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
