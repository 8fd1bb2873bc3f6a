"""A small line of numbers over time, as SVG: no script, prints well, readable by a screen reader through its label."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, PAD = 120, 32, 3


def sparkline(values: Sequence[float], label: str) -> Markup:
    """A line through `values`, oldest first, scaled to its own smallest and largest. Fewer than two points: nothing."""
    if len(values) < 2:
        return Markup("")
    low, high = min(values), max(values)
    reach = (high - low) or 1.0
    step = (WIDTH - 2 * PAD) / (len(values) - 1)
    points = [
        (PAD + step * n, HEIGHT - PAD - (value - low) / reach * (HEIGHT - 2 * PAD)) for n, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    end_x, end_y = points[-1]
    area = f"{PAD},{HEIGHT} {line} {end_x:.1f},{HEIGHT}"
    return Markup(
        '<svg class="sparkline" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">'
        '<polygon class="sparkline-area" points="{}"/><polyline class="sparkline-line" points="{}"/>'
        '<circle class="sparkline-end" cx="{:.1f}" cy="{:.1f}" r="2.5"/></svg>'
    ).format(WIDTH, HEIGHT, label, area, line, end_x, end_y)
