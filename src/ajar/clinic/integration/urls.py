"""Addresses of integration."""

from django.urls import path

from ajar.clinic.integration import views

app_name = "integration"
urlpatterns = [
    path("patients/<uuid:patient_id>/integration/", views.sessions, name="sessions"),
    path("patients/<uuid:patient_id>/integration/new/", views.new_session, name="new"),
    path(
        "patients/<uuid:patient_id>/integration/<uuid:entry_id>/correct/", views.correct_note, name="correct"
    ),
    path(
        "patients/<uuid:patient_id>/integration/<uuid:entry_id>/private/", views.private_note, name="private"
    ),
]
