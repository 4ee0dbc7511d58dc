"""Addresses that belong to no part of the programme."""

from django.urls import path

from kakehashi.web import views

app_name = "web"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("components/", views.components, name="components"),
]
