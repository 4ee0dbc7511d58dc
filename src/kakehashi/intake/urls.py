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
