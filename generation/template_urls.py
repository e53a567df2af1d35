"""Addresses of templates and of lists of words."""

from django.urls import path

from generation.views.words import field, lists, style_files, templates, trying

urlpatterns = [
    path("", templates.template_list, name="templates"),
    path("new/", templates.new_template, name="new-template"),
    path("from-request/", templates.from_request, name="template-from-request"),
    path("try/", trying.try_out, name="try-template"),
    path("field/", field.template_field, name="template-field"),
    path("words/", field.words_preview, name="words-preview"),
    path("import/", style_files.import_templates, name="import-templates"),
    path("templates.<str:kind>", style_files.export_templates, name="export-templates"),
    path("lists/new/", lists.new_list, name="new-word-list"),
    path("lists/<uuid:pk>/", lists.word_list, name="word-list"),
    path("lists/<uuid:pk>/delete/", lists.delete_list, name="delete-word-list"),
    path("lists/restore/<str:token>/", lists.restore_list, name="restore-word-list"),
    path("<uuid:pk>/", templates.template, name="template"),
    path("<uuid:pk>/edit/", templates.edit_template, name="edit-template"),
    path("<uuid:pk>/favourite/", templates.favourite, name="favourite-template"),
    path("<uuid:pk>/duplicate/", templates.duplicate, name="duplicate-template"),
    path("<uuid:pk>/delete/", templates.delete, name="delete-template"),
    path("<uuid:pk>/restore/", templates.restore, name="restore-template"),
]
