"""Turn the boundary points of `japanmap` into the outlines that `web/japan.html` draws.

Run once, by hand, when the points change: `tools/outlines.py japan.json > …/web/outlines.json`,
where `japan.json` lies inside the package (0.6.0, Apache-2.0).  Borders are made of arcs that two
prefectures share; each arc is thinned by itself, so neighbours still fit.  The package leaves out
small islands, and so does the result.  Okinawa is drawn in a corner of its own.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import cos, hypot, radians
from pathlib import Path

Point = tuple[float, float]

SCALE = 72  # units of the drawing for one degree of latitude
NARROWER = cos(radians(36.5))  # a degree of longitude beside one of latitude
WEST, NORTH = 129.2, 45.7
OKINAWA = "47"
CORNER = (3.3, 10.2)  # degrees east and north by which Okinawa is moved into its corner
COARSE = 0.9  # units by which a border may stray when it is thinned
LABEL = (40, 21)  # room for three digits


def drawn(point: Sequence[float], code: str) -> Point:
    """Give the place on paper of a longitude and latitude."""
    east, north = point[0], point[1]
    if code == OKINAWA:
        east, north = east + CORNER[0], north + CORNER[1]
    return (east - WEST) * NARROWER * SCALE, (NORTH - north) * SCALE


def thinned(points: list[Point]) -> list[Point]:
    """Leave out the points that change an arc by less than can be seen (Douglas and Peucker)."""
    if len(points) < 3:  # noqa: PLR2004 -- an arc of two points is a straight line
        return points
    far, at = max((_off(points[0], points[-1], one), n) for n, one in enumerate(points))
    if far <= COARSE:
        return [points[0], points[-1]]
    return [*thinned(points[: at + 1])[:-1], *thinned(points[at:])]


def _off(start: Point, end: Point, one: Point) -> float:
    wide, high = end[0] - start[0], end[1] - start[1]
    length = hypot(wide, high)
    if not length:
        return hypot(one[0] - start[0], one[1] - start[1])
    return abs(wide * (start[1] - one[1]) - (start[0] - one[0]) * high) / length


def heart(outline: list[Point]) -> Point:
    """Find the place inside an outline that is farthest from its border."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    steps = 28
    grid = product(range(1, steps), repeat=2)
    places = [
        (
            min(xs) + (max(xs) - min(xs)) * a / steps,
            min(ys) + (max(ys) - min(ys)) * b / steps,
        )
        for a, b in grid
    ]
    return max(
        (one for one in places if _inside(one, outline)), key=lambda one: _room(one, outline)
    )


def _inside(one: Point, outline: list[Point]) -> bool:
    inside = False
    for (ax, ay), (bx, by) in _sides(outline):
        if (ay > one[1]) != (by > one[1]) and one[0] < (bx - ax) * (one[1] - ay) / (
            by - ay
        ) + ax:
            inside = not inside
    return inside


def _room(one: Point, outline: list[Point]) -> float:
    return min(hypot(x - one[0], y - one[1]) for x, y in outline)


def _sides(outline: list[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(outline, [*outline[1:], outline[0]], strict=True)


def apart(labels: dict[str, Point]) -> dict[str, Point]:
    """Push labels away from each other until none covers another."""
    places = {code: list(place) for code, place in labels.items()}
    for _ in range(400):
        for one, other in product(sorted(places), repeat=2):
            if one < other:
                _push(places[one], places[other])
    return {code: (x, y) for code, (x, y) in places.items()}


def _push(one: list[float], other: list[float]) -> None:
    gaps = [LABEL[axis] - abs(one[axis] - other[axis]) for axis in (0, 1)]
    if min(gaps) <= 0:
        return
    axis = 0 if gaps[0] < gaps[1] else 1
    step = gaps[axis] / 8 * (1 if one[axis] <= other[axis] else -1)
    one[axis] -= step
    other[axis] += step


def outlines(
    points: list[tuple[Point, int]], prefectures: list[list[tuple[int, list[int]]]]
) -> dict[str, dict[str, object]]:
    """Give each prefecture its path and the place of its number, by its JIS X 0401 code."""
    shapes: dict[str, list[Point]] = {}
    for number, arcs in enumerate(prefectures, start=1):
        code = f"{number:02}"
        outline: list[Point] = []
        for _neighbour, indices in arcs:
            forward = indices[0] <= indices[-1]  # an arc is thinned alike from either side
            way = indices if forward else indices[::-1]
            arc = thinned([drawn(points[at][0], code) for at in way])
            outline += (arc if forward else arc[::-1])[:-1]
        shapes[code] = outline
    labels = apart({code: heart(outline) for code, outline in shapes.items()})
    return {
        code: {"path": _path(outline), "at": [round(n) for n in labels[code]]}
        for code, outline in shapes.items()
    }


def _path(outline: list[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in outline]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole)]
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps)}z"


if __name__ == "__main__":
    found = outlines(*json.loads(Path(sys.argv[1]).read_text()))
    lines = ",\n".join(f'"{code}": {json.dumps(one)}' for code, one in found.items())
    print(f"{{\n{lines}\n}}")
