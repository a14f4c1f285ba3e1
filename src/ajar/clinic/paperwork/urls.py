"""Addresses of the paperwork."""

from django.urls import path

from ajar.clinic.paperwork import views

app_name = "paperwork"
urlpatterns = [
    path("encounters/<uuid:encounter_id>/note/", views.note, name="note"),
    path("encounters/<uuid:encounter_id>/note/sign/", views.sign, name="sign"),
    path("encounters/<uuid:encounter_id>/rems/", views.rems, name="rems"),
    path("encounters/<uuid:encounter_id>/rems/answers/", views.answers, name="answers"),
    path("encounters/<uuid:encounter_id>/rems/filed/", views.filed, name="filed"),
    path("paperwork/rems/", views.due, name="due"),
]
