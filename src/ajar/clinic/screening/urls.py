"""Addresses of the quiz and of booking."""

from django.urls import path

from ajar.clinic.screening import booking_views, quiz_views

app_name = "screening"
urlpatterns = [
    path("quiz/phq-9/", quiz_views.start, name="start"),
    path("quiz/phq-9/<int:number>/", quiz_views.question, name="question"),
    path("quiz/phq-9/call-me/", quiz_views.call_me, name="call-me"),
    path("quiz/phq-9/safe-now/", quiz_views.safe_now, name="safe-now"),
    path("quiz/phq-9/result/", quiz_views.result, name="result"),
    path("book/", booking_views.times, name="times"),
    path("book/<uuid:slot_id>/keep/", booking_views.keep, name="keep"),
    path("book/<uuid:slot_id>/", booking_views.identity, name="identity"),
    path("booking/<str:token>/", booking_views.booking, name="booking"),
    path("booking/<str:token>/calendar.ics", booking_views.calendar, name="calendar-file"),
    path("booking/<str:token>/cancel/", booking_views.give_up, name="give-up"),
    path("booking/<str:token>/move/", booking_views.move, name="move"),
]
