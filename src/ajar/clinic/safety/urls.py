"""Addresses of the safety room."""

from django.urls import path

from ajar.clinic.safety import views

app_name = "safety"
SESSION = "encounters/<uuid:encounter_id>/adverse-events/"
PATIENT = "patients/<uuid:patient_id>/adverse-events/"
urlpatterns = [
    path(SESSION, views.session, name="session"),
    path(f"{SESSION}record/", views.record, name="record"),
    path(PATIENT, views.patient, name="patient"),
    path(f"{PATIENT}record/", views.record_between, name="record-between"),
    path(f"{PATIENT}<uuid:entry_id>/", views.update, name="update"),
    path("paperwork/rems/sites/", views.sites, name="sites"),
    path("paperwork/rems/sites/<slug:slug>/", views.change_site, name="change-site"),
]
