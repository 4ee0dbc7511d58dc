"""The baseline: a "hello list", the least that any list page must cost.

Session, person, and 25 rows of eight text columns of a table as large as the page's own: three
queries, Django's templates, the base layout without a menu, no count.  Its hash is kept by a test:
whoever changes it makes every earlier figure incomparable, and says so.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import engines

ROWS, COLUMNS = 25, 8
LAYOUT = """<!doctype html>
<html lang="en" data-theme="light">
<head><meta charset="utf-8"><title>Hello | Kakehashi</title>
<link rel="stylesheet" href="/static/web/kakehashi.css"></head>
<body class="k-dense"><a class="k-skip" href="#main">Skip to main content</a>
<header class="k-mast"><div class="k-wrap">{{ request.user }}</div></header>
<main id="main" tabindex="-1"><div class="k-wrap"><h1>Hello</h1>
<table class="k-table"><thead><tr>{% for name in names %}<th scope="col">{{ name }}</th>{% endfor %}
</tr></thead><tbody>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}
</tr>{% endfor %}</tbody></table></div></main>
<footer class="k-foot"></footer></body></html>"""

_tables: dict[int, type[models.Model]] = {}


def table_of(size: int) -> type[models.Model]:
    """Give a table of `size` rows of eight texts, made when it is first asked for."""
    if size not in _tables:
        columns: dict[str, Any] = {
            f"text_{number}": models.CharField(max_length=40) for number in range(COLUMNS)
        }
        meta = type("Meta", (), {"app_label": "benchmarks", "db_table": f"bench_hello_{size}"})
        body = {"__module__": __name__, "Meta": meta, **columns}
        made: type[models.Model] = type(f"Hello{size}", (models.Model,), body)
        with connection.schema_editor() as editor:
            editor.create_model(made)
        manager = made._default_manager
        texts = (
            made(**{name: f"{name} of row {number}" for name in columns})
            for number in range(size)
        )
        manager.bulk_create(texts, batch_size=500)
        _tables[size] = made
    return _tables[size]


def hello_list(request: HttpRequest, size: int) -> HttpResponse:
    """Draw the first 25 rows of a table of `size`."""
    rows = table_of(size)._default_manager.order_by("pk").values_list()[:ROWS]
    names = [f"Text {number}" for number in range(COLUMNS + 1)]
    page = engines["django"].from_string(LAYOUT)
    return HttpResponse(page.render({"rows": rows, "names": names}, request))


@login_not_required
def empty(_request: HttpRequest) -> HttpResponse:
    """Answer with nothing; a baseline dearer than twelve of these makes the run void."""
    return HttpResponse()
