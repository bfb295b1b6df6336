"""The decision guide as rules, hazards, the choice per cluster and over the portfolio."""

from migrator.advice.advise import Looked, advise
from migrator.advice.case import Case
from migrator.advice.pins import AdviceError
from migrator.advice.types import NOTHING, Advice, Doubt, Recommendation

__all__ = ["NOTHING", "Advice", "AdviceError", "Case", "Doubt", "Looked", "Recommendation", "advise"]
