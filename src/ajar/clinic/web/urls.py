"""Addresses of the shell: the front door and the styleguide."""

from django.urls import path

from ajar.clinic.web import portal_views, views

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
]
