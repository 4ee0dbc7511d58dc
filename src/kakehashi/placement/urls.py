"""Placement's addresses."""

from django.urls import path

from kakehashi.placement import views

app_name = "placement"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("waiting/", views.waiting, name="waiting"),
    path("mine/", views.mine, name="mine"),
    path("requests/", views.requests, name="requests"),
    path("requests/places/", views.places, name="places"),
    path("requests/draft_request/", views.draft_request, name="draft_request"),
    *(
        path(f"requests/{name}/", views.many, {"name": name}, name=name)
        for name in ("file_many", "check_many", "accept_many", "return_many", "decline_many")
    ),
    path("requests/<int:pk>/", views.request_, name="request"),
    path("requests/<int:pk>/change_request/", views.change_request, name="change_request"),
    *(
        path(f"requests/<int:pk>/{name}/", views.move, {"name": name}, name=name)
        for name in ("file", "check", "return_request", "accept", "decline_request", "withdraw")
    ),
    path("rules/", views.rules, name="rules"),
    path("weights/<int:pk>/change_weight/", views.change_weight, name="change_weight"),
    path(
        "step_times/<int:pk>/change_step_time/", views.change_step_time, name="change_step_time"
    ),
    path(
        "step_times/set_days_of_mission/", views.set_days_of_mission, name="set_days_of_mission"
    ),
    path("years/<int:year>/set_limit/", views.set_limit, name="set_limit"),
    path("years/<int:year>/set_cap/", views.set_cap, name="set_cap"),
    path("runs/start_run/", views.start_run, name="start_run"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/card/", views.card, name="card"),
    path("runs/<int:pk>/placed/", views.placed, name="placed"),
    path("runs/<int:pk>/unplaced/", views.unplaced, name="unplaced"),
    path("runs/<int:pk>/unfilled/", views.unfilled, name="unfilled"),
    path(
        "runs/<int:pk>/people/<int:application_pk>/", views.person_in_run, name="person_in_run"
    ),
    *(
        path(
            f"runs/<int:pk>/people/<int:application_pk>/{name}/",
            views.hand,
            {"name": name},
            name=name,
        )
        for name in ("pin", "ban", "swap")
    ),
    path("runs/<int:pk>/requests/<int:request_pk>/", views.seat_in_run, name="seat_in_run"),
    path("runs/<int:pk>/exceptions/", views.exceptions, name="exceptions"),
    path("runs/<int:pk>/committee/", views.committee, name="committee"),
    path("runs/<int:pk>/committee/<str:language>/", views.committee_pdf, name="committee_pdf"),
    path("runs/<int:pk>/compare/", views.compare, name="compare"),
    path("runs/<int:pk>/lock/", views.lock, name="lock"),
    path("locks/", views.locks, name="locks"),
    path("locks/lift/", views.lift, name="lift"),
    path("runs/<int:pk>/stop/", views.stop, name="stop"),
    path("runs/<int:pk>/discard/", views.discard, name="discard"),
    path("runs/<int:pk>/market.json", views.sealed, {"name": "market"}, name="market"),
    path("runs/<int:pk>/plan.json", views.sealed, {"name": "plan"}, name="plan"),
    path("runs/<int:pk>/draft_notices/", views.draft_notices, name="draft_notices"),
    path("runs/<int:pk>/notices/", views.notices, name="notices"),
    path("runs/<int:pk>/notices/<int:post>/", views.notice_letter, name="notice_letter"),
    path("runs/<int:pk>/release_run/", views.release_run, name="release_run"),
    path("runs/<int:pk>/take_back/", views.take_back, name="take_back"),
    path("placements/", views.placements, name="placements"),
    path("placements/agree_many/", views.agree_many, name="agree_many"),
    path("placements/<int:pk>/", views.placement, name="placement"),
    path("placements/<int:pk>/assign/", views.assign, name="assign"),
    path("placements/<int:pk>/agree/", views.agree, name="agree"),
    *(
        path(f"placements/<int:pk>/{name}/", views.grounded, {"name": name}, name=name)
        for name in ("object", "answer", "vacate")
    ),
    path("placements/<int:pk>/notices/<str:kind>/<str:language>/", views.notice, name="notice"),
]
