"""Addresses of the plan."""

from django.urls import path

from ajar.clinic.careplan import expected_views, views

app_name = "careplan"
urlpatterns = [
    path("patients/<uuid:patient_id>/plan/", views.plan, name="plan"),
    path("patients/<uuid:patient_id>/plan/expected/", expected_views.expected, name="expected"),
    path("patients/<uuid:patient_id>/plan/order/<slug:regimen_id>/", views.order, name="order"),
    path("patients/<uuid:patient_id>/plan/<uuid:session_id>/move/", views.move, name="move"),
    path("patients/<uuid:patient_id>/plan/<uuid:session_id>/call-off/", views.call_off, name="call-off"),
    path("patients/<uuid:patient_id>/plan/stop/", views.stop, name="stop"),
]
