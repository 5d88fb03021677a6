"""What does the text say? Pure functions from bytes to an article, from an article to rows."""
