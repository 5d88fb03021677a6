"""Which articles carry one story? Near-duplicates by MinHash, and what tells a follow-up apart."""
