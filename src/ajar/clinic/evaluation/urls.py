"""Addresses of the evaluation."""

from django.urls import path

from ajar.clinic.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("evaluations/", views.worklist, name="worklist"),
    path("patients/<uuid:patient_id>/evaluation/", views.evaluation_page, name="page"),
    path("patients/<uuid:patient_id>/evaluation/for/", views.choose, name="choose"),
    path("patients/<uuid:patient_id>/evaluation/record/<slug:kind>/", views.record, name="record"),
    path("patients/<uuid:patient_id>/evaluation/preview/<slug:kind>/", views.preview, name="preview"),
    path(
        "patients/<uuid:patient_id>/evaluation/take-back/<uuid:entry_id>/", views.take_back, name="take-back"
    ),
    path("patients/<uuid:patient_id>/evaluation/accept/", views.accept, name="accept"),
    path("patients/<uuid:patient_id>/evaluation/sign/", views.sign, name="sign"),
]
