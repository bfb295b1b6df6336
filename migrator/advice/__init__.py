"""The decision guide as rules, hazards, the choice per cluster and over the portfolio."""

from migrator.advice.advise import advise
from migrator.advice.case import Case
from migrator.advice.doubts import Doubt, doubts_of
from migrator.advice.pins import AdviceError
from migrator.advice.types import NOTHING, Advice, Recommendation

__all__ = ["NOTHING", "Advice", "AdviceError", "Case", "Doubt", "Recommendation", "advise", "doubts_of"]
