"""Addresses about people who work here."""

from django.urls import path

from ajar.clinic.staff import views

app_name = "staff"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add, name="add"),
    path("people/<uuid:account_id>/activate/", views.activate, name="activate"),
    path("my/pin/", views.own_pin, name="own-pin"),
    path("my/site/", views.switch_site, name="switch-site"),
]
