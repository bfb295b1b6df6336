"""The files that carry a plan out: one module for each target, the pieces that targets share in `parts`."""

from migrator.artifacts.making import Made, make

__all__ = ["Made", "make"]
