"""Addresses of the part."""

from django.urls import URLPattern

app_name = "intake"
urlpatterns: list[URLPattern] = []
