"""The addresses of approvals and routes."""

from django.urls import path

from kakehashi.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.approvals, name="approvals"),
    path("draft/", views.draft, name="draft"),
    path("routes/", views.routes, name="routes"),
    path("routes/<int:pk>/end_route/", views.end_route, name="end_route"),
    path("offices/<int:pk>/set_route/", views.set_route, name="set_route"),
    path("<int:pk>/", views.approval, name="approval"),
    path("<int:pk>/sheet/", views.sheet, name="sheet"),
    path("<int:pk>/stamp/", views.stamp, name="stamp"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/return_paper/", views.return_paper, name="return_paper"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
