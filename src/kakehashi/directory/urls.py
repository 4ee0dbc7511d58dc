"""The directory's addresses."""

from django.urls import path

from kakehashi.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("offices/<int:pk>/", views.office, name="office"),
    path("offices/<int:pk>/open_seat/", views.open_seat, name="open_seat"),
    path("seats/<int:pk>/close_seat/", views.close_seat, name="close_seat"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("municipalities/", views.municipalities, name="municipalities"),
]
