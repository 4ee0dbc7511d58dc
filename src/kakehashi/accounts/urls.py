"""The addresses of accounts."""

from django.urls import path

from kakehashi.accounts import views

app_name = "accounts"
urlpatterns = [
    path("devices/", views.devices, name="devices"),
    path("devices/others/end/", views.end_others, name="end_others"),
    path("devices/<int:pk>/end/", views.end_device, name="end_device"),
    path("presence/", views.presence, name="presence"),
    path("kept/<int:pk>/", views.kept, name="kept"),
    path("kept/<int:pk>/throw_away/", views.throw_away, name="throw_away"),
    path("rules/", views.rules, name="rules"),
    path("failures/", views.failures, name="failures"),
    path("locked/", views.locked, name="locked"),
    path("resets/", views.resets, name="resets"),
    path("resets/ask/", views.ask_reset, name="ask_reset"),
    path("resets/<int:pk>/confirm_reset/", views.confirm_reset, name="confirm_reset"),
    path("resets/<int:pk>/refuse_reset/", views.refuse_reset, name="refuse_reset"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/at/<int:pk>/invite/", views.invite, name="invite"),
    path("invitations/<int:pk>/resend/", views.resend, name="resend"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("leaving/<int:pk>/", views.leaving, name="leaving"),
    path("leaving/<int:pk>/hand_over/", views.hand_over, name="hand_over"),
    path("leaving/<int:pk>/leave/", views.leave, name="leave"),
]
