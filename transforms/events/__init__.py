"""Who did what to whom, where and when: the clauses of an article as frames, read once."""
