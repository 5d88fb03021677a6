"""What a state of the lake measures: plain rows of numbers, for others to judge."""
