"""The directory's addresses."""

from django.urls import path

from kakehashi.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("offices/<int:pk>/", views.office, name="office"),
    path("offices/<int:pk>/open_seat/", views.open_seat, name="open_seat"),
    path("seats/<int:pk>/close_seat/", views.close_seat, name="close_seat"),
    *(
        path(f"offices/<int:pk>/{name}/", getattr(views, name), name=name)
        for name in (
            "edit_office",
            "history",
            "add_contact",
            "add_tie",
            "add_workplace",
            "set_members",
            "supervise",
            "hand_over",
            "plan_merger",
            "plan_rename",
        )
    ),
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/<int:pk>/change_contact/", views.change_contact, name="change_contact"),
    path("contacts/<int:pk>/drop_contact/", views.drop_contact, name="drop_contact"),
    path("ties/", views.ties, name="ties"),
    path("ties/<int:pk>/end_tie/", views.end_tie, name="end_tie"),
    path(
        "supervisions/<int:pk>/end_supervision/", views.end_supervision, name="end_supervision"
    ),
    path("reorganisations/", views.reorganisations, name="reorganisations"),
    path("reorganisations/<int:pk>/", views.reorganisation, name="reorganisation"),
    path(
        "reorganisations/<int:pk>/undo_reorganisation/",
        views.undo_reorganisation,
        name="undo_reorganisation",
    ),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("municipalities/", views.municipalities, name="municipalities"),
]
