"""A bar chart as plain figures that a template writes as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kakehashi.ui.formats import date_text, money_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from kakehashi.base.periods import Months

STEP, BAR, HEIGHT = 24, 16, 96


@dataclass(frozen=True)
class Bar:
    """One month's bar, in the units of the chart."""

    month: dt.date
    label: str
    x: str
    y: str
    height: str

    @property
    def begins_year(self) -> bool:
        return self.month.month == 1


@dataclass(frozen=True)
class Chart:
    """Bars from the oldest month to the newest, over a line at nothing."""

    bars: list[Bar]
    width: int
    height: int
    zero: str


def bars(months: Months, amounts: Mapping[dt.date, Decimal], currency: str) -> Chart:
    """The chart of some amounts; a month without one is a gap, a negative one hangs down."""
    high = max([*amounts.values(), Decimal(0)])
    low = min([*amounts.values(), Decimal(0)])
    scale = HEIGHT / float(high - low) if high > low else 0.0
    zero = float(high) * scale
    drawn = [
        Bar(
            month=month,
            label=f"{date_text(month, 'month')} {money_text(amounts[month], currency)}",
            x=f"{place * STEP + (STEP - BAR) // 2}",
            y=f"{zero - max(float(amounts[month]), 0.0) * scale:.1f}",
            height=f"{abs(float(amounts[month])) * scale:.1f}",
        )
        for place, month in enumerate(months)
        if month in amounts
    ]
    return Chart(drawn, STEP * len(months), HEIGHT, f"{zero:.1f}")
