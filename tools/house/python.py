"""Rules about Python: size, who asks the database, who looks at the clock, what a reason is."""

import ast
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import PurePath

from house.place import INSIDE, kind, of_the_programme, part

LONGEST_FILE, LONGEST_FUNCTION = 400, 40
SHORTEST_PROSE = 50  # characters: one honest sentence about what the part is
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}
CLOCKMAKERS = {"timezone", "datetime", "date", "dt", "clock"}
MAY_SEE_THE_CLOCK = {"views", "api", "jobs", "management"}
MARKERS = {"mark_safe", "SafeString", "SafeText"}
NO_WEB_HERE = {"queries", "actions", "policy", "rules", "models", "lifecycle", "figures"}
REASONED = [
    (
        re.compile(r"#\s*noqa\b"),
        re.compile(r"#\s*noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* -- \S"),
        "write `# noqa: CODE -- reason`",
    ),
    (
        re.compile(r"#\s*type:\s*ignore"),
        re.compile(r"#\s*type: ignore\[[\w-]+(, ?[\w-]+)*\]\s+# \S"),
        "write `# type: ignore[code]  # reason`",
    ),
    (
        re.compile(r"#\s*nosec\b"),
        re.compile(r"#\s*nosec B\d+ -- \S"),
        "write `# nosec CODE -- reason`",
    ),
    (
        re.compile(r"#\s*pragma:\s*no cover"),
        re.compile(r"#\s*pragma: no cover -- \S"),
        "write `# pragma: no cover -- reason`",
    ),
]


def too_long(path: PurePath, text: str, tree: ast.Module) -> Iterator[str]:
    """A file fits in one sitting and a function on one screen."""
    if "migrations" in path.parts:
        return
    if (lines := text.count("\n")) > LONGEST_FILE:
        yield f"{path}: {lines} lines; turn it into a package of the same name"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} is {lines} lines; name its parts"


def looks_at_the_clock(path: PurePath, _text: str, tree: ast.Module) -> Iterator[str]:
    """Time is handed in; only the doors (views, api, jobs, commands) look at the clock."""
    own_clock = (part(path), kind(path)) in {("kernel", "clock"), ("kernel", "daily")}
    if not of_the_programme(path) or own_clock or kind(path) in MAY_SEE_THE_CLOCK:
        return
    for node in _outside_jobs(tree):
        if isinstance(node, ast.Attribute):
            owner, taken = _last_name(node.value), {node.attr}
        elif isinstance(node, ast.ImportFrom):
            owner, taken = (
                (node.module or "").split(".")[-1],
                {name.name for name in node.names},
            )
        else:
            continue
        if (owner in CLOCKMAKERS and taken & CLOCKS) or (owner == "time" and "time" in taken):
            yield f"{path}:{node.lineno}: take `at` as an argument instead of the clock"


def knows_the_web(path: PurePath, _text: str, tree: ast.Module) -> Iterator[str]:
    """Below the doors nobody has heard of a web request; they are told who asks, and when."""
    if not of_the_programme(path) or kind(path) not in NO_WEB_HERE or part(path) in INSIDE:
        return
    for node in ast.walk(tree):
        taken = isinstance(node, ast.arg) and node.arg == "request" and _may_be_web(node)
        named = isinstance(node, ast.alias) and node.name == "HttpRequest"
        if taken or named:
            line = getattr(node, "lineno", 1)
            yield f"{path}:{line}: take the person and the values, not the web request"


def marks_safe(path: PurePath, text: str, tree: ast.Module) -> Iterator[str]:
    """Markup is written in templates, where it is escaped; our own literal words are no danger.

    The linter's rule is the same as this one, so its silencer with a reason speaks for both.
    """
    if not of_the_programme(path):
        return
    lines = text.splitlines()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _last_name(node.func) not in MARKERS:
            continue
        literal = all(isinstance(word, ast.Constant) for word in node.args)
        if not literal and "noqa: S308 -- " not in lines[node.lineno - 1]:
            yield f"{path}:{node.lineno}: use a template or format_html, which escape"


def prints(path: PurePath, _text: str, tree: ast.Module) -> Iterator[str]:
    """Only commands speak to a terminal."""
    if not of_the_programme(path) or kind(path) in {"management", "__main__"}:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            yield f"{path}:{node.lineno}: let a command speak, or use logging"


def keeps_choices(path: PurePath, _text: str, tree: ast.Module) -> Iterator[str]:
    """Names of stored values live in lifecycle.py; the database guards the values."""
    if not of_the_programme(path) or kind(path) != "models":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(word.arg == "choices" for word in node.keywords):
            yield f"{path}:{node.lineno}: no choices=; add a CheckConstraint instead"


def has_no_prose(path: PurePath, _text: str, tree: ast.Module) -> Iterator[str]:
    """The front page of a part says what this part of the programme is."""
    front_page = of_the_programme(path) and (part(path), kind(path)) == (
        path.parent.name,
        "__init__",
    )
    if front_page and len(ast.get_docstring(tree) or "") < SHORTEST_PROSE:
        yield f"{path}:1: say in a few lines what this part of the programme is"


def gives_no_reason(path: PurePath, text: str, _tree: ast.Module) -> Iterator[str]:
    """Whoever silences a check says why."""
    for token in tokenize.generate_tokens(StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        for silences, reasoned, remedy in REASONED:
            if silences.search(token.string) and not reasoned.search(token.string):
                yield f"{path}:{token.start[0]}: {remedy}"


def _outside_jobs(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk everything but the functions the queue calls, marked `@job`: they are doors too."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        marks = getattr(node, "decorator_list", [])
        if not any(_last_name(mark) == "job" for mark in marks):
            yield node
            waiting += ast.iter_child_nodes(node)


def _last_name(node: ast.expr) -> str:
    """Give `datetime` for both `datetime` and `datetime.datetime`."""
    return ast.unparse(node).split(".")[-1]


def _may_be_web(taken: ast.arg) -> bool:
    """A placement request may be called `request` too, if its annotation says so."""
    return taken.annotation is None or "HttpRequest" in ast.unparse(taken.annotation)


RULES = [
    too_long,
    looks_at_the_clock,
    knows_the_web,
    marks_safe,
    prints,
    keeps_choices,
    has_no_prose,
    gives_no_reason,
]
