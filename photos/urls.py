"""Addresses of the library."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from photos.files import pictures
from photos.files.renditions import GRID, LARGE
from photos.views import (
    about,
    actions,
    duplicates,
    lineage,
    months,
    photo,
    saved_searches,
    searching,
    selection,
    texts,
    timeline,
    trash,
    uploads,
)


class DigestConverter(StringConverter):
    """The beginning of a checksum."""

    regex = "[0-9a-f]{12}"


register_converter(DigestConverter, "digest")

app_name = "photos"

urlpatterns = [
    path("pictures/grid/<uuid:pk>-<digest:digest>.webp", pictures.rendition, {"size": GRID}, name="grid"),
    path("pictures/large/<uuid:pk>-<digest:digest>.webp", pictures.rendition, {"size": LARGE}, name="large"),
    path("pictures/original/<uuid:pk>-<digest:digest>.<slug:extension>", pictures.original, name="original"),
    path("", timeline.timeline, name="timeline"),
    path("timeline/months/", months.months, name="months"),
    path("photos/cards/", timeline.cards, name="cards"),
    path("photos/newer/", timeline.newer, name="newer"),
    path("photos/matching/", selection.matching, name="matching"),
    path("photos/favourite/", selection.favourite_selected, name="favourite-selected"),
    path("photos/unfavourite/", selection.unfavourite_selected, name="unfavourite-selected"),
    path("photos/rate/", selection.rate_selected, name="rate-selected"),
    path("photos/tag/", selection.tag_selected, name="tag-selected"),
    path("photos/untag/", selection.untag_selected, name="untag-selected"),
    path("photos/edit/", selection.edit_selected, name="edit-selected"),
    path("photos/date/", selection.date_selected, name="date-selected"),
    path("photos/read-again/", selection.reread_selected, name="reread-selected"),
    path("photos/download/", actions.download_selected, name="download-selected"),
    path("photos/trash/", selection.trash_selected, name="trash-selected"),
    path("photos/restore/", selection.restore_selected, name="restore-selected"),
    path("photos/purge/", trash.purge_selected, name="purge-selected"),
    path("photos/undo/<uuid:pk>/", actions.undo, name="undo"),
    path("photos/actions/", actions.actions, name="actions"),
    path("photos/actions/<uuid:pk>/", actions.action, name="action"),
    path("photos/actions/<uuid:pk>/cancel/", actions.cancel, name="cancel-action"),
    path("photos/actions/<uuid:pk>/pictures.zip", actions.archive, name="archive"),
    path("photos/tags/", about.suggest_tags, name="suggest-tags"),
    path("photos/<uuid:pk>/", photo.photo, name="photo"),
    path("photos/<uuid:pk>/lineage/", lineage.strip, name="lineage"),
    path("photos/<uuid:pk>/texts/", texts.texts, name="texts"),
    path("photos/<uuid:pk>/edit/", about.edit, name="edit"),
    path("photos/<uuid:pk>/rate/", about.rate, name="rate"),
    path("photos/<uuid:pk>/tags/", about.change_tags, name="tags"),
    path("photos/<uuid:pk>/favourite/", photo.favourite, name="favourite"),
    path("photos/<uuid:pk>/trash/", photo.trash_photo, name="trash-photo"),
    path("photos/<uuid:pk>/restore/", selection.restore_one, name="restore-one"),
    path("trash/", trash.trash, name="trash"),
    path("trash/restore/", trash.restore_all, name="restore-all"),
    path("trash/empty/", trash.empty_trash, name="empty-trash"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/decide/", duplicates.decide, name="decide-duplicates"),
    path("duplicates/undo/<uuid:pk>/", duplicates.undo, name="undo-duplicates"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/known/", uploads.known, name="uploads-known"),
    path("suggest/", searching.suggest, name="suggest"),
    path("filters/", searching.panel, name="filters"),
    path("searches/", saved_searches.saved_searches, name="saved-searches"),
    path("searches/new/", saved_searches.save, name="save-search"),
    path("searches/restore/<str:token>/", saved_searches.restore, name="restore-search"),
    path("searches/<int:pk>/rename/", saved_searches.rename, name="rename-search"),
    path("searches/<int:pk>/delete/", saved_searches.delete, name="delete-search"),
]
