"""Addresses that belong to no part of the programme."""

from django.urls import path

from kakehashi.web import views
from kakehashi.web.views import kept

app_name = "web"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("components/", views.components, name="components"),
    path("help/", views.help_page, name="help"),
    path("rows/", kept.rows, name="rows"),
    path("views/", kept.views, name="views"),
    path("views/keep/", kept.keep, name="keep_view"),
    path("views/<int:pk>/drop/", kept.drop, name="drop_view"),
    path("views/<int:pk>/default/", kept.default, name="make_default"),
]
