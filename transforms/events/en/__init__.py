"""English clauses: how they are joined, where their places and times stand, who says them."""
