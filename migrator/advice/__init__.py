"""The decision guide as rules, hazards, the choice per cluster and over the portfolio."""
