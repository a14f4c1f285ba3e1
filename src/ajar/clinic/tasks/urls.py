"""Addresses of the task list."""

from django.urls import path

from ajar.clinic.tasks import views

app_name = "tasks"
urlpatterns = [
    path("tasks/", views.task_list, name="list"),
    path("tasks/<uuid:task_id>/take/", views.take, name="take"),
    path("tasks/<uuid:task_id>/close/", views.close, name="close"),
]
