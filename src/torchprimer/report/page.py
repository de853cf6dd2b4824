"""The report as one HTML page, which needs no network and no script."""

from __future__ import annotations

import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from torchprimer.markup import marked_up

from .figures import AT_LEAST, FEW, Report, count, share

SHOWN = 6  # mistakes of an exercise
NAMED = 3  # objectives of a lesson that are named at once
UNFOLDED = 30  # students, in a class that needs no folding


def render(report: Report, made: datetime.datetime | None = None) -> str:
    """The whole page; what students wrote is escaped. `made` is the time it tells, now by default."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked_up"] = lambda sentence: Markup(marked_up(sentence))
    environment.filters["number"] = lambda value: f"{round(value, 2):g}"
    made = made or datetime.datetime.now().astimezone()
    return environment.get_template("page.html").render(
        report=report,
        bands=report.by_band(),
        made=made.strftime("%Y-%m-%d %H:%M"),
        count=count,
        share=share,
        AT_LEAST=AT_LEAST,
        FEW=FEW,
        NAMED=NAMED,
        SHOWN=SHOWN,
        UNFOLDED=UNFOLDED,
    )
