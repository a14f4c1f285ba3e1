"""Addresses of the day, the patients and the chart's frame."""

from django.urls import path

from ajar.clinic.desk import views

app_name = "desk"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("patients/", views.patients, name="patients"),
    path("patients/new/", views.new_patient, name="new-patient"),
    path("patients/<uuid:patient_id>/", views.chart, name="chart"),
    path("patients/<uuid:patient_id>/sessions/", views.sessions, name="sessions"),
    path("patients/<uuid:patient_id>/ledger/", views.ledger, name="ledger"),
]
