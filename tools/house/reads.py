"""Who may ask the database, and what must be said before reading past `seen_by`."""

import ast
from collections.abc import Iterator
from pathlib import PurePath

from house.place import INSIDE, kind, of_the_programme, part

MANAGERS = {"objects", "_default_manager", "_base_manager"}
ASK = {"queries", "actions", "policy", "models", "testing", "figures"}
DOORS = {"jobs", "reactions", "imports", "exports"}  # only where they say why
JUDGED = {"queries", "figures", "actions"} | DOORS
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "none"}


def asks_the_database(path: PurePath, _text: str, tree: ast.Module) -> Iterator[str]:
    """Only the files that scope by policy may say `.objects`."""
    if not of_the_programme(path) or part(path) in INSIDE or kind(path) in ASK:
        return
    for place in _uses(tree):
        if kind(path) in DOORS and place.excused:
            continue
        if kind(path) == "forms" and place.verb == "none":
            continue
        yield f"{path}:{place.line}: ask queries.py instead of .{place.manager}"


def reads_unscoped(path: PurePath, _text: str, tree: ast.Module) -> Iterator[str]:
    """A read starts from `seen_by(person, Model)`, or says why it need not."""
    if not of_the_programme(path) or part(path) == "kernel" or kind(path) not in JUDGED:
        return
    for place in _uses(tree):
        if place.verb not in WRITES and not place.excused:
            yield (
                f"{path}:{place.line}: start from seen_by(person, {place.model}), "
                'or mark the function @unscoped("reason")'
            )


class _Use:
    """One mention of a manager: `Model.objects.verb`, and whether its function says why."""

    def __init__(self, node: ast.Attribute, verb: str, *, excused: bool) -> None:
        self.line = node.lineno
        self.manager = node.attr
        self.model = ast.unparse(node.value)
        self.verb = verb
        self.excused = excused


def _uses(tree: ast.Module) -> Iterator[_Use]:
    yield from _inside(tree, verb="", excused=False)


def _inside(node: ast.AST, *, verb: str, excused: bool) -> Iterator[_Use]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        excused = excused or any(_says_why(mark) for mark in node.decorator_list)
    if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
        yield _Use(node, verb, excused=excused)
    verb = node.attr if isinstance(node, ast.Attribute) else ""
    for child in ast.iter_child_nodes(node):
        yield from _inside(child, verb=verb, excused=excused)


def _says_why(mark: ast.expr) -> bool:
    """Recognise `@unscoped("a reason")`; an empty reason is none."""
    if not isinstance(mark, ast.Call) or len(mark.args) != 1:
        return False
    name = getattr(mark.func, "id", getattr(mark.func, "attr", ""))
    reason = mark.args[0]
    words = reason.value if isinstance(reason, ast.Constant) else None
    return name == "unscoped" and isinstance(words, str) and bool(words.strip())


RULES = [asks_the_database, reads_unscoped]
