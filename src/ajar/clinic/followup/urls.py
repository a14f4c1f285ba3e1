"""Addresses of follow-up: the chart's page, and the questionnaire by link."""

from django.urls import path

from ajar.clinic.followup import linkviews, views

app_name = "followup"
urlpatterns = [
    path("follow-up/", views.due, name="due"),
    path("patients/<uuid:patient_id>/follow-up/", views.follow_up, name="follow-up"),
    path("patients/<uuid:patient_id>/follow-up/send/", views.send_next, name="send-next"),
    path("patients/<uuid:patient_id>/follow-up/link/", views.make_link, name="make-link"),
    path("patients/<uuid:patient_id>/follow-up/links/<uuid:invitation_id>/mail/", views.mail, name="mail"),
    path(
        "patients/<uuid:patient_id>/follow-up/links/<uuid:invitation_id>/cancel/", views.cancel, name="cancel"
    ),
    path("q/<str:token>/", linkviews.invited, name="invited"),
    path("q/<str:token>/<int:number>/", linkviews.question_page, name="question"),
    path("q/<str:token>/sent/", linkviews.sent, name="sent"),
]
