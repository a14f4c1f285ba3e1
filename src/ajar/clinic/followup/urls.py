"""Addresses of follow-up: the chart's page, and the questionnaire by link."""

from django.urls import path

from ajar.clinic.followup import linkviews, recordviews, stopviews, views

app_name = "followup"
urlpatterns = [
    path("follow-up/", views.due, name="due"),
    path("patients/<uuid:patient_id>/follow-up/", views.follow_up, name="follow-up"),
    path("patients/<uuid:patient_id>/follow-up/record/", recordviews.choose, name="choose"),
    path(
        "patients/<uuid:patient_id>/follow-up/record/<uuid:recording_id>/",
        recordviews.recording,
        name="recording",
    ),
    path(
        "patients/<uuid:patient_id>/follow-up/record/<uuid:recording_id>/keep/", recordviews.keep, name="keep"
    ),
    path(
        "patients/<uuid:patient_id>/follow-up/record/<uuid:recording_id>/drop/", recordviews.drop, name="drop"
    ),
    path("patients/<uuid:patient_id>/follow-up/stop/", stopviews.stop, name="stop"),
    path("patients/<uuid:patient_id>/follow-up/resume/", stopviews.resume, name="resume"),
    path("patients/<uuid:patient_id>/follow-up/send/", views.send_next, name="send-next"),
    path("patients/<uuid:patient_id>/follow-up/link/", views.make_link, name="make-link"),
    path("patients/<uuid:patient_id>/follow-up/links/<uuid:invitation_id>/mail/", views.mail, name="mail"),
    path(
        "patients/<uuid:patient_id>/follow-up/links/<uuid:invitation_id>/cancel/", views.cancel, name="cancel"
    ),
    path("q/<str:token>/", linkviews.invited, name="invited"),
    path("q/<str:token>/<int:number>/", linkviews.question_page, name="question"),
    path("q/<str:token>/stop/", stopviews.stop_by_link, name="stop-by-link"),
    path("q/<str:token>/sent/", linkviews.sent, name="sent"),
]
