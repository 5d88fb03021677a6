"""What we start with: sample articles and the reference tables."""
