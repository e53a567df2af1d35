"""Templates as files: taking one in, after a look at what it would bring, and giving all of them out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_http_methods, require_safe

from generation.forms.templates import StyleFileForm
from generation.models import PromptTemplate, WordList
from generation.words import importing, keeping_files, style_files
from generation.words.importing import Plan
from generation.words.style_files import StyleFile, UnreadableFile
from lib.htmx import render_page
from lib.toasts import toast

PAGE = "generation/template_import.html"


@require_http_methods(["GET", "POST"])
def import_templates(request: HttpRequest) -> HttpResponse:
    """Ask for a file, show what it would bring, then take it in."""
    if request.method != "POST":
        return _page(request, {"form": StyleFileForm()})
    return _take_in(request) if "token" in request.POST else _look_at(request)


@require_safe
def export_templates(request: HttpRequest, kind: str) -> HttpResponse:
    """Return every template as a file."""
    if kind not in style_files.TYPES:
        raise Http404("There is no such kind of file.")
    templates = PromptTemplate.objects.order_by("name", "pk")
    is_ours = kind == "json"
    text = style_files.write_json(templates, WordList.objects.all()) if is_ours else style_files.write_csv(templates)
    response = HttpResponse(text, content_type=f"{style_files.TYPES[kind]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="templates.{kind}"'
    return response


def _look_at(request: HttpRequest) -> HttpResponse:
    form = StyleFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, {"form": form}, status=422)
    sent = form.cleaned_data["file"]
    content = sent.read(style_files.LARGEST_FILE + 1)
    try:
        found = _read(content, sent.name)
    except UnreadableFile as fault:
        form.add_error("file", str(fault))
        return _page(request, {"form": form}, status=422)
    plan = importing.plan(found)
    token = keeping_files.keep(_kept(content, found)) if plan.brings_something else ""
    return _page(request, {"plan": plan, "token": token, "file_name": sent.name, "counted": _counted(plan)})


def _read(content: bytes, name: str) -> StyleFile:
    is_list = name.casefold().endswith(".txt")
    return style_files.read_list(content, name) if is_list else style_files.read(content)


def _kept(content: bytes, found: StyleFile) -> bytes:
    """Return what is kept until it is taken in: of a list of words our own form of it, which holds its name."""
    if found.rows:
        return content
    lists = [WordList(name=name, entries=text) for name, text in found.lists.items()]
    return style_files.write_json([], lists).encode()


def _take_in(request: HttpRequest) -> HttpResponse:
    content = keeping_files.find(request.POST["token"])
    if content is None:
        form = StyleFileForm({})
        form.add_error("file", "That took too long. Choose the file again.")
        return _page(request, {"form": form}, status=422)
    plan = importing.take_in(style_files.read(content))
    toast(request, f"{_counted(plan)} added", kind="good")
    return redirect("generation:templates")


def _counted(plan: Plan) -> str:
    """Say how much is new, in a few words."""
    counts = {"template": len(plan.new), "list": len(plan.lists)}
    return " and ".join(f"{count} {what}{pluralize(count)}" for what, count in counts.items() if count)


def _page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return render_page(request, PAGE, {"section": "templates", **context}, fragment="whole", status=status)
