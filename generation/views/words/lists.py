"""The lists of words: writing one, and letting one go."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from albums.views.answers import go
from generation.forms.templates import WordListForm
from generation.models import WordList
from generation.words import importing, keeping_files, style_files
from generation.words.drawing import lines_of
from lib import clock
from lib.htmx import render_page
from lib.toasts import toast


@require_http_methods(["GET", "POST"])
def new_list(request: HttpRequest) -> HttpResponse:
    """Ask for a list, then keep it."""
    form = WordListForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form)
    made = WordList.objects.create(**form.cleaned_data)
    toast(request, f"Write __{made.name}__ where one of {len(lines_of(made.entries))} lines shall stand", kind="good")
    return redirect("generation:templates")


@require_http_methods(["GET", "POST"])
def word_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a list, then keep what was written."""
    shown = get_object_or_404(WordList, pk=pk)
    form = WordListForm(request.POST if request.method == "POST" else None, words=shown)
    if not form.is_valid():
        return _page(request, form)
    WordList.objects.filter(pk=pk).update(**form.cleaned_data, updated_at=clock.now())
    toast(request, "Saved", kind="good")
    return redirect("generation:templates")


@require_POST
def delete_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a list; what was made with it keeps the words it was made with."""
    shown = get_object_or_404(WordList, pk=pk)
    token = keeping_files.keep(style_files.write_json([], [shown]).encode())
    shown.delete()
    undo = reverse("generation:restore-word-list", args=[token])
    toast(request, f"The list “{shown.name}” is deleted", icon="trash", undo_url=undo)
    return redirect("generation:templates")


@require_POST
def restore_list(request: HttpRequest, token: str) -> HttpResponse:
    """Bring a deleted list back, unless there is another of its name by now."""
    content = keeping_files.find(token)
    is_back = content is not None and importing.take_in(style_files.read(content)).brings_something
    text = "The list is back" if is_back else "That can no longer be undone"
    toast(request, text, icon="restore" if is_back else "alert")
    return go(request, reverse("generation:templates"))


def _page(request: HttpRequest, form: WordListForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context: dict[str, object] = {"section": "templates", "form": form, "list": form.words}
    return render_page(request, "generation/word_list.html", context, fragment="whole", status=status)
