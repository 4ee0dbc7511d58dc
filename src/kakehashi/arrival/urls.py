"""The addresses of the arrivals."""

from django.urls import path

from kakehashi.arrival import views

app_name = "arrival"
urlpatterns = [
    path("", views.arrivals, name="arrivals"),
    path("expect/", views.expect, name="expect"),
    path("arrive/", views.arrive_many, name="arrive_many"),
    path("<int:pk>/", views.arrival, name="arrival"),
    path("<int:pk>/arrive/", views.arrive, name="arrive"),
    path("<int:pk>/miss/", views.miss, name="miss"),
]
