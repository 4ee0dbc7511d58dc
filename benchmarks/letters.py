"""Letters on paper: two pages of Japanese each, in batches of 200 and as single files."""

import resource
import sys
from collections.abc import Iterator

from benchmarks.measure import Figure, apart, took
from kakehashi.kernel.paper import Sheet, data_of
from kakehashi.kernel.press import pressed_apart

LETTERS, BATCH, SAMPLE = 6_000, 200, 1_000
PARAGRAPH = (
    "このたび、語学指導等を行う外国青年招致事業（JETプログラム）の参加者として、"
    "下記の任用団体に配置されることが決まりましたので、お知らせします。"
    "任用団体からの連絡をお待ちいただき、必要な書類の準備を進めてください。"
)
MOST_MEGABYTES = 300


def sheet(number: int) -> Sheet:
    """Write one letter of two pages."""
    return Sheet(
        language="ja",
        sender="一般財団法人自治体国際化協会",
        addressee=f"応募者 {number} 様",
        dated="2027年5月14日（金）",
        number=f"27-{number:05d}",
        subject="配置のお知らせ",
        body="\n\n".join([PARAGRAPH] * 14),
        rows=(("任用団体", "港町（架空）"), ("職種", "外国語指導助手（ALT）")),
    )


def _batches(count: int) -> None:
    for start in range(0, count, BATCH):
        pressed_apart([data_of([sheet(number) for number in range(start, start + BATCH)])])


def _singly(count: int) -> None:
    for start in range(0, count, BATCH):
        pressed_apart([data_of([sheet(number)]) for number in range(start, start + BATCH)])


def _weighed(count: int) -> float:
    """Give the megabytes of the largest process that took part."""
    _batches(count)
    _singly(BATCH)
    kilobytes = (
        resource.getrusage(whose).ru_maxrss
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(kilobytes) / 1000


def figures() -> Iterator[Figure]:
    """Print 6,000 letters as `print_all` does, beside a sample as files of their own.

    A process apart is weighed at the same work.
    """
    weight = apart(_weighed, LETTERS)
    batches = took(lambda: _batches(LETTERS))
    one_by_one = took(lambda: _singly(SAMPLE)) / SAMPLE * LETTERS
    sys.stdout.write(f"6,000 letters: {batches:.0f} s in batches, {weight:.0f} MB at most\n")
    yield Figure(
        kind="letters",
        name=f"{LETTERS:,} letters of two pages, in batches of {BATCH}",
        baseline=f"one file each (from {SAMPLE:,})",
        ratio=batches / one_by_one,
        seconds=batches,
        goal=f"≤ 30 s, ≤ {MOST_MEGABYTES} MB",
        met=batches <= 30 and weight <= MOST_MEGABYTES,  # noqa: PLR2004 -- the goal
    )
    yield Figure(
        kind="letters",
        name=f"{LETTERS:,} letters as single files (from {SAMPLE:,})",
        baseline="in batches",
        ratio=one_by_one / batches,
        seconds=one_by_one,
        goal="≤ 90 s",
        met=one_by_one <= 90,  # noqa: PLR2004 -- the goal
    )
