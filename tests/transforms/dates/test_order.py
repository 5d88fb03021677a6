"""Which rule goes first is said in one place: the order of imports decides nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import transforms.dates.en.rules as rules
from transforms.dates.en.rules import STAGES

ROOT = Path(__file__).parents[3]
MODULES = sorted(
    path.stem for path in Path(rules.__file__).parent.glob("*.py") if path.stem != "__init__"
)
#: Imports modules in the order given and prints the rules of each stage, and of each class that a
#: match may begin with, in the order in which they are tried.
ORDER = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
from transforms.dates.en.rules import STAGES
from transforms.dates.patterns import class_name
print(json.dumps([
    [stage.name, [[rule.name, rule.pattern] for rule in stage.rules], sorted(
        (class_name(character), [rule.name for _, rule, _ in tried])
        for character, tried in stage.compiled.items()
    )]
    for stage in STAGES
]))
"""


def orders(names: list[str]) -> object:
    done = subprocess.run(
        [sys.executable, "-c", ORDER, *names], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_order_of_imports_changes_nothing() -> None:
    names = [f"transforms.dates.en.rules.{name}" for name in MODULES]
    names += ["transforms.dates.en.tokens", "transforms.dates.en.filters"]
    plain = orders([])
    for seed in range(3):
        shuffled = random.Random(seed).sample(names, len(names))
        assert orders(shuffled) == plain


def test_the_stages_have_every_rule_of_every_module_once() -> None:
    declared = [
        rule
        for name in MODULES
        if name != "categories"
        for rule in vars(rules)[name].RULES.declared
    ]
    staged = [rule for stage in STAGES for rule in stage.rules]
    assert len(staged) == len(declared)
    assert {id(rule) for rule in staged} == {id(rule) for rule in declared}
