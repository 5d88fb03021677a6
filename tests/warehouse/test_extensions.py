"""DuckDB's extensions come from the installed wheels and from nowhere else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse import VersionError, extensions


def test_a_connection_loads_from_the_wheels_with_everything_else_off() -> None:
    source = """
import sys
from pathlib import Path
from warehouse.extensions import connection
from warehouse.sqlite import SqliteCatalog
with connection(Path(sys.argv[1]), SqliteCatalog.extension) as connected:
    for name in ("autoinstall_known_extensions", "autoload_known_extensions",
                 "allow_unsigned_extensions", "python_enable_replacements", "enable_progress_bar"):
        print(connected.execute(f"SELECT current_setting('{name}')").fetchone()[0])
    loaded = connected.execute(
        "SELECT extension_name FROM duckdb_extensions() "
        "WHERE loaded AND install_mode <> 'STATICALLY_LINKED' ORDER BY ALL"
    ).fetchall()
    print(*[name for name, in loaded])
assert not {"pandas", "prefect", "great_expectations", "spacy"} & sys.modules.keys()
"""
    done = subprocess.run(
        [sys.executable, "-c", source, "spill"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["False"] * 5 + ["ducklake sqlite_scanner"]


def test_nothing_else_is_loaded_without_a_signature(tmp_path: Path) -> None:
    """Not another file, and not in the same process after ours."""
    signed = Path(extensions.binary(extensions.DUCKLAKE)).read_bytes()
    changed = tmp_path / "other.duckdb_extension"
    changed.write_bytes(signed[:-1] + bytes([signed[-1] ^ 1]))
    with extensions.connection(tmp_path) as connected:
        with pytest.raises(duckdb.Error, match="signature is either missing or invalid"):
            connected.load_extension(str(changed))
        with pytest.raises(duckdb.Error, match="allow_unsigned_extensions"):
            connected.execute("SET allow_unsigned_extensions = true")


def test_a_missing_extension_is_named_with_what_to_install() -> None:
    with pytest.raises(VersionError, match="install duckdb-extension-nothing=="):
        extensions.binary("duckdb_extension_nothing")


def test_an_extension_of_another_version_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "duckdb_extension_older"
    (package / "extensions" / "v1.0.0").mkdir(parents=True)
    (package / "extensions" / "v1.0.0" / "older.duckdb_extension").touch()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(VersionError, match=r"for DuckDB v1\.0\.0, but DuckDB v"):
        extensions.binary("duckdb_extension_older")
