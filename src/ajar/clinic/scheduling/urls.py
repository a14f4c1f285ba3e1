"""Addresses of the staff calendar."""

from django.urls import path

from ajar.clinic.scheduling import views

app_name = "scheduling"
urlpatterns = [path("calendar/", views.calendar, name="calendar")]
