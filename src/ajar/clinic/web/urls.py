"""Addresses of the shell: the front door and the styleguide."""

from django.urls import path

from ajar.clinic.web import home_session_views, portal_views, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("how-it-works/", views.how_it_works, name="how-it-works"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("me/", portal_views.home, name="me"),
    path("me/scores/", portal_views.scores, name="my-scores"),
    path("me/notes/", portal_views.notes, name="my-notes"),
    path("me/instructions/<uuid:encounter_id>/", portal_views.instructions, name="my-instructions"),
    path("me/questionnaire/", portal_views.answer, name="my-questionnaire"),
    path("me/home-session/", home_session_views.home_session, name="home-session"),
    path("me/home-session/state/", home_session_views.state, name="home-state"),
    path("me/home-session/values/", home_session_views.send_vitals, name="home-vitals"),
    path("me/home-session/with-me/", home_session_views.send_attestation, name="home-attest"),
    path("me/home-session/well/", home_session_views.send_check, name="home-check"),
    path("me/home-session/help/", home_session_views.send_help, name="home-help"),
]
