"""Every address of the clinic, room by room."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from ajar.clinic.settings import ROOMS

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *(
        path("", include(f"ajar.clinic.{room}.urls"))
        for room in ROOMS
        if find_spec(f"ajar.clinic.{room}") and find_spec(f"ajar.clinic.{room}.urls")
    ),
]

handler500 = "ajar.clinic.web.broken.server_error"
