"""The addresses of one's own data and of the privacy notice."""

from django.urls import path

from kakehashi.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.my_data, name="my_data"),
    path("notice/", views.notice, name="notice"),
    path("notice/read/", views.read_notice, name="read_notice"),
    path("copies/ask/", views.ask_for_copy, name="ask_for_copy"),
    path("copies/<int:pk>/", views.copy, name="copy"),
    path("held/<slug:holding>/<int:pk>/<slug:field>/", views.ask, name="ask"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
    path("corrections/<int:pk>/accept/", views.accept, name="accept"),
    path("corrections/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("corrections/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
