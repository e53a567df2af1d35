"""Sessions, steps, alternatives and templates in the admin. States move only by the operations the pages use."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.utils.html import format_html
from django.utils.safestring import SafeString

from generation.asking import starting
from generation.models import Adoption, GenerationSession, GenerationStep, PromptTemplate, StepAlternative, WordList
from generation.running import cancelling
from generation.sessions import life
from generation.words.drawing import lines_of
from lib import clock
from photos.models import Photo


def thumbnail_of(photo: Photo | None) -> SafeString | str:
    """Show a small picture, or a dash while there is none."""
    if photo is None or not photo.local_thumbnail_path:
        return "–"
    return format_html('<img src="{}" alt="{}" height="48" loading="lazy">', photo.grid_url, photo.alt)


class RecordedOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that come of work, and are not written by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Start work in the studio."""
        return False


@admin.register(GenerationSession)
class SessionAdmin(RecordedOnly):
    """Sessions with the number of their steps."""

    list_display = ("__str__", "entry_type", "status", "step_count", "last_active_at", "started_at", "completed_at")
    list_filter = ("status", "entry_type")
    search_fields = ("id", "name", "steps__prompt")
    search_help_text = "Name, id, or the prompt of a step"
    date_hierarchy = "started_at"
    raw_id_fields = ("source_image",)
    readonly_fields = ("id", "entry_type", "status", "started_at", "completed_at", "last_active_at")
    actions = ("complete", "abandon", "reopen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[GenerationSession]:
        """Count in the same query."""
        sessions: QuerySet[GenerationSession] = super().get_queryset(request)
        return sessions.annotate(step_count=Count("steps"))

    @admin.display(description="steps", ordering="step_count")
    def step_count(self, session: GenerationSession) -> int:
        """Show how many steps it has."""
        count: int = session.step_count  # type: ignore[attr-defined]
        return count

    @admin.action(description="Complete selected sessions")
    def complete(self, request: HttpRequest, sessions: QuerySet[GenerationSession]) -> None:
        """End them as done."""
        self._move(request, sessions, life.complete, "completed")

    @admin.action(description="Abandon selected sessions")
    def abandon(self, request: HttpRequest, sessions: QuerySet[GenerationSession]) -> None:
        """End those that led nowhere."""
        self._move(request, sessions, life.abandon, "abandoned")

    @admin.action(description="Open selected sessions again")
    def reopen(self, request: HttpRequest, sessions: QuerySet[GenerationSession]) -> None:
        """Go on with those that had ended."""
        self._move(request, sessions, life.reopen, "opened again")

    def _move(
        self,
        request: HttpRequest,
        sessions: QuerySet[GenerationSession],
        act: Callable[[UUID], bool],
        what: str,
    ) -> None:
        done = sum(act(session.pk) for session in sessions)
        sentence = f"{done} session{pluralize(done)} {what}; what stood otherwise was left alone."
        self.message_user(request, sentence, messages.SUCCESS)


@admin.register(GenerationStep)
class StepAdmin(RecordedOnly):
    """Steps: what was asked, how it stands, what came of it."""

    list_display = (
        "__str__", "picture", "status", "outcome", "batch_size", "images_retrieved", "images_pending", "images_failed",
        "attempts", "created_at",
    )  # fmt: skip
    list_filter = ("status", "outcome", "server")
    list_select_related = ("selected_image",)
    search_fields = ("id", "prompt", "negative_prompt", "batch_id", "correlation_id", "model_key")
    search_help_text = "Prompt, or an id"
    date_hierarchy = "created_at"
    actions = ("cancel", "send_again")

    def get_readonly_fields(self, request: HttpRequest, obj: GenerationStep | None = None) -> list[str]:
        """Everything: a step is a record of what was asked and what came."""
        return [field.name for field in GenerationStep._meta.fields]

    @admin.display(description="chosen")
    def picture(self, step: GenerationStep) -> SafeString | str:
        """Show the picture that was chosen."""
        return thumbnail_of(step.selected_image)

    @admin.action(description="Cancel selected steps")
    def cancel(self, request: HttpRequest, steps: QuerySet[GenerationStep]) -> None:
        """Stop those under way; what is finished is kept."""
        done = sum(cancelling.cancel(step.pk) for step in steps)
        self._tell(request, f"{done} step{pluralize(done)} cancelled; what had ended was left alone.")

    @admin.action(description="Send selected failed steps again")
    def send_again(self, request: HttpRequest, steps: QuerySet[GenerationStep]) -> None:
        """Send anew what failed."""
        done = sum(starting.send_again(step.pk) for step in steps)
        self._tell(request, f"{done} step{pluralize(done)} sent again; what had not failed was left alone.")

    def _tell(self, request: HttpRequest, sentence: str) -> None:
        self.message_user(request, sentence, messages.SUCCESS)


@admin.register(StepAlternative)
class AlternativeAdmin(RecordedOnly):
    """Which pictures came of which step."""

    list_display = ("picture", "step", "image", "selected", "created_at")
    list_filter = ("selected",)
    list_select_related = ("step", "image")
    search_fields = ("step__prompt", "image__original_name", "image__invoke_id")
    search_help_text = "Prompt, or a name of the picture"
    readonly_fields = ("step", "image", "selected", "created_at")

    @admin.display(description="picture")
    def picture(self, alternative: StepAlternative) -> SafeString | str:
        """Show it."""
        return thumbnail_of(alternative.image)


@admin.register(PromptTemplate)
class TemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Templates, with how often each was used."""

    list_display = ("name", "category", "is_favorite", "step_count", "updated_at")
    list_filter = ("is_favorite", "category")
    list_editable = ("is_favorite",)
    search_fields = ("name", "description", "prompt_text", "negative_prompt", "category")
    search_help_text = "Name, words or category"
    readonly_fields = ("id", "created_at", "updated_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PromptTemplate]:
        """Count in the same query."""
        templates: QuerySet[PromptTemplate] = super().get_queryset(request)
        return templates.annotate(step_count=Count("steps"))

    @admin.display(description="steps", ordering="step_count")
    def step_count(self, template: PromptTemplate) -> int:
        """Show how many steps were made with it."""
        count: int = template.step_count  # type: ignore[attr-defined]
        return count

    def save_model(self, request: HttpRequest, obj: PromptTemplate, *args: Any) -> None:
        """Save, with the time of the change."""
        obj.updated_at = clock.now()
        super().save_model(request, obj, *args)


@admin.register(WordList)
class WordListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Lists of words; written on their page, where each line is looked at."""

    list_display = ("name", "line_count", "updated_at")
    search_fields = ("name", "entries")
    search_help_text = "Name, or a word of it"
    readonly_fields = ("id", "name", "entries", "created_at", "updated_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Write lists on the page of templates."""
        return False

    @admin.display(description="lines")
    def line_count(self, words: WordList) -> int:
        """Show how much there is to draw from."""
        return len(lines_of(words.entries))


@admin.register(Adoption)
class AdoptionAdmin(RecordedOnly):
    """What was brought in from which server."""

    list_display = ("server", "state", "seen", "total", "added", "created_at", "ended_at")
    list_filter = ("state",)
    search_fields = ("server",)
    readonly_fields = (
        "id",
        "server",
        "state",
        "total",
        "seen",
        "added",
        "offset",
        "error",
        "lease_until",
        "created_at",
        "ended_at",
    )
