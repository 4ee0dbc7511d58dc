"""The printing press: plain data in, PDF out; no database, so that it may run in a process of its own.

The compiler keeps what it has read for as long as its process lives.  Whoever prints thousands of
letters lets each part be printed by a process that then ends.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "paper"
FONTS = HERE / "fonts"
Data = Sequence[dict[str, Any]]


def pressed(sheets: Data) -> bytes:
    """Print sheets, each on a new page, as one tagged PDF."""
    return _press(_set_up(), sheets)


def pressed_apart(files: Sequence[Data]) -> list[bytes]:
    """Print several files in a process of its own, which gives its memory back at its end."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as press:
        return press.submit(_each, files).result()


def _each(files: Sequence[Data]) -> list[bytes]:
    compiler = _set_up()
    return [_press(compiler, sheets) for sheets in files]


def _set_up() -> typst.Compiler:
    """Read the template and the fonts: half the work of a single letter."""
    return typst.Compiler(
        str(TEMPLATES / "letter.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )


def _press(compiler: typst.Compiler, sheets: Data) -> bytes:
    told = {"sheets": json.dumps(sheets, ensure_ascii=False)}
    return cast("bytes", compiler.compile(sys_inputs=told, pdf_standards=["ua-1"]))
