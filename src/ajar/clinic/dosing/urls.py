"""Addresses of a dosing session."""

from django.urls import path

from ajar.clinic.dosing import corridor_views, rems_views, views

app_name = "dosing"
ROOT = "encounters/<uuid:encounter_id>/"
urlpatterns = [
    path("rems/certifications/", rems_views.certifications, name="certifications"),
    path("rems/certifications/record/", rems_views.certify, name="certify"),
    path("patients/<uuid:patient_id>/rems/", rems_views.enrolment, name="enrolment"),
    path("forecasts/", corridor_views.forecasts, name="forecasts"),
    path(ROOT, views.session, name="session"),
    path(f"{ROOT}corridor/", corridor_views.corridor, name="corridor"),
    path(f"{ROOT}corridor/freeze/", corridor_views.freeze, name="freeze"),
    path(f"{ROOT}arrive/", views.arrive, name="arrive"),
    path(f"{ROOT}move/", views.move, name="move"),
    path(f"{ROOT}readiness/", views.readiness, name="readiness"),
    path(f"{ROOT}accept/", views.accept, name="accept"),
    path(f"{ROOT}order/", views.order, name="order"),
    path(f"{ROOT}scan/", views.scan, name="scan"),
    path(f"{ROOT}check/", views.check, name="check"),
    path(f"{ROOT}confirm/", views.confirm, name="confirm"),
    path(f"{ROOT}start/", views.start, name="start"),
    path(f"{ROOT}device/", views.device, name="device"),
    path(f"{ROOT}inject/", views.inject, name="inject"),
    path(f"{ROOT}take/", views.take, name="take"),
    path(f"{ROOT}dispense/", views.dispense, name="dispense"),
    path(f"{ROOT}change/", views.change, name="change"),
    path(f"{ROOT}bolus/", views.bolus, name="bolus"),
    path(f"{ROOT}end/", views.end, name="end"),
    path(f"{ROOT}cancel/", views.cancel, name="cancel"),
]
