"""The addresses of appointments."""

from django.urls import path

from kakehashi.appointment import views

app_name = "appointment"
urlpatterns = [
    path("", views.appointments, name="appointments"),
    path("mine/", views.mine, name="mine"),
    path("<int:pk>/", views.appointment, name="appointment"),
    path("<int:pk>/notice.<str:language>.pdf", views.notice, name="notice"),
    path("<int:pk>/give-notice/", views.give_notice, name="give_notice"),
    path("<int:pk>/end-early/", views.end_early, name="end_early"),
    path("<int:pk>/complete/", views.complete, name="complete"),
    path("organisations/<int:pk>/supervisors/", views.supervisors, name="supervisors"),
    path(
        "organisations/<int:pk>/supervisors/<int:seat>/relieve/",
        views.relieve_supervisor,
        name="relieve_supervisor",
    ),
]
