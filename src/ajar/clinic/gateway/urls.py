"""Addresses of the quarantine, of devices, and where devices post FHIR."""

from django.urls import path

from ajar.clinic.gateway import clock_views, fhir_views, views

app_name = "gateway"
urlpatterns = [
    path("quarantine/", views.held_list, name="quarantine"),
    path("quarantine/keys/", fhir_views.keys, name="keys"),
    path("quarantine/keys/<uuid:key_id>/revoke/", fhir_views.revoke, name="revoke"),
    path("board/<slug:slug>/devices/", views.troubles, name="troubles"),
    path("board/<slug:slug>/clock/", clock_views.clock_page, name="clock"),
    path("fhir/", fhir_views.observation, name="fhir"),
    path("fhir/Observation", fhir_views.observation, name="fhir-observation"),
    path("quarantine/devices/", views.bind, name="bind"),
    path("quarantine/devices/<uuid:binding_id>/unbind/", views.unbind, name="unbind"),
    path("quarantine/<uuid:held_id>/", views.held_one, name="held"),
    path("quarantine/<uuid:held_id>/assign/", views.assign_one, name="assign"),
    path("quarantine/<uuid:held_id>/dismiss/", views.dismiss_one, name="dismiss"),
]
