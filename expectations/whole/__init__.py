"""May the lake as a whole pass? Measures of a state, judged by limits and against a baseline."""
