"""Where the flows were before 0.7: deployments made then name this file. Gone with 0.8."""

from __future__ import annotations

from flows.prefect_flows import dateline_rebuild, dateline_run

__all__ = ["dateline_rebuild", "dateline_run"]
