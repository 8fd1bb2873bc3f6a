"""A measure as it went: totals over time on its bands of severity, as SVG without script."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from workbench.screens.measures_over_time import Course, Taken

WIDTH, HEIGHT = 400, 190
LEFT, RIGHT, TOP, BOTTOM = 26, 8, 8, 22


def course_chart(course: Course, zone: ZoneInfo) -> Markup:
    """The chart, with what it says in words as its label. Nothing with fewer than two totals."""
    shown = [(one, one.total) for one in course.taken if one.total is not None]
    if len(shown) < 2:
        return Markup("")
    first, span = shown[0][0].taken_at, max((shown[-1][0].taken_at - shown[0][0].taken_at).total_seconds(), 1.0)
    points = [
        (one, _x((one.taken_at - first).total_seconds() / span), _y(float(total / course.rule.highest)))
        for one, total in shown
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for _, x, y in points)
    return Markup(
        '<svg class="course" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '{}<polyline class="course-line" points="{}"/>{}{}</svg>'
    ).format(
        WIDTH, HEIGHT, in_words(course), _bands(course), line,
        Markup("").join(_point(one, x, y, zone) for one, x, y in points), _days(shown[0][0], shown[-1][0], zone),
    )  # fmt: skip


def in_words(course: Course) -> str:
    """What the chart says: `PHQ-9: from 17 (moderately severe) to 9 (mild) in 6 administrations`."""
    shown = [one for one in course.taken if one.total is not None]
    return (
        f"{course.rule.measure}: from {shown[0].total} ({shown[0].band}) to {shown[-1].total} ({shown[-1].band}) "
        f"in {len(shown)} administrations"
    )


def _bands(course: Course) -> Markup:
    """Stripes, each with the lowest total of its band at the left and its name inside."""
    made = []
    for number, band in enumerate(course.rule.bands):
        top = _y(float(min(band.most + 1, course.rule.highest) / course.rule.highest))
        bottom = _y(float(band.least / course.rule.highest))
        made.append(
            Markup(
                '<rect class="course-band band-{}" x="{}" y="{:.1f}" width="{}" height="{:.1f}"/>'
                '<text class="course-tick" x="{}" y="{:.1f}" text-anchor="end">{}</text>'
                '<text class="course-name" x="{}" y="{:.1f}" text-anchor="end">{}</text>'
            ).format(
                number, LEFT, top, WIDTH - LEFT - RIGHT, bottom - top,
                LEFT - 5, bottom + 3, band.least,
                WIDTH - RIGHT - 5, top + 11, band.name,
            )
        )  # fmt: skip
    return Markup("").join(made)


def _point(one: Taken, x: float, y: float, zone: ZoneInfo) -> Markup:
    return Markup(
        '<circle class="course-point{}" cx="{:.1f}" cy="{:.1f}" r="3.5"><title>{}: {}, {}</title></circle>'
    ).format(" is-flagged" if one.flags else "", x, y, _on(one.taken_at, zone), one.total, one.band)


def _days(first: Taken, last: Taken, zone: ZoneInfo) -> Markup:
    return Markup(
        '<text class="course-tick" x="{}" y="{}">{}</text>'
        '<text class="course-tick" x="{}" y="{}" text-anchor="end">{}</text>'
    ).format(LEFT, HEIGHT - 6, _on(first.taken_at, zone), WIDTH - RIGHT, HEIGHT - 6, _on(last.taken_at, zone))


def _on(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%b} {local.day}, {local.year}"


def _x(part: float) -> float:
    return LEFT + 6 + part * (WIDTH - LEFT - RIGHT - 12)


def _y(part: float) -> float:
    return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)
