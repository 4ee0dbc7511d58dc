"""Recruitment's addresses."""

from django.urls import path

from kakehashi.recruitment import views

app_name = "recruitment"
urlpatterns = [
    path("", views.applications, name="applications"),
    path("mine/", views.mine, name="mine"),
    path("start/", views.start, name="start"),
    path("paper/", views.key_paper, name="key_paper"),
    path("complete/", views.complete_many, name="complete_many"),
    path("incomplete/", views.find_incomplete_many, name="find_incomplete_many"),
    path("application/<int:pk>/", views.application, name="application"),
    path("application/<int:pk>/form/<slug:name>/", views.section, name="section"),
    path("application/<int:pk>/references/", views.ask_reference, name="ask_reference"),
    path("application/<int:pk>/submit/", views.submit, name="submit"),
    path("application/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("application/<int:pk>/complete/", views.complete, name="complete"),
    path(
        "application/<int:pk>/find_incomplete/", views.find_incomplete, name="find_incomplete"
    ),
    path(
        "application/<int:pk>/paper/<int:paper>/check/", views.check_paper, name="check_paper"
    ),
    path(
        "application/<int:pk>/paper/<int:paper>/uncheck/",
        views.uncheck_paper,
        name="uncheck_paper",
    ),
    path("references/", views.references, name="references"),
    path("reference/thanks/", views.reference_thanks, name="reference_thanks"),
    path("reference/<str:token>/", views.write_reference, name="write_reference"),
]
