"""One colour for each target, from the Okabe–Ito set, which the common colour blindnesses keep apart; fills are pale.

Okabe and Ito, «Color Universal Design», https://jfly.uni-koeln.de/color/. In grey print the label tells them apart.
"""

from dataclasses import dataclass

from migrator.model import Target


@dataclass(frozen=True, slots=True)
class Colours:
    """The fill and the border of a box."""

    fill: str
    border: str


COLOURS = {
    Target.EVENTBRIDGE: Colours("#d6ebf8", "#0072b2"),
    Target.STEP_FUNCTIONS: Colours("#d3efe4", "#009e73"),
    Target.AIRFLOW: Colours("#fbe0cc", "#d55e00"),
    Target.MWAA: Colours("#f6dfeb", "#b0487f"),
    Target.RETAIN: Colours("#ececec", "#666666"),
}

INK = "#1a1a1a"
GREY = "#8a8a8a"
PAPER = "#ffffff"
