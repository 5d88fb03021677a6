"""Which release this is: one number, which the package, the extractor and the changelog have."""

from __future__ import annotations

#: As in the newest dated heading of CHANGELOG.md; ``X.Y.Z.dev0`` on the way to the release X.Y.Z.
VERSION = "0.7.0"
