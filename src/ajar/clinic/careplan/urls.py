"""Addresses of the plan."""

from django.urls import path

from ajar.clinic.careplan import change_views, expected_views, views

app_name = "careplan"
urlpatterns = [
    path("patients/<uuid:patient_id>/plan/", views.plan, name="plan"),
    path("patients/<uuid:patient_id>/plan/expected/", expected_views.expected, name="expected"),
    path("patients/<uuid:patient_id>/plan/order/<slug:regimen_id>/", views.order, name="order"),
    path("patients/<uuid:patient_id>/plan/<uuid:session_id>/move/", views.move, name="move"),
    path("patients/<uuid:patient_id>/plan/<uuid:session_id>/call-off/", views.call_off, name="call-off"),
    path("patients/<uuid:patient_id>/plan/order/<slug:regimen_id>/rails/", views.rails, name="rails"),
    path("patients/<uuid:patient_id>/plan/<uuid:session_id>/dose/", change_views.dose, name="dose"),
    path("patients/<uuid:patient_id>/plan/<uuid:session_id>/resume/", change_views.resume, name="resume"),
    path("patients/<uuid:patient_id>/plan/add/", change_views.add, name="add"),
    path("patients/<uuid:patient_id>/plan/review/", change_views.review, name="review"),
    path("patients/<uuid:patient_id>/plan/next-step/", change_views.next_step, name="next-step"),
    path("patients/<uuid:patient_id>/plan/stop/", views.stop, name="stop"),
]
