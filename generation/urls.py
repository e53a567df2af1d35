"""Addresses of the studio and of the activity page."""

from django.urls import include, path

from generation.views import (
    activity,
    adopting,
    again,
    choosing,
    comparing,
    keeping,
    masks,
    panels,
    requests,
    sessions,
    steps,
    studio,
    sweeps,
    tree,
)

app_name = "generation"

urlpatterns = [
    path("generate/", sessions.session_list, name="sessions"),
    path("generate/new/", requests.new_session, name="new-session"),
    path("generate/adopt/", adopting.adopt, name="adopt"),
    path("generate/adopt/<uuid:pk>/cancel/", adopting.cancel, name="cancel-adoption"),
    path("generate/fields/", requests.request_fields, name="request-fields"),
    path("generate/masks/", masks.keep, name="keep-mask"),
    path("generate/masks/<slug:digest>.png", masks.mask, name="mask"),
    path("generate/server/", panels.server_state, name="server"),
    path("generate/for-photo/<uuid:pk>/", panels.for_photo, name="for-photo"),
    path("generate/<uuid:pk>/", studio.session, name="session"),
    path("generate/compare/", comparing.compare, name="compare"),
    path("generate/compare/<uuid:pk>/choose/", comparing.choose, name="choose-beside"),
    path("generate/steps/<uuid:pk>/keep/", keeping.keep, name="keep-path"),
    path("generate/<uuid:pk>/tree/", tree.news, name="tree"),
    path("generate/<uuid:pk>/sweeps/<uuid:sweep>/", sweeps.sweep, name="sweep"),
    path("generate/<uuid:pk>/sweeps/<uuid:sweep>/cancel/", sweeps.cancel, name="cancel-sweep"),
    path("generate/<uuid:pk>/sweeps/<uuid:sweep>/choose/<uuid:image>/", sweeps.choose, name="choose-in-sweep"),
    path("generate/<uuid:pk>/request/", requests.new_step, name="new-step"),
    path("generate/server/resume/", panels.resume_queue, name="resume-queue"),
    path("generate/steps/<uuid:pk>/", steps.step, name="step"),
    path("generate/steps/<uuid:pk>/progress/", steps.step_progress, name="step-progress"),
    path("generate/steps/<uuid:pk>/preview/", steps.preview, name="step-preview"),
    path("generate/steps/<uuid:pk>/cancel/", steps.cancel, name="cancel-step"),
    path("generate/steps/<uuid:pk>/items/<int:item>/cancel/", steps.skip_picture, name="skip-picture"),
    path("generate/steps/<uuid:pk>/retry/", steps.retry, name="retry-step"),
    path("generate/steps/<uuid:pk>/smaller/", steps.retry_smaller, name="retry-smaller"),
    path("generate/steps/<uuid:pk>/again/", again.again, name="again"),
    path("generate/steps/<uuid:pk>/again/<uuid:image>/", again.repetition, name="repetition"),
    path("generate/steps/<uuid:pk>/choose/<uuid:image>/", choosing.choose, name="choose"),
    path("templates/", include("generation.template_urls")),
    path("activity/", activity.activity, name="activity"),
    path("activity/count/", activity.count, name="activity-count"),
    path("activity/retrievals/<uuid:pk>/retry/", activity.retry_retrieval, name="retry-retrieval"),
    path("activity/retrievals/<uuid:pk>/give-up/", activity.give_up_retrieval, name="give-up-retrieval"),
]
