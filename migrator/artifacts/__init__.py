"""The files that carry a plan out: one module for each target, the pieces that targets share in `parts`."""

from migrator.artifacts.making import Listed, Made, Piece, made_of, make, pieces, together

__all__ = ["Listed", "Made", "Piece", "made_of", "make", "pieces", "together"]
