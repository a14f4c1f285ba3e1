"""Addresses of the rulebook and of the clinic's configuration."""

from django.urls import path

from ajar.clinic.governance import rulebook_views, views

app_name = "governance"
urlpatterns = [
    path("rulebook/", rulebook_views.rulebook, name="rulebook"),
    path("rulebook/changes/", rulebook_views.changes, name="changes"),
    path("rulebook/area/<slug:slug>/", rulebook_views.area, name="area"),
    path("rulebook/configuration/", views.configuration, name="configuration"),
    path("rulebook/configuration/check/", views.check, name="check"),
    path("rulebook/configuration/sign/", views.sign, name="sign"),
    path("rulebook/configuration/defaults.toml", views.defaults, name="defaults"),
    path("rulebook/configuration/signed/<int:number>.toml", views.signed_file, name="signed-file"),
]
