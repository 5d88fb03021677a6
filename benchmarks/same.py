"""Whether the same input gives the same rows, however it is run.

    python -m benchmarks.same SOURCE...

Runs ``dateline run`` over the sources (a folder, files) with several batch sizes, numbers of
workers, orders of the sources, hash seeds and time zones of the machine, each into a lake of its
own, and compares the digest of every table. Ends with 1 if one differs.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.faults import plain
from warehouse.lake import Lake

#: Batch size, workers, whether the sources come in reverse, PYTHONHASHSEED, TZ.
VARIANTS = (
    (500, 2, False, "0", "UTC"),
    (7, 1, True, "1", "Asia/Tokyo"),
    (1, 2, True, "2", "America/New_York"),
)


def main() -> None:
    sources = [str(path) for name in sys.argv[1:] for path in _files(Path(name))]
    if not sources:
        sys.exit(__doc__)
    found: list[dict[str, str]] = []
    for size, workers, reverse, seed, zone in VARIANTS:
        with tempfile.TemporaryDirectory(prefix="dateline-same-") as folder:
            lake = Path(folder) / "lake"
            order = sources[::-1] if reverse else sources
            settings = {"DATELINE_BATCH_SIZE": str(size), "DATELINE_WORKERS": str(workers)}
            plain(
                ["run", *order, "--lake", str(lake)],
                {**settings, "PYTHONHASHSEED": seed, "TZ": zone},
            )
            with Lake.open(lake) as opened:
                found.append(opened.digests())
        how = f"batch {size}, {workers} workers, hash seed {seed}, TZ {zone}"
        print(how + (", sources in reverse" if reverse else ""))
    for table in found[0]:
        digests = {one[table] for one in found}
        print(f"{table:14}", *sorted(digests), "" if len(digests) == 1 else "DIFFERS")
    sys.exit(any(one != found[0] for one in found))


def _files(path: Path) -> list[Path]:
    """A folder's files, so that their order can be turned round."""
    return sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]


if __name__ == "__main__":
    main()
