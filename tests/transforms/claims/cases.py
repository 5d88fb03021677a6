"""Sentences of our own, each with what is said in it: construction, text, statement, columns."""

from __future__ import annotations

import datetime as dt
from typing import Any

Case = tuple[str, str, str, dict[str, Any]]

CASES: list[Case] = [
    (
        "that-clause",
        "The ministry said that the dam had held.",
        "the dam had held",
        {"kind": "indirect", "speaker": "The ministry", "speaker_kind": "government", "cue": "say"},
    ),
    (
        "clause",
        "Police said three boats sank off Lota.",
        "three boats sank off Lota",
        {"kind": "indirect", "speaker": "Police", "speaker_kind": "police", "speaker_name": None},
    ),
    (
        "that-clause behind a time",
        "The mayor, Ann Berg, said early this year that the bridge would open in May.",
        "the bridge would open in May",
        {"speaker_name": "Ann Berg", "speaker_kind": "person"},
    ),
    (
        "behind a day and its zone",
        "The talks came after Kenya on Saturday local time confirmed that the bridge had opened.",
        "the bridge had opened",
        {"speaker": "Kenya", "speaker_kind": "government", "said_start": dt.date(2025, 6, 7)},
    ),
    (
        "the manager is not the striker who spoke before",
        "Striker Ivo Lind said he was happy. The manager said the team was tired.",
        "the team was tired",
        {"speaker": "The manager", "speaker_name": None},
    ),
    (
        "but the manager who spoke before the striker",
        (
            "Manager Ann Berg said the side was fit. Striker Ivo Lind said he was happy. The coach "
            "said the team was tired."
        ),
        "the team was tired",
        {"speaker_name": "Ann Berg"},
    ),
    (
        "the minister, who was named without an office",
        "Ann Berg said pay would rise. The minister said tax would fall.",
        "tax would fall",
        {"speaker_name": "Ann Berg"},
    ),
    (
        "tag at the end",
        "Three boats sank off Lota, the coast guard said.",
        "Three boats sank off Lota",
        {"kind": "indirect", "speaker": "the coast guard", "quoted": False},
    ),
    (
        "tag in the middle",
        "The mill, the owners say, will never open again.",
        "The mill, the owners say, will never open again",
        {"speaker": "the owners"},
    ),
    (
        "an office of another country",
        "Ukraine's army chief said 40 towns were held. The Russian governor said nobody had left.",
        "nobody had left",
        {"speaker": "The Russian governor", "speaker_name": "Russian governor"},
    ),
    (
        "an office of the speaker's country",
        "Vladimir Putin said the talks would go on. The Russian president said he was ready.",
        "he was ready",
        {"speaker": "The Russian president", "speaker_name": "Vladimir Putin"},
    ),
    (
        "somebody's somebody",
        "Ann Berg, a doctor in Lota, said she had 40 patients. Her lawyer said help would come.",
        "help would come",
        {"speaker": "Her lawyer", "speaker_name": None},
    ),
    (
        "a body's officer",
        "Ann Berg, a crane driver, said she was tired. The union's president said it would go on.",
        "it would go on",
        {"speaker": "The union's president", "speaker_name": None},
    ),
    (
        "inverted tag",
        "Forty houses were flooded, reported the mayor.",
        "Forty houses were flooded",
        {"speaker": "the mayor"},
    ),
    (
        "adding",
        "Ann Berg said the bridge was safe, adding that it would open on Monday.",
        "the bridge was safe",
        {"speaker": "Ann Berg"},
    ),
    (
        "what is added",
        "Ann Berg said the bridge was safe, adding that it would open on Monday.",
        "it would open on Monday",
        {"speaker": "Ann Berg", "cue": "add"},
    ),
    (
        "some words quoted",
        'The union said the offer was "an insult to every weaver".',
        'the offer was "an insult to every weaver"',
        {"kind": "indirect", "quoted": False},
    ),
    (
        "direct",
        '"The dam is gone," Ann Berg said.',
        '"The dam is gone,"',
        {"kind": "direct", "quoted": True, "speaker": "Ann Berg", "speaker_name": "Ann Berg"},
    ),
    (
        "cue before a quotation",
        'Ann Berg said, "The dam is gone."',
        '"The dam is gone."',
        {"kind": "direct", "quoted": True, "speaker": "Ann Berg"},
    ),
    (
        "split quotation",
        "“The dam is gone,” Ann Berg said. “We lost everything.”",
        "“The dam is gone,” Ann Berg said. “We lost everything.”",
        {"kind": "direct", "quoted": True, "speaker": "Ann Berg", "continues": None},
    ),
    (
        "quotation over sentences",
        "“The dam is gone. We lost the goats. Nobody came,” Ann Berg said.",
        "“The dam is gone. We lost the goats. Nobody came,”",
        {"kind": "direct", "quoted": True, "speaker": "Ann Berg"},
    ),
    (
        "quotation over paragraphs",
        "“The dam is gone,” Ann Berg said. “We lost the goats.\n\n“Nobody came to help us.”",
        "“The dam is gone,” Ann Berg said. “We lost the goats.\n\n“Nobody came to help us.”",
        {"kind": "direct", "speaker": "Ann Berg"},
    ),
    (
        "according to, first",
        "According to the harbour office, 40 boats sank.",
        "40 boats sank",
        {"kind": "according_to", "speaker": "the harbour office"},
    ),
    (
        "according to, last",
        "Forty boats sank in the storm, according to the harbour office.",
        "Forty boats sank in the storm",
        {"kind": "according_to", "speaker": "the harbour office"},
    ),
    (
        "data show",
        "Customs data show that exports of wool fell by 4%.",
        "exports of wool fell by 4%",
        {"kind": "according_to", "speaker": "Customs data", "speaker_kind": "document"},
    ),
    (
        "put at",
        "The insurer put the damage at 3 million euros.",
        "the damage at 3 million euros",
        {"kind": "estimate", "speaker": "The insurer", "speaker_kind": "company"},
    ),
    (
        "whose estimate",
        "The union's estimate of 500 dismissals was too low.",
        "500 dismissals",
        {"kind": "estimate", "speaker": "The union"},
    ),
    (
        "object",
        "The hospital reported 17 wounded.",
        "17 wounded",
        {"kind": "indirect", "speaker": "The hospital"},
    ),
    (
        "report that",
        "It rejected a report by the harbour office that 40 boats had sunk.",
        "40 boats had sunk",
        {"speaker": "the harbour office"},
    ),
    (
        "letter saying",
        "The mayor got a letter saying that the mill would close.",
        "the mill would close",
        {"speaker": "a letter", "speaker_kind": "document"},
    ),
    (
        "pronoun for a person",
        "Ann Berg left the hall at noon. She said the talks had failed.",
        "the talks had failed",
        {"speaker": "She", "speaker_name": "Ann Berg", "speaker_kind": "person"},
    ),
    (
        "the company",
        "Orvo Textiles Ltd will close its mill. The company said that 40 weavers would go.",
        "40 weavers would go",
        {"speaker": "The company", "speaker_name": "Orvo Textiles Ltd", "speaker_kind": "company"},
    ),
    (
        "unnamed sources",
        "Two people familiar with the matter said the sale was off.",
        "the sale was off",
        {"speaker": "Two people familiar with the matter", "speaker_kind": "unnamed"},
    ),
    (
        "told reporters",
        "Ann Berg told reporters on Tuesday that the bridge was safe.",
        "the bridge was safe",
        {
            "speaker": "Ann Berg",
            "addressee": "reporters",
            "said_start": dt.date(2025, 6, 10),
            "said_end": dt.date(2025, 6, 10),
        },
    ),
    (
        "day of the event",
        "Ann Berg said that the bridge closed on Tuesday.",
        "the bridge closed on Tuesday",
        {"said_start": None, "said_end": None, "addressee": None},
    ),
    (
        "quotation that goes on behind the sentence",
        "Ann Berg said the year “will be hard. It will be long,” and left.",
        "the year “will be hard. It will be long,”",
        {"kind": "indirect", "speaker": "Ann Berg"},
    ),
    (
        "a passive with who reports",
        "Losses are put at 3 million euros by the chamber of trade.",
        "Losses are put at 3 million euros",
        {"kind": "estimate", "speaker": "the chamber of trade"},
    ),
    (
        "two objects",
        "The ministry estimated wheat imports at 40 tonnes, and rice imports at 12 tonnes.",
        "wheat imports at 40 tonnes, and rice imports at 12 tonnes",
        {"kind": "estimate", "speaker": "The ministry"},
    ),
    (
        "said of by another",
        "The drug slowed the disease by 5%, the study found, according to a news release.",
        "The drug slowed the disease by 5%, the study found",
        {"kind": "according_to", "speaker": "a news release"},
    ),
    (
        "before a colon",
        "Ann Berg went to the court again: “They took my land, and nobody pays for it.”",
        "“They took my land, and nobody pays for it.”",
        {"kind": "direct", "speaker": "Ann Berg"},
    ),
    (
        "who told whom behind a comma",
        "Forty boats sank in the night, Ann Berg, the harbour master, told CNN on Tuesday.",
        "Forty boats sank in the night",
        {"addressee": "CNN"},
    ),
    (
        "the spokesman",
        "A dam broke, Tom Hale, a spokesman, said. The spokesman said nobody was hurt.",
        "nobody was hurt",
        {"speaker": "The spokesman", "speaker_name": "Tom Hale"},
    ),
    (
        "the report",
        "A report by the Lota Institute warned that wells ran dry. The report said 40 had closed.",
        "40 had closed",
        {"speaker": "The report", "speaker_kind": "document"},
    ),
    (
        "a medium",
        "Forty boats sank, Reuters reported.",
        "Forty boats sank",
        {"speaker": "Reuters", "speaker_kind": "medium"},
    ),
    (
        "the army",
        "The army said 40 rebels had surrendered.",
        "40 rebels had surrendered",
        {"speaker_kind": "military", "speaker_country": None},
    ),
]

#: Texts in which nothing is reported.
SILENT = [
    "The mill closed in May.",
    "The mayor did not say whether the bridge was safe.",
    "They sang “The Weavers of Lota” at the wedding.",
    "Firefighters put out the blaze at the mill.",
]
