"""Addresses of the board, the flowsheet and what is recorded beside the drug."""

from django.urls import path

from ajar.clinic.monitoring import floor_views, replay_views, views

app_name = "monitoring"
ROOT = "encounters/<uuid:encounter_id>/"
urlpatterns = [
    path("board/", views.board_here, name="board-here"),
    path("board/<slug:slug>/", views.board, name="board"),
    path("board/<slug:slug>/<uuid:room_id>/", views.tile, name="tile"),
    path("board/<slug:slug>/<uuid:room_id>/record/", floor_views.from_tile, name="from-tile"),
    path("board/<slug:slug>/pause/", floor_views.pause, name="pause"),
    path("rooms/", floor_views.rooms_here, name="rooms-here"),
    path("rooms/<slug:slug>/", floor_views.room_names, name="room-names"),
    path("board/<slug:slug>/hand-over/", floor_views.hand_over, name="hand-over"),
    path(
        "board/<slug:slug>/hand-over/<uuid:hand_over_id>/accept/", floor_views.accept, name="accept-hand-over"
    ),
    path("alarm-load/", floor_views.alarm_load, name="alarm-load"),
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
