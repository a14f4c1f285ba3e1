"""Addresses of consent."""

from django.urls import path

from ajar.clinic.consent import views

app_name = "consent"
ROOT = "patients/<uuid:patient_id>/consent/"
ONE = f"{ROOT}<slug:document_id>/"
urlpatterns = [
    path(ROOT, views.overview, name="overview"),
    path(f"{ROOT}signed/<uuid:entry_id>/", views.signed_copy, name="copy"),
    path(f"{ONE}sign/", views.sign, name="sign"),
    path(f"{ONE}hand-over/", views.hand_over, name="hand-over"),
    path(f"{ONE}thank-you/", views.thank_you, name="thank-you"),
    path(f"{ONE}countersign/", views.countersign, name="countersign"),
    path(f"{ONE}withdraw/", views.withdraw, name="withdraw"),
    path(f"{ONE}record-withdrawal/", views.record_withdrawal, name="record-withdrawal"),
]
