"""Addresses of the patient's screen: for staff by encounter, for the patient by signed link."""

from django.urls import path

from ajar.clinic.bedside import screen_views, views

app_name = "bedside"
ROOT = "encounters/<uuid:encounter_id>/patient-screen/"
urlpatterns = [
    path(ROOT, views.about, name="about"),
    path(f"{ROOT}link/", views.make_link, name="make-link"),
    path(f"{ROOT}here/", views.open_here, name="open-here"),
    path(f"{ROOT}close/", views.close, name="close"),
    path("screen/<str:token>/", screen_views.screen, name="screen"),
    path("screen/<str:token>/here/", screen_views.beat, name="beat"),
    path("screen/<str:token>/help/", screen_views.help_me, name="help"),
]
