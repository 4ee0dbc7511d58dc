"""The councils' addresses."""

from django.urls import path

from kakehashi.councils import views

app_name = "councils"
urlpatterns = [
    path("", views.councils, name="councils"),
    path("resolutions/", views.resolutions, name="resolutions"),
    path("resolutions/adopt/", views.adopt, name="adopt"),
    path("resolutions/<int:pk>/", views.resolution, name="resolution"),
]
