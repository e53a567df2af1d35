"""Addresses of the owner's door and of the settings."""

from django.urls import path

from settings_app import views
from settings_app.door import views as door

app_name = "settings_app"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("welcome/", door.welcome, name="welcome"),
    path("login/", door.sign_in, name="login"),
    path("logout/", door.sign_out, name="logout"),
    path("password/", door.password, name="password"),
    path("theme/", views.switch_theme, name="switch-theme"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/reset/", views.reset_settings, name="reset"),
    path("settings/connection/", views.connection_test, name="connection"),
    path("settings/runpod-test/", views.runpod_test, name="runpod-test"),
]
