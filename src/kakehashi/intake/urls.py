"""Intake's addresses."""

from django.urls import path

from kakehashi.intake import views

app_name = "intake"
YEAR_MOVES = ("open_year", "close_year")
PLAN_MOVES = ("submit_plan", "return_plan", "release_plan")
urlpatterns = [
    path("", views.years, name="years"),
    path("years/create_year/", views.create_year, name="create_year"),
    path("years/<int:pk>/", views.year, name="year"),
    path("years/<int:pk>/dates/", views.dates, name="dates"),
    path("years/<int:pk>/clone_year/", views.clone_year, name="clone_year"),
    path("years/<int:pk>/draft_plan/", views.draft_plan, name="draft_plan"),
    path("deadlines/<int:pk>/set_deadline/", views.set_deadline, name="set_deadline"),
    path("plans/", views.plans, name="plans"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/set_lines/", views.lines, name="set_lines"),
    path("documents/", views.documents, name="documents"),
    path("pay/", views.pay, name="pay"),
    path("pay/add_pay/", views.add_pay, name="add_pay"),
    path("pay/clone_pay/", views.clone_pay, name="clone_pay"),
    path("pay/<int:pk>/set_pay/", views.set_pay, name="set_pay"),
    path("days_off/", views.days_off, name="days_off"),
    path("days_off/<int:pk>/set_day_off/", views.set_day_off, name="set_day_off"),
    path("days_off/<int:pk>/drop_day_off/", views.drop_day_off, name="drop_day_off"),
    path("calendars/<slug:whose>/add_day_off/", views.add_day_off, name="add_day_off"),
    path("calendars/<slug:whose>/clone_days_off/", views.clone_days_off, name="clone_days_off"),
    path("glossary/", views.glossary, name="glossary"),
    *(
        path(f"years/<int:pk>/{move}/", views.move_year, {"move": move}, name=move)
        for move in YEAR_MOVES
    ),
    *(
        path(f"plans/<int:pk>/{move}/", views.move_plan, {"move": move}, name=move)
        for move in PLAN_MOVES
    ),
]
