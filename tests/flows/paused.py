"""The command, held where a test wants to look at it: ``python -m tests.flows.paused run ...``.

It is held once it has published the batch that PAUSE_AFTER_BATCH numbers, or where its workers
make the rows of an article if PAUSE_IN_WORKERS is set. It says so by a file in the folder PAUSE,
and goes on when there is a file ``go`` in it.
"""

from __future__ import annotations

import os

from flows import worker
from flows.command import main
from tests.flows.work import pause, rows_after_a_pause
from warehouse.lake import Lake, Publication


def _pause_after(batch: int) -> None:
    publish = Lake.publish

    def publish_and_pause(lake: Lake, publication: Publication, run: str) -> int:
        snapshot = publish(lake, publication, run)
        if publication.batch == batch:
            pause()
        return snapshot

    Lake.publish = publish_and_pause  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    if batch := os.environ.get("PAUSE_AFTER_BATCH"):
        _pause_after(int(batch))
    if os.environ.get("PAUSE_IN_WORKERS"):
        worker.rows = rows_after_a_pause
    main()
