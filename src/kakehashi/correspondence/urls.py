"""The register's addresses."""

from django.urls import path

from kakehashi.correspondence import views

app_name = "correspondence"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("register/", views.register, name="register"),
    path("draft/", views.draft, name="draft"),
    path("numbering/", views.numbering, name="numbering"),
    path("<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/attach/", views.attach, name="attach"),
    path("<int:pk>/send/", views.send, name="send"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
]
