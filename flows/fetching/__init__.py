"""Fetching from the web: politely, within bounds, and from nowhere that was not meant."""
