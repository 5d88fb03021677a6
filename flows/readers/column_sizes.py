"""What the columns of a Parquet file come to, by its own word.

The library ends the process, and not only the reading, where what is said of a column is damaged.
So it is asked in a process of its own, which is only done of a file that may be much too large:
``python -m flows.readers.column_sizes`` with the end of the file on standard input.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_MAGIC = b"PAR1"
#: Bytes behind the description of a file: its length, and the magic number.
_TAIL = 8
#: Seconds that asking may take.
_PATIENCE = 60.0


@dataclass(frozen=True)
class ColumnSize:
    """A column of a row group: bytes in the file, bytes that it comes to, bytes of the dictionary;
    ``strings`` if it has a dictionary of strings."""

    path: str
    compressed: int
    uncompressed: int
    dictionary: int
    strings: bool


def column_sizes(stream: BinaryIO) -> list[ColumnSize]:
    """Each column of each row group. The stream can be sought in.

    Raises ``ValueError`` where the file's description of them is damaged.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    length = int.from_bytes(stream.read(4), "little") + _TAIL
    stream.seek(max(0, size - length))
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=_MAGIC + stream.read(),
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        raise ValueError("what it says of its columns is damaged")
    return [ColumnSize(**row) for row in json.loads(done.stdout)]


def _sizes(metadata: pq.FileMetaData) -> list[ColumnSize]:
    found = []
    for group in range(metadata.num_row_groups):
        columns = metadata.row_group(group)
        for number in range(columns.num_columns):
            part = columns.column(number)
            first = part.data_page_offset
            found.append(
                ColumnSize(
                    part.path_in_schema,
                    part.total_compressed_size,
                    part.total_uncompressed_size,
                    first - (part.dictionary_page_offset or first),
                    bool(part.has_dictionary_page) and part.physical_type == "BYTE_ARRAY",
                )
            )
    return found


def main() -> None:
    """Print the sizes of the file whose end is on standard input, as JSON."""
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(io.BytesIO(sys.stdin.buffer.read()))
    json.dump([asdict(size) for size in _sizes(metadata)], sys.stdout)


if __name__ == "__main__":
    main()
