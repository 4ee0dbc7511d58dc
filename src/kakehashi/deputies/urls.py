"""The addresses of absence and deputies."""

from django.urls import path

from kakehashi.deputies import views

app_name = "deputies"
urlpatterns = [
    path("", views.deputies, name="deputies"),
    path("seats/<int:pk>/name_deputy/", views.name_deputy, name="name_deputy"),
    path("stop/", views.stop, name="stop"),
    path("<int:pk>/", views.deputy, name="deputy"),
    path("<int:pk>/act/", views.act, name="act"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
