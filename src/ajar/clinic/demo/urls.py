"""Addresses of the one-click sign-ins."""

from django.urls import path

from ajar.clinic.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.choose, name="choose"),
    path("demo/enter/<uuid:account_id>/", views.enter, name="enter"),
]
