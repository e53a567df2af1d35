"""Addresses of the catalogue."""

from django.urls import path

from models_catalog import views

app_name = "models_catalog"

urlpatterns = [
    path("models/", views.model_list, name="models"),
    path("models/sync/", views.sync, name="sync"),
]
