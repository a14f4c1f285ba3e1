"""Addresses of the quarantine."""

from django.urls import path

from ajar.clinic.gateway import views

app_name = "gateway"
urlpatterns = [
    path("quarantine/", views.held_list, name="quarantine"),
    path("quarantine/devices/", views.bind, name="bind"),
    path("quarantine/devices/<uuid:binding_id>/unbind/", views.unbind, name="unbind"),
    path("quarantine/<uuid:held_id>/", views.held_one, name="held"),
    path("quarantine/<uuid:held_id>/assign/", views.assign_one, name="assign"),
    path("quarantine/<uuid:held_id>/dismiss/", views.dismiss_one, name="dismiss"),
]
