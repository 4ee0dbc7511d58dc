"""Selection's addresses."""

from django.urls import path

from kakehashi.selection import views

app_name = "selection"
urlpatterns = [
    path("reading/", views.reading, name="reading"),
    path("reading/next/", views.next_reading, name="next_reading"),
    path("reading/<int:pk>/", views.screening, name="screening"),
    path("reading/<int:pk>/open_copy/", views.open_copy, name="open_copy"),
    path("reading/<int:pk>/score/", views.score, name="score"),
    path("reading/<int:pk>/declare_conflict/", views.declare_conflict, name="declare_conflict"),
    path("readings/", views.readings, name="readings"),
    path("interviews/", views.interviews, name="interviews"),
    path("interviews/<int:pk>/", views.interview, name="interview"),
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/open_round/", views.open_round, name="open_round"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/assign/", views.assign, name="assign"),
    path("rounds/<int:pk>/decide/", views.decide, name="decide"),
    path("rounds/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("rounds/<int:pk>/draft_results/", views.draft_results, name="draft_results"),
    path("rounds/<int:pk>/letters/", views.letters, name="letters"),
    path("rounds/<int:pk>/letters/<int:letter>/", views.letter, name="letter"),
    path("rounds/<int:pk>/release/", views.release, name="release"),
    path("rounds/<int:pk>/take_back/", views.take_back, name="take_back"),
    path("results/", views.results, name="results"),
    path("results/accept_many/", views.accept_many, name="accept_many"),
    path("results/<int:pk>/", views.result, name="result"),
    path("results/<int:pk>/accept/", views.accept, name="accept"),
    path("results/<int:pk>/decline/", views.decline, name="decline"),
]
