"""The addresses of the yearbook."""

from django.urls import path

from kakehashi.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.yearbook, name="yearbook"),
    path("annual.csv", views.annual_csv, name="annual_csv"),
    path("censuses/", views.censuses, name="censuses"),
    path("take/", views.take_census, name="take_census"),
    path("<int:pk>/", views.census, name="census"),
    path("<int:pk>/all/", views.all_tables, name="all_tables"),
    path("<int:pk>/<slug:name>.csv", views.table_csv, name="table_csv"),
]
