"""Our own checks are checked: each rule has a line it must flag and one it must not."""

import ast
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

import pytest

import check_house
from house import anything, python, reads, templates
from repository import HOME, files

PART = PurePath("src/kakehashi/selection")
WORK = "/wo" + "rk/"

WHY = '@unscoped("a published figure")\ndef f():\n    return '
CODE = [
    (python.looks_at_the_clock, "actions.py", "move(at=at)", "move(at=timezone.now())"),
    (python.looks_at_the_clock, "rules.py", "views.today", "date.today()"),
    (python.looks_at_the_clock, "models.py", "import time", "datetime.datetime.now(UTC)"),
    (
        python.looks_at_the_clock,
        "queries/lists.py",
        "from kakehashi.kernel.clock import TOKYO",
        "from kakehashi.kernel.clock import now",
    ),
    (python.knows_the_web, "queries.py", "def f(person): ...", "def f(request): ..."),
    (
        python.knows_the_web,
        "actions.py",
        "def f(request: PlacementRequest): ...",
        "def f(request: HttpRequest): ...",
    ),
    (
        python.knows_the_web,
        "policy.py",
        "from django.http import QueryDict",
        "from django.http import HttpRequest",
    ),
    (python.marks_safe, "views.py", "format_html('{}', x)", "mark_safe(x)"),
    (python.marks_safe, "views.py", "mark_safe('<br>')", "SafeText(f'{x}')"),
    (
        python.marks_safe,
        "views.py",
        "mark_safe(x)  # noqa: S308 -- drawn by us",
        "mark_safe(y)",
    ),
    (
        python.looks_at_the_clock,
        "actions.py",
        "@job\ndef f():\n    clock.now()",
        "@atomic\ndef f():\n    clock.now()",
    ),
    (python.marks_safe, "views.py", "def f() -> SafeString: ...", "SafeString(x)"),
    (python.marks_safe, "views.py", "safestring.SafeString", "safestring.mark_safe(x)"),
    (python.prints, "queries.py", "log('x')", "print('x')"),
    (
        python.keeps_choices,
        "models.py",
        "CharField(max_length=40)",
        "CharField(choices=State)",
    ),
    (python.has_no_prose, "__init__.py", f'"""{"What it is. " * 6}"""', '"""Selection."""'),
    (
        python.gives_no_reason,
        "views.py",
        "x = 1  # noqa: X1 -- because",
        "x = 1  # " + "noqa: X1",
    ),
    (
        python.gives_no_reason,
        "views.py",
        "x = 1  # type: ignore[misc]  # because",
        "x = 1  # " + "type: ignore[misc]",
    ),
    (
        python.gives_no_reason,
        "views.py",
        "x = '# " + "noqa'",
        "x = 1  # " + "nosec",
    ),
    (
        python.gives_no_reason,
        "views.py",
        "x = 1  # pragma: no cover -- the other database",
        "x = 1  # " + "pragma: no cover",
    ),
    (python.too_long, "rules.py", "x = 1\n" * 400, "x = 1\n" * 401),
    (
        python.too_long,
        "rules.py",
        "def f():\n" + "    x = 1\n" * 39,
        "def f():\n" + "    x = 1\n" * 40,
    ),
    (reads.asks_the_database, "views.py", "queries.cases_for(p)", "Case.objects.all()"),
    (reads.asks_the_database, "forms.py", "Desk.objects.none()", "Desk.objects.all()"),
    (reads.asks_the_database, "jobs.py", f"{WHY}Case.objects.all()", "Case.objects.all()"),
    (reads.asks_the_database, "actions/release.py", "Case.objects.create()", ""),
    (
        reads.reads_unscoped,
        "queries.py",
        "seen_by(person, Case)",
        "Case.objects.filter(pk=1)",
    ),
    (
        reads.reads_unscoped,
        "figures/census.py",
        f"{WHY}Case.objects.count()",
        "@unscoped('')\ndef f():\n    return Case.objects.count()",
    ),
    (
        reads.reads_unscoped,
        "actions.py",
        "Case.objects.create(x=1)",
        "Case._default_manager.get(pk=1)",
    ),
    (reads.reads_unscoped, "imports.py", "Case.objects.bulk_create(x)", "rows = Case.objects"),
    (reads.reads_unscoped, "policy.py", "Case.objects.filter(pk=1)", ""),
]


@pytest.mark.parametrize(("rule", "name", "good", "bad"), CODE)
def test_a_rule_about_python(
    rule: Callable[..., Iterable[str]], name: str, good: str, bad: str
) -> None:
    def judge(source: str) -> list[str]:
        return list(rule(PART / name, source, ast.parse(source)))

    assert judge(good) == []
    assert len(judge(bad)) == (1 if bad else 0)


PAGES = [
    (templates.has_inline_code, '<p class="x">', '<p style="color: red">'),
    (templates.has_inline_code, "{% if a on=b %}", '<button onclick="x()">'),
    (templates.has_inline_code, '<p hx-get="/">', '<p hx-on:click="x()">'),
    (templates.has_inline_code, '<script src="/a.js"></script>', "<script>x()</script>"),
    (templates.has_inline_code, "{# <style> #}", "<style>p {}</style>"),
    (templates.is_not_trimmed, "{% blocktranslate trimmed with a=b %}", "{% blocktranslate %}"),
    (templates.is_not_trimmed, "{% blocktranslate count n=n trimmed %}", "{% blocktrans %}"),
    (templates.uses_old_words, '{% translate "Hello" %}', '{% trans "Hello" %}'),
    (templates.is_unescaped, "{{ x|safe_name }}", "{{ x|safe }}"),
    (templates.is_unescaped, "{{ x }}", "{% autoescape off %}"),
    (templates.looks_at_the_clock, "{% now_showing %}", '{% now "Y" %}'),
]


@pytest.mark.parametrize(("rule", "good", "bad"), PAGES)
def test_a_rule_about_templates(
    rule: Callable[..., Iterable[str]], good: str, bad: str
) -> None:
    page = PART / "templates" / "selection" / "page.html"

    assert list(rule(page, good)) == []
    assert len(list(rule(page, f"\n\n{bad}"))) == 1
    assert ":3: " in next(iter(rule(page, f"\n\n{bad}")))


def test_only_a_letter_may_leave_its_text_unescaped() -> None:
    letter = PART / "templates" / "letters" / "selection" / "result.en.txt"

    assert list(templates.is_unescaped(letter, "{% autoescape off %}")) == []
    assert len(list(templates.is_unescaped(letter, "{{ name|safe }}"))) == 1


@pytest.mark.parametrize(
    "bad",
    [f"cd {WORK}main", "https://py" + "pi.org/simple", "registry.npm" + "js.com"],
)
def test_a_commit_does_not_name_machines_or_package_servers(bad: str) -> None:
    assert len(list(anything.names_elsewhere(PurePath("docs/x.md"), f"first\n{bad}"))) == 1
    assert list(anything.names_elsewhere(PurePath("docs/x.md"), "framework/views")) == []


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("web/templates/a.html", '<a href="#add">', '<path fill="#0017c1">'),
        ("web/templates/a.css", "color: var(--link)", "color: #fff"),
        ("web/charts.py", '"#card"', 'INK = "#1a1a1a"'),
        ("web/static/tokens.css", "color: #fff", ""),
    ],
)
def test_colours_have_names(name: str, good: str, bad: str) -> None:
    path = PurePath("src/kakehashi") / name

    assert list(anything.paints(path, good)) == []
    assert len(list(anything.paints(path, bad))) == (1 if bad else 0)


def test_the_doors_may_look_at_the_clock_and_the_kernel_at_its_tables() -> None:
    looks, asks = "timezone.now()", "Trace.objects.all()"

    for name in ("views.py", "jobs.py", "management/commands/demo.py"):
        assert list(check_house.complaints(PART / name, looks)) == []
    assert list(check_house.complaints(PurePath("src/kakehashi/kernel/clock.py"), looks)) == []
    assert list(check_house.complaints(PurePath("src/kakehashi/kernel/trail.py"), asks)) == []


def test_a_line_that_says_why_is_let_be() -> None:
    line = "move(at=timezone.now())"
    excuse = "# house: looks_at_the_clock -- who sits where today"
    path = PART / "policy.py"

    assert len(list(check_house.complaints(path, line))) == 1
    assert list(check_house.complaints(path, f"{line}  {excuse}")) == []
    assert len(list(check_house.complaints(path, f"{line}  # house: prints -- no"))) == 1
    assert len(list(check_house.complaints(path, f"{line}  {excuse[:27]}"))) == 1


def test_the_first_line_of_a_statement_speaks_for_all_of_it() -> None:
    path, inks = PART / "charts.py", '    "#1a1a1a",\n    "#4d4d4d",\n)\n'
    excuse = "# house: paints -- the page that shows the colours"

    assert len(list(check_house.complaints(path, f"INKS = (\n{inks}"))) == 2
    assert list(check_house.complaints(path, f"INKS = (  {excuse}\n{inks}")) == []
    assert len(list(check_house.complaints(path, f"X = 1  {excuse}\nINKS = (\n{inks}"))) == 2


def test_a_house_check_that_read_nothing_is_red(tmp_path: Path) -> None:
    assert check_house.main(tmp_path) == 1


def test_a_house_with_one_bad_file_is_red(tmp_path: Path) -> None:
    part = tmp_path / PART
    part.mkdir(parents=True)
    (part / "rules.py").write_text("x = 1\n")
    assert check_house.main(tmp_path) == 0

    (part / "views.py").write_text("Case.objects.all()\n")
    assert check_house.main(tmp_path) == 1


PLANTED = {
    "actions": "move(at=timezone.now())",
    "queries": "Case.objects.filter(pk=1)",
    "policy": "def f(request): ...",
    "models": "CharField(choices=State)",
    "views": "Case.objects.all()",
    "rules": "date.today()",
}


def kind_of(path: PurePath) -> str:
    """Say what a file answers: its folder's name where that is a question, else its own."""
    return path.parent.name if path.parent.name in PLANTED else path.stem


PARTS = [
    path
    for path in files(HOME)
    if kind_of(path) in PLANTED
    and path.stem != "__init__"
    and path.suffix == ".py"
    and not {"kernel", "web"} & set(path.parts)
]


@pytest.mark.deep
@pytest.mark.parametrize("path", PARTS, ids=str)
def test_a_fault_planted_in_any_file_of_a_part_is_found(path: PurePath) -> None:
    text = (HOME / path).read_text()
    place = f"{path}:{text.count(chr(10)) + 2}: "

    found = check_house.complaints(path, f"{text}\n{PLANTED[kind_of(path)]}\n")

    assert len([line for line in found if line.startswith(place)]) == 1
