"""Home's addresses."""

from django.urls import path

from kakehashi.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="today"),
    path("letters/", views.letters, name="letters"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/mark_read/", views.mark_read, name="mark_read"),
    path("letters/ways/", views.ways, name="ways"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/renew/", views.renew, name="renew"),
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.batch, name="batch"),
    path("outbox/<int:pk>/send_now/", views.send_now, name="send_now"),
    path("outbox/<int:pk>/print/", views.print_letters, name="print_letters"),
    path("outbox/letters/", views.posted, name="posted"),
    path("outbox/letters/<int:pk>/", views.post, name="post"),
    path("outbox/letters/<int:pk>/try_again/", views.try_again, name="try_again"),
    path("outbox/letters/<int:pk>/note_returned/", views.note_returned, name="note_returned"),
    path("search/", views.search, name="search"),
    path("tables/", views.tables, name="tables"),
    path("tables/sent/", views.uploads, name="uploads"),
    path("tables/sent/<int:pk>/", views.upload, name="upload"),
    path("tables/sent/<int:pk>/card/", views.upload_card, name="upload_card"),
    path("tables/sent/<int:pk>/map_headings/", views.map_headings, name="map_headings"),
    path("tables/sent/<int:pk>/write_upload/", views.write_upload, name="write_upload"),
    path("tables/sent/<int:pk>/stop_upload/", views.stop_upload, name="stop_upload"),
    path("tables/sent/<int:pk>/undo_upload/", views.undo_upload, name="undo_upload"),
    path("tables/sent/<int:pk>/throw_away/", views.throw_away, name="throw_away"),
    path("tables/sent/<int:pk>/wrong_rows/", views.wrong_rows, name="wrong_rows"),
    path("tables/<slug:kind>/template/", views.template, name="template"),
    path("tables/<slug:kind>/bring/", views.bring_table, name="bring"),
    path("tables/<slug:kind>/take/", views.take_table, name="take"),
    path("trail/", views.trail, name="trail"),
    path("trail/anchors/", views.anchors_of_the_trail, name="anchors"),
    path("trail/verify/", views.verify, name="verify"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/stop/", views.stop_job, name="stop_job"),
    path("jobs/<int:pk>/again/", views.run_again, name="run_again"),
    path("me/", views.account, name="account"),
]
