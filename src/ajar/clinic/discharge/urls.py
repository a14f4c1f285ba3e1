"""Addresses of going home."""

from django.urls import path

from ajar.clinic.discharge import views

app_name = "discharge"
ROOT = "encounters/<uuid:encounter_id>/discharge/"
urlpatterns = [
    path(ROOT, views.assess, name="assess"),
    path(f"{ROOT}criteria/", views.criteria, name="criteria"),
    path(f"{ROOT}record/", views.record, name="record"),
    path(f"{ROOT}confirm/", views.confirm, name="confirm"),
    path(f"{ROOT}lose/", views.lose, name="lose"),
    path(f"{ROOT}release/", views.release, name="release"),
    path(f"{ROOT}leave/", views.leave, name="leave"),
    path(f"{ROOT}give/", views.give, name="give"),
    path(f"{ROOT}instructions/", views.instructions, name="instructions"),
]
