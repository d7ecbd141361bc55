"""Growth: success factors and maturity, judged by a team itself, and what to do first."""
