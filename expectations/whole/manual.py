"""The page of the expectations of the lake as a whole, docs/quality-whole.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from expectations.whole.catalogue import WHOLE, Asked, WholeExpectation

PAGE = Path(__file__).parents[2] / "docs" / "quality-whole.md"

_HEAD = """\
# The lake as a whole

<!-- Derived from the catalogue: run `python -m expectations.manual` to write it anew. -->

The checks of [quality.md](quality.md) look at rows. What no row shows, a source that fell silent,
a column that came half empty, a clock that is a day off, shows in the whole lake, mostly beside
what it was before. `dateline check` asks both; with `--no-rows` only the whole, which takes
seconds where the rows take minutes.

```
dateline check --no-rows                        what is expected of any state
dateline check --no-rows --baseline last-good   and what got worse since then
```

Each line says how it ended, which expectation, of what (`TABLE.COLUMN of SOURCE/VALUE`), before
and now; the worst come first, then examples with their sentences and what to do.

| outcome | exit code | |
| --- | --- | --- |
| passed | 0 | |
| warned | 0 | an expectation of severity *warning* does not hold: look at it |
| failed | 1 | one of severity *error* does not hold: the data is bad |
| broke | 2 | it could not be asked (a column is missing, the SQL is wrong); nothing of the data |
| not judged | 0 | there is too little to judge by, and `-v` says what |

## The baseline

`--baseline` takes the name of a run (the state after it), the number of a snapshot, a time, or
`last-good`: the state after the last run that ended `done` before the newest run, whatever came
of that. So after each run `--baseline last-good` compares with the run before, and after a failed
one with the last that was well. `dateline maintain` lets states expire (after 30 days); of one
that has expired the message names those that there are. Without `--baseline` nothing is compared:
what a run may add is not for a check to guess, so the state to compare with is yours to choose.

All articles and, by themselves, those written since the baseline (new, revised or rebuilt) are
compared with all of the baseline: the first shows what befell rows that were there, the second
what a small batch brings into a large lake. The worse of both is told.

## When is a difference one?

- **Few say nothing.** A source is compared from 30 articles on, then and now (`articles`).
  Sources with fewer are compared together, as `the small sources`. A source that the baseline
  does not have is compared with nothing.
- **Rows of one article are alike.** A share of rows is therefore estimated by articles: as the
  ratio of two sums over articles, whose variance is that of a ratio of clusters (Cochran,
  *Sampling Techniques*, chapter 6). With rows as if each were drawn by itself, news of two days
  would differ "significantly" in hundreds of shares.
- **More than chance**: by 5 standard deviations (`deviations`). A check compares some 300 shares
  and means a source; at 3 standard deviations, one of them would now and then be false.
- **And enough to matter**: by a least change, one a kind of measure, in the table of settings.
- Shares that no state may exceed are judged by the lower end of their 99.9 % interval (Wilson;
  rows of one article count as many as they say), counts of days by Poisson's law, scaled by how
  uneven a source's days are (variance to mean).

### How the limits were chosen

On 1,607 news articles of two sources (one with 1,236 articles of 17 days, one with 371 of two
years), cut into halves at random and by time, into a tenth, into single days and pairs of days:
28 cuts, 8,734 comparisons. The largest difference was 4.96 standard deviations, the next 4.4; 20
were more than 3. With `deviations = 5` none is an alarm, and the least changes stand on top of
it. The same articles read in two runs, the second against the first: no alarm either. Days of the
week: in all of 31 cuts the evidence for a clock that is off was 0; with the days of one part
turned by one, it was 10 or more in 49 of 62, in every one of more than 70 articles (`clock =
10`). Shares of that corpus beside their limits: articles without an entity 0 (0.2), without a
figure 3 % and 18 % (0.6), facts after publication 0.5 % (0.03), dates after it 9 % and 10 %
(0.3), persons' names as places 0.07 % (0.02), denominators counted as people 4 of 42 (0.25), one
paragraph in 3 % and 9 % of a source's stories (0.1).

A source's clock is judged by the weekdays that its texts name ("on Monday"), whatever the readers
made of them: news names mostly its own day and the day before. How often a name lies 0 to 6 days
before publication is a source's habit; a clock that is a day off turns the habit by a day. The
evidence is the natural logarithm of how much more probable the turned habit is.

## Settings

Section `[quality]` of `dateline.toml`; [dateline.example.toml](dateline.example.toml) has every
key with its default. `[quality.severity]` makes an expectation an `"error"`, a `"warning"`, or
leaves it `"off"`:

```toml
[quality]
mean_change = 0.5

[quality.severity]
fresh = "error"
repeated_paragraphs = "off"
```

`dateline serve` asks the lake as a whole once a day, without a baseline, with the rows
([scheduling.md](scheduling.md)).

## What it costs

Measured in SQL over the whole state, with a pass or two a table; what is held in memory does not
grow with the lake (DuckDB is given 1 GB and spills beyond): 1,607 articles took 3 s of CPU time,
200,000 (10.8 million mentions, 12.8 million bands) 60 s and 1.4 GB in all, without a baseline;
checking their rows would take half an hour. The numbers are judged in Python, not by Great
Expectations: a question costs it 10 ms and its import seconds, and it has no comparison of
clusters.
"""

_TITLES: tuple[tuple[Asked, str], ...] = (
    ("always", "What is expected of any state"),
    ("against a baseline", "What is expected against a baseline"),
)


def manual() -> str:
    """The page as Markdown."""
    lines = [_HEAD]
    for asked, title in _TITLES:
        lines += _table(title, [one for one in WHOLE.values() if one.asked == asked])
    return "\n".join(lines)


def _table(title: str, expectations: list[WholeExpectation]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| expectation | severity | expected | how it is judged | what to do |"
    yield "| --- | --- | --- | --- | --- |"
    for one in expectations:
        cells = (f"`{one.name}`", one.severity, one.expected, one.judged, one.to_do)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""
