"""How it is told what maintenance did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.maintain import Heap, Maintained


def told(done: Maintained) -> list[str]:
    """One line for each kind of thing that was done, or would be; what could not be done last."""
    would = "would be " if done.dry_run else ""
    told = [
        f"{done.expired} of {done.snapshots} snapshots {would}expired",
        f"{_heap(done.removed)} no longer needed, {would}removed",
    ]
    if done.orphans.files:
        told.append(f"{_heap(done.orphans)} known to nobody, {would}removed")
    if done.waiting.files and not done.dry_run:
        told.append(
            f"{_heap(done.waiting)} no longer needed, kept for readers and backups until a "
            "later call"
        )
    if not done.dry_run:
        told.append(f"on disk: {_heap(done.disk_before)} before, {_heap(done.disk_after)} now")
    if done.backup:
        told.append(f"backup of the catalog: {done.backup}")
    told += [f"not done: {problem}" for problem in done.problems]
    return told


def _heap(heap: Heap) -> str:
    return f"{heap.files:,} file{'' if heap.files == 1 else 's'} ({size(heap.bytes)})"


def size(count: int) -> str:
    """So many bytes, for a person."""
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count / 1e3:,.1f} kB"
