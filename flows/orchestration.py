"""Where the flows were until 0.7: deployments made by then name this file. Gone with 0.9."""

from __future__ import annotations

from flows.prefect_flows import dateline_rebuild, dateline_run

__all__ = ["dateline_rebuild", "dateline_run"]
