"""The gate: floors that only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import gate

FLOORS = {"figures.value": 95.0, "dates.strict": 99.0}


def test_a_measure_at_its_floor_passes_and_one_under_it_fails() -> None:
    lines = gate.compare(FLOORS, {"figures.value": 95.0, "dates.strict": 98.9})
    assert [line.fails for line in lines] == [False, True]
    assert "UNDER ITS FLOOR" in list(gate.report(lines))[2]


def test_a_measure_that_is_gone_fails() -> None:
    (value, strict) = gate.compare(FLOORS, {"figures.value": 96.0})
    assert not value.fails
    assert strict.fails
    assert strict.now is None


def test_a_new_measure_holds_nothing_up_until_it_has_a_floor() -> None:
    (line,) = gate.compare({}, {"figures.value": 1.0})
    assert not line.fails


def test_floors_rise_to_a_little_under_the_measure_and_never_fall() -> None:
    higher = gate.raised(FLOORS, {"figures.value": 97.0, "dates.strict": 99.1, "new": 80.04})
    assert higher == {"figures.value": 96.7, "dates.strict": 99.0, "new": 79.7}


def test_lowering_a_floor_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"only rise.*figures\.value"):
        gate.raised(FLOORS, {"figures.value": 94.9, "dates.strict": 99.5})


@pytest.mark.parametrize(("now", "code"), [(96.0, 0), (94.0, 1)])
def test_the_exit_code_says_whether_the_gate_holds(
    now: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"figures.value": 95.0}), encoding="utf-8")
    monkeypatch.setattr(gate, "measured", lambda: {"figures.value": now})
    assert gate.main([], path) == code
    assert gate.main(["--raise"], path) == code
    floor = json.loads(path.read_text(encoding="utf-8"))["figures.value"]
    assert floor == (95.7 if code == 0 else 95.0)


def test_every_reader_has_a_floor() -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert {name.split(".")[0] for name in floors} == set(gate.READERS)
