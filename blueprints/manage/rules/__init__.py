"""Pages on rules, limits, quotas, precedence, the crisis switch and the safety register."""
