"""The English of claims: whom a speaker is, what kind of one, to whom and when."""
