"""The demo's addresses."""

from django.urls import path

from kakehashi.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("real/", views.real, name="real"),
    path("as/<slug:slug>/", views.sign_in_as, name="sign_in_as"),
]
