"""Addresses of the board, the flowsheet and what is recorded beside the drug."""

from django.urls import path

from ajar.clinic.monitoring import replay_views, views

app_name = "monitoring"
ROOT = "encounters/<uuid:encounter_id>/"
urlpatterns = [
    path("board/", views.board_here, name="board-here"),
    path("board/<slug:slug>/", views.board, name="board"),
    path("board/<slug:slug>/<uuid:room_id>/", views.tile, name="tile"),
    path(f"{ROOT}flowsheet/", views.flowsheet, name="flowsheet"),
    path(f"{ROOT}replay/", replay_views.replay, name="replay"),
    path(f"{ROOT}alarms/", views.alarms, name="alarms"),
    path(f"{ROOT}vitals/", views.record_vitals, name="vitals"),
    path(f"{ROOT}sedation/", views.rate_sedation, name="sedation"),
    path(f"{ROOT}dissociation/", views.rate_dissociation, name="dissociation"),
    path(f"{ROOT}events/", views.note_event, name="event"),
    path(f"{ROOT}alarms/handle/", views.handle_alarm, name="handle-alarm"),
    path(f"{ROOT}correct/<uuid:entry_id>/", views.correct, name="correct"),
    path(f"{ROOT}correct/<uuid:entry_id>/take-back/", views.take_back, name="take-back"),
]
