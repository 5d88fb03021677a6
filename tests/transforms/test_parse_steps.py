"""The steps of the parse: what is kept by word is the word's own, and other shapes pass through."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Span, Token
from spacy.training import Example

from benchmarks.parse import ATTRIBUTES, differences
from transforms.parse import arcs as arcs_module
from transforms.parse import encoder as encoders
from transforms.parse import load_model
from transforms.parse.arcs import arcs
from transforms.parse.attributes import attribute_rules
from transforms.parse.columns import columns
from transforms.parse.encoder import Encoder, encoder
from transforms.parse.layers import Alone
from transforms.parse.names import names
from transforms.parse.sentences import start_sentences_at_lines
from transforms.parse.steps import steps

TEXTS = [
    "Rescuers reached the village of Sarn on Monday, officials said.",
    "Two tugs pulled the Marie Celine off the rocks near Brest. Nobody was hurt.",
    "SHARES FALL\nShares fell 3% in Oslo; oil rose. Traders blamed the weather, and each other.",
    "Nobody in Sarn had seen the tugs, the rescuers or the 3% that fell on Monday.",
]

_ARCS = ("HEAD", "DEP", "SENT_START")


def fresh(name: str) -> Encoder:
    nlp = load_model()
    model: Any = nlp.get_pipe(name).model  # type: ignore[attr-defined]
    found = encoder(model if name == "tok2vec" else model.get_ref("tok2vec").layers[0], nlp.vocab)
    assert found is not None
    return found


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
def test_vectors_do_not_depend_on_what_was_read_before(
    component: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = [load_model().make_doc(text) for text in TEXTS]
    alone = [fresh(component).vectors(doc) for doc in docs]
    for most in (encoders.WORDS, 40, 6):  # all kept; some forgotten; a text has more than are kept
        monkeypatch.setattr(encoders, "WORDS", most)
        one = fresh(component)
        for order in (range(4), (3, 1, 2, 0), (1, 1, 0, 3, 2)):
            for number in order:
                assert np.array_equal(one.vectors(docs[number]), alone[number])


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
@pytest.mark.parametrize("length", [1, 2, 3, 500, 505, 512, 513, 1100])
def test_vectors_are_the_models_but_for_rounding(component: str, length: int) -> None:
    words = random.Random(length).choices("\n".join(TEXTS).split(" "), k=length)
    doc = Doc(load_model().vocab, words=words)
    model: Any = load_model().get_pipe(component).model  # type: ignore[attr-defined]
    layer = model if component == "tok2vec" else model.get_ref("tok2vec").layers[0]
    (expected,) = layer.predict([doc])
    np.testing.assert_allclose(fresh(component).vectors(doc), expected, atol=1e-4)


@pytest.mark.parametrize("count", [1, 15, 16, 17, 40])
def test_a_rows_product_is_the_same_in_any_company(count: int) -> None:
    numbers = np.random.default_rng(count)
    weights = numbers.standard_normal((300, 96), dtype=np.float32)
    rows = numbers.standard_normal((count, 300), dtype=np.float32)
    product = Alone(weights)
    each = np.vstack([product(row[None]) for row in rows])
    assert np.array_equal(product(rows), each)
    assert np.array_equal(product(rows[::-1]), each[::-1])
    np.testing.assert_allclose(each, rows @ weights, rtol=1e-3, atol=1e-3)


def test_the_models_own_components_are_all_known() -> None:
    nlp = load_model()
    known = {
        name
        for (name, pipe), step in zip(nlp.pipeline, steps(nlp), strict=True)
        if step is not pipe
    }
    assert known == {"tok2vec", "parser", "attribute_ruler", "lemmatizer", "ner"}


def test_arcs_and_entities_that_are_set_already_are_respected() -> None:
    nlp = load_model()
    text = TEXTS[2]
    one, other = nlp.make_doc(text), nlp.make_doc(text)
    for doc in (one, other):
        doc.ents = [Span(doc, 0, 2, label="LAW")]
    for (_, pipe), step in zip(nlp.pipeline, steps(nlp), strict=True):
        one, other = pipe(one), step(other)
    assert np.array_equal(columns(one, ATTRIBUTES), columns(other, ATTRIBUTES))
    assert other.ents[0].label_ == "LAW"
    parser: Any = arcs(nlp.get_pipe("parser"))
    assert np.array_equal(columns(parser(other), ATTRIBUTES), columns(one, ATTRIBUTES))


# Other shapes


def trained(*components: tuple[str, dict[str, Any]]) -> Language:
    """A small English pipeline with numbers by chance for weights."""
    nlp = spacy.blank("en")
    for name, config in components:
        nlp.add_pipe(name, config=config)
    words = ["Oslo", "is", "cold", "."]
    doc = Doc(
        nlp.vocab, words=words, tags=["N", "V", "A", "P"], heads=[1, 1, 1, 1],
        deps=["nsubj", "ROOT", "acomp", "punct"], ents=["B-GPE", "O", "O", "O"],
    )  # fmt: skip
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc)])
    numbers = np.random.default_rng(1)
    pipeline: list[tuple[str, Any]] = nlp.pipeline
    for _, pipe in pipeline:
        for node in pipe.model.walk():
            for name in node.param_names:
                shape = node.get_param(name).shape
                node.set_param(name, numbers.standard_normal(shape, dtype=np.float32))
    return nlp


_EMBED = {
    "@architectures": "spacy.MultiHashEmbed.v2", "width": 16, "rows": [50, 50],
    "attrs": ["NORM", "SHAPE"], "include_static_vectors": False,
}  # fmt: skip
_ENCODE = {
    "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 16, "depth": 2, "window_size": 1,
    "maxout_pieces": 3,
}  # fmt: skip


def tok2vec(embed: dict[str, Any] | None = None, encode: dict[str, Any] | None = None) -> Any:
    return {
        "model": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {**_EMBED, **(embed or {})},
            "encode": {**_ENCODE, **(encode or {})},
        }
    }


def test_a_pipeline_of_the_same_shape_and_another_size_is_known() -> None:
    nlp = trained(("tok2vec", tok2vec()), ("parser", {"min_action_freq": 1}), ("ner", {}))
    assert [step is not pipe for (_, pipe), step in zip(nlp.pipeline, steps(nlp), strict=True)] == [
        True, True, True,
    ]  # fmt: skip
    for text in TEXTS:
        same(nlp, text)


@pytest.mark.parametrize(
    "config",
    [
        tok2vec(encode={"window_size": 2}),
        tok2vec(encode={"maxout_pieces": 1}),
        tok2vec(encode={"@architectures": "spacy.MishWindowEncoder.v2", "maxout_pieces": None}),
        tok2vec(embed={"attrs": ["NORM", "TAG"]}),
    ],
    ids=["window", "pieces", "mish", "of the parse"],
)
def test_a_layer_of_another_shape_passes_through(config: dict[str, Any]) -> None:
    for part in config["model"].values():
        if isinstance(part, dict) and part.get("maxout_pieces", 1) is None:
            del part["maxout_pieces"]
    nlp = trained(("tok2vec", config), ("tagger", {}))
    assert steps(nlp) == [pipe for _, pipe in nlp.pipeline]
    same(nlp, TEXTS[0])


@pytest.mark.parametrize("component", ["parser", "ner"])
@pytest.mark.parametrize("upper", [True, False])
@pytest.mark.parametrize("more", [True, False])
def test_parsers_and_recognisers_of_other_shapes_parse_as_they_do(
    component: str, upper: bool, more: bool
) -> None:
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": component,
        "extra_state_tokens": more, "hidden_width": 8, "maxout_pieces": 2, "use_upper": upper,
        "tok2vec": tok2vec()["model"],
    }  # fmt: skip
    frequent = {"min_action_freq": 1} if component == "parser" else {}
    nlp = trained((component, {"model": model, **frequent}))
    for text in TEXTS:
        same(nlp, text)


@pytest.mark.parametrize("seed", range(12))
def test_a_parser_of_any_weights_parses_stretches_as_the_whole(seed: int) -> None:
    """A parser that knows no English leaves words on the stack and begins sentences anywhere."""
    nlp = trained(("parser", {"min_action_freq": 1}))
    parser: Any = nlp.get_pipe("parser")
    moves = range(parser.moves.n_moves)
    begins = [parser.moves.get_class_name(move).startswith("B-") for move in moves]
    upper = parser.model.get_ref("upper")
    numbers = np.random.default_rng(seed)
    weights = numbers.standard_normal(upper.get_param("W").shape, dtype=np.float32)
    weights[begins] *= seed / 12  # which it does seldom or often
    upper.set_param("W", weights)
    stretches = arcs(parser)
    assert stretches is not None
    chance = random.Random(seed)
    for _ in range(8):
        words = chance.choices([*TEXTS[1].split(" "), ".", ".", "\n"], k=60)
        one, other = (start_sentences_at_lines(Doc(nlp.vocab, words=words)) for _ in range(2))
        assert np.array_equal(columns(stretches(other), _ARCS), columns(parser(one), _ARCS))


def test_probes_that_are_not_sure_of_anything_are_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arcs_module, "WISH", 1.0)
    for text in TEXTS:
        same(load_model(), text)


def test_a_recogniser_that_searches_a_beam_passes_through() -> None:
    nlp = trained(("beam_ner", {"beam_width": 2}))
    assert steps(nlp) == [pipe for _, pipe in nlp.pipeline]


def same(nlp: Language, text: str) -> None:
    assert differences(text, nlp, steps(nlp)) == []


# The attribute ruler


def ruled(
    rules: list[dict[str, Any]], text: str = "We gotta see 12 Cats . Cats saw us , too ."
) -> None:
    """Hold the rules looked up against the ruler's own matcher."""
    vocab = load_model().vocab
    ruler = AttributeRuler(vocab)
    ruler.add_patterns(rules)
    found = attribute_rules(ruler)
    assert found is not None
    words = text.split(" ")
    tags = ["NN" if word[0].isupper() else "VB" if "s" in word else "_SP" for word in words]

    def doc() -> Doc:
        return Doc(vocab, words=words, tags=tags, deps=["dep"] * len(words), heads=[0] * len(words))

    for _ in range(2):  # the second time from memory
        assert np.array_equal(columns(ruler(doc()), ATTRIBUTES), columns(found(doc()), ATTRIBUTES))


def rule(*patterns: list[dict[str, Any]], index: int = 0, **attributes: str) -> dict[str, Any]:
    return {"patterns": list(patterns), "attrs": attributes, "index": index}


def test_a_later_rule_has_the_last_word() -> None:
    ruled(
        [
            rule([{"TAG": "NN"}], POS="NOUN", MORPH="Number=Sing"),
            rule([{"LOWER": "cats"}], POS="PROPN"),
            rule([{"LOWER": "cats"}, {"LOWER": "saw"}], LEMMA="kitten"),
            rule([{"TAG": {"IN": ["NN", "VB"]}, "LOWER": {"REGEX": "^c"}}], LEMMA="cat", TAG="X"),
        ]
    )


def test_rules_of_several_tokens_set_the_one_they_name() -> None:
    ruled(
        [
            rule([{"LOWER": "cats"}, {"IS_PUNCT": True}], index=1, LEMMA="stop"),
            rule([{"IS_PUNCT": True}, {"LOWER": "cats"}, {"TAG": "VB"}], index=-1, LEMMA="last"),
            rule([{"TAG": "NN"}, {"TAG": "NN"}], [{"LIKE_NUM": True}, {"TAG": "NN"}], POS="NUM"),
            rule([{"LOWER": "too"}, {"ORTH": "."}, {"ORTH": "."}], POS="X"),
        ]
    )


def test_rules_that_ask_for_more_than_form_tag_and_label_stay_with_the_matcher() -> None:
    if not Token.has_extension("dateline_test"):
        Token.set_extension("dateline_test", default=True)
    ruled(
        [
            rule([{"TAG": "NN"}], POS="NOUN"),
            rule([{"TAG": "NN", "OP": "+"}, {"LOWER": "saw", "OP": "?"}], index=-1, POS="VERB"),
            rule([{"POS": {"NOT_IN": ["VERB"]}, "LOWER": "cats"}], LEMMA="c"),
            rule([{"_": {"dateline_test": True}, "LOWER": "us"}], LEMMA="we"),
            rule([{}, {"ORTH": "."}], index=1, LEMMA="any"),
        ]
    )


def test_a_ruler_that_changes_forms_passes_through() -> None:
    ruler = AttributeRuler(load_model().vocab)
    ruler.add_patterns([rule([{"LOWER": "cats"}], LOWER="dogs")])
    assert attribute_rules(ruler) is None


def test_components_of_other_classes_pass_through() -> None:
    nlp = load_model()
    assert arcs(nlp.get_pipe("ner")) is None
    assert names(nlp.get_pipe("parser")) is None
    assert attribute_rules(nlp.get_pipe("tagger")) is None
