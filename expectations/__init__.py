"""May it pass? The Great Expectations suites as code, the quarantine, the quality report."""
