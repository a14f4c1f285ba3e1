"""Addresses of maintenance."""

from django.urls import path

from ajar.clinic.maintenance import views

app_name = "maintenance"
urlpatterns = [
    path("maintenance/", views.boosters, name="worklist"),
    path("maintenance/open-tasks/", views.open_tasks, name="open-tasks"),
    path("patients/<uuid:patient_id>/maintenance/", views.next_dose, name="patient"),
    path("patients/<uuid:patient_id>/maintenance/watch/", views.prompts, name="watch"),
    path("patients/<uuid:patient_id>/maintenance/check/", views.check, name="check"),
    path("patients/<uuid:patient_id>/maintenance/sign/", views.sign, name="sign"),
    path("patients/<uuid:patient_id>/maintenance/interval/", views.interval, name="interval"),
    path("patients/<uuid:patient_id>/maintenance/stop/", views.stop, name="stop"),
]
