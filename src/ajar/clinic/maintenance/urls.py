"""Addresses of maintenance."""

from django.urls import path

from ajar.clinic.maintenance import views

app_name = "maintenance"
urlpatterns = [
    path("maintenance/", views.boosters, name="worklist"),
    path("patients/<uuid:patient_id>/maintenance/", views.next_dose, name="patient"),
]
