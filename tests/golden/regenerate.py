"""Write the golden files anew: ``python -m tests.golden.regenerate``, then review the diff."""

from __future__ import annotations

from tests.golden.render import FOLDER, ROOT, renderings


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    written: set[str] = set()
    changed = 0
    for name, text in renderings():
        path = FOLDER / name
        written.add(name)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed += 1
            print(f"changed {path.relative_to(ROOT)}")
    for path in sorted(FOLDER.iterdir()):
        if path.name not in written:
            path.unlink()
            print(f"removed {path.relative_to(ROOT)}")
    print(f"{len(written)} golden files, {changed} changed: review them with git diff")


if __name__ == "__main__":
    main()
