import json
import logging
import random
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

from cs_pipeline.errors import CsPipelineError, SettingsError
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.pii.detector import Detector, SpanFinder
from cs_pipeline.pii.masker import mask_text
from cs_pipeline.records import PiiSpan
from cs_pipeline.training.models.base_model import ROUND_TRIP_TEXT
from cs_pipeline.training.tagger.classifier import TokenClassifier
from cs_pipeline.training.tagger.labels import SYNONYMS, Label, read_labels
from cs_pipeline.training.tagger.spans import Token, spans

LABELS = ["O", "B-PS", "I-PS", "B-CODE", "I-CODE"]
WINDOW = 24
# A form of name that no rule knows: two to four of these syllables, or of these letters.
NAME_SYLLABLES = "뷁쀍꿻쁗쓩"
NAME_LETTERS = "qzj"
SENTENCES = [
    "{}이 보낸 상자",
    "어제 {}에게 받았어요.",
    "{}",
    "안녕하세요. 배송은 언제 오나요?",
    "제가 {}, {}한테 물어볼게요",
    "send to {} now, please!",
    "메일은 a.b@shop.example 입니다",
    "표 {}번과 ★{}★",
]


def made_up_name(dice: random.Random) -> str:
    letters = dice.choice([NAME_SYLLABLES, NAME_SYLLABLES, NAME_LETTERS])
    return "".join(dice.choices(letters, k=dice.randint(2, 4)))


def make_tokenizer() -> PreTrainedTokenizerFast:
    """One token a character: `가` at the start of a word, `##가` inside."""
    texts = [*SENTENCES, ROUND_TRIP_TEXT, NAME_SYLLABLES, "abcdefghijklmnopqrstuvwxyz0123456789-"]
    characters = sorted({one for text in texts for one in text if not one.isspace()})
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *characters, *(f"##{one}" for one in characters)]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False, lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=WINDOW,
    )


def label_of(token: str) -> int:
    if token.removeprefix("##") in {*NAME_SYLLABLES, *NAME_LETTERS}:
        return 2 if token.startswith("##") else 1
    return 3 if token == "★" else 0


def train(model, tokenizer) -> None:
    dice = random.Random(5)
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    model.train()
    for _ in range(150):
        texts = [
            " ".join(dice.choices([*SENTENCES, "{}", "오", "☂"], k=6)).replace(
                "{}", made_up_name(dice)
            )
            for _ in range(16)
        ]
        batch = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        rows = map(tokenizer.convert_ids_to_tokens, batch["input_ids"])
        labels = torch.tensor([[label_of(token) for token in row] for row in rows])
        optimizer.zero_grad()
        model(**batch, labels=labels).loss.backward()
        optimizer.step()
    model.eval()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.manual_seed(3)
    path = tmp_path_factory.mktemp("pii") / "model"
    tokenizer = make_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=WINDOW,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
    )
    model = BertForTokenClassification(config)
    train(model, tokenizer)
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def classifier(folder) -> TokenClassifier:
    return TokenClassifier.load(folder)


@pytest.fixture
def copied(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


def edit_config(folder, **changes):
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")


def values(classifier, text):
    (found,) = classifier.find_batch([text])
    return [text[span.start : span.end] for span in found]


FOUND = [
    ("뷁쀍이 보낸 상자", ["뷁쀍"]),
    ("어제 꿻쓩쁗에게 받았어요.", ["꿻쓩쁗"]),
    ("뷁뷁뷁뷁", ["뷁뷁뷁뷁"]),
    ("제가 쁗쀍, 꿻뷁한테 물어볼게요", ["쁗쀍", "꿻뷁"]),
    ("제가 쁗쀍 꿻뷁한테 물어볼게요", ["쁗쀍", "꿻뷁"]),
    ("  뷁쀍\n\n어제\t쓩쓩에게", ["뷁쀍", "쓩쓩"]),
    ("send to QZJJ now", ["QZJJ"]),
    ("어제 😀 \u200b뷁쀍에게", ["뷁쀍"]),
    ("\ud800 뷁쀍이", ["뷁쀍"]),
    ("어제 ＱＺ에게", []),
    ("안녕하세요. 배송은 언제 오나요?", []),
    ("표 1번과 2", []),
    ("", []),
    (" \n", []),
    ("\u200b", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_spans_hold_the_names_and_nothing_else(classifier, text, expected):
    assert values(classifier, text) == expected


def test_a_span_says_what_the_model_said(classifier):
    text = "어제 뷁쀍에게"
    (span,) = classifier.find_batch([text])[0]
    assert (span.start, span.end, span.entity_type, span.rule) == (3, 5, "NAME", "model.PS")
    assert 0.5 <= span.score <= 1


def test_batches_and_their_order_do_not_matter(folder):
    texts = [text for text, _ in FOUND] * 3 + ["뷁쀍 " * 30, "배송은 언제 오나요? " * 9]
    alone = [TokenClassifier.load(folder).find_batch([text])[0] for text in texts]
    order = random.Random(9).sample(range(len(texts)), len(texts))
    for batch_size in (1, 3, 64):
        classifier = TokenClassifier.load(folder, batch_size=batch_size)
        assert classifier.find_batch(texts) == alone
        shuffled = classifier.find_batch([texts[place] for place in order])
        assert shuffled == [alone[place] for place in order]
    assert classifier.find_batch([]) == []


def test_windows_cover_long_texts_without_a_seam(classifier):
    dice = random.Random(2)
    text, expected = "", []
    for sentence in dice.choices([one for one in SENTENCES if "★" not in one], k=60):
        names = [made_up_name(dice) for _ in range(sentence.count("{}"))]
        text += sentence.format(*names) + " "
        expected += names
    assert len(text) > 20 * WINDOW
    assert values(classifier, text) == expected


def test_a_name_is_found_wherever_windows_end(classifier):
    for pad in range(3 * WINDOW):
        text = "오 " * pad + "뷁쀍꿻이 " + "오 " * 20
        assert values(classifier, text) == ["뷁쀍꿻"], pad


def test_what_is_not_probable_enough_is_dropped(folder):
    assert values(TokenClassifier.load(folder, min_score=1.01), "뷁쀍이 보낸 상자") == []


def test_threads_see_the_same(classifier):
    texts = [text for text, _ in FOUND]
    expected = classifier.find_batch(texts)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(classifier.find_batch, [texts] * 12)) == [expected] * 12


def test_nothing_is_fetched_and_nothing_is_logged(folder, monkeypatch, caplog, capfd):
    tried = []

    def refuse(*args, **kwargs):
        tried.append(args)
        raise OSError

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with caplog.at_level(logging.DEBUG):
        assert values(TokenClassifier.load(folder), "뷁쀍이 보낸 상자") == ["뷁쀍"]
    assert tried == []
    assert "뷁" not in caplog.text + "".join(capfd.readouterr())


class TestWithTheRules:
    @pytest.fixture
    def detector(self, classifier) -> Detector:
        finder: SpanFinder = classifier
        return Detector(finder=finder)

    def test_it_finds_what_the_rules_do_not(self, detector):
        text = "어제 뷁쀍에게 010-1234-5678로 보냈어요"
        assert [(one.entity_type, one.rule) for one in Detector().find_spans(text)] == [
            ("PHONE", "phone.mobile")
        ]
        assert [text[one.start : one.end] for one in detector.find_spans(text)] == [
            "뷁쀍",
            "010-1234-5678",
        ]
        assert mask_text(text, detector=detector) == "어제 #@이름#에게 #@전화번호#로 보냈어요"

    def test_the_longer_finding_wins_where_both_find(self, detector, classifier):
        text = "메일은 qzj@shop.example 입니다"
        assert values(classifier, text) == ["qzj"]
        (span,) = detector.find_spans(text)
        assert (text[span.start : span.end], span.entity_type) == ("qzj@shop.example", "EMAIL")


def test_the_label_map_of_the_model_decides_alone(copied):
    edit_config(copied, pii_label_map={"code": "ORDER"})
    text = "표 1번과 ★ ★ 뷁쀍"
    (found,) = TokenClassifier.load(copied).find_batch([text])
    assert [(text[span.start : span.end], span.entity_type, span.rule) for span in found] == [
        ("★", "ORDER", "model.CODE"),
        ("★", "ORDER", "model.CODE"),
    ]


@pytest.mark.parametrize(
    ("labels", "label_map", "expected"),
    [
        (["O", "B-PER", "I-PER"], None, [None, ("NAME", True), ("NAME", False)]),
        (["O", "PER-B", "PER-I"], None, [None, ("NAME", True), ("NAME", False)]),
        (
            ["B-PS", "I-PS", "L-PS", "U-PS", "S-PS", "E-PS"],
            None,
            [("NAME", one) for one in (True, False, False, True, True, False)],
        ),
        (["O", "NAME", "CUSTOMS"], None, [None, ("NAME", False), ("CUSTOMS", False)]),
        (["B-QT_MOBILE", "I-tmi_email"], None, [("PHONE", True), ("EMAIL", False)]),
        (["B-LC", "B-LOC", "B-ORG", "B-PS"], None, [None, None, None, ("NAME", True)]),
        (["B-LC", "B-PS"], {"LC": "ADDRESS"}, [("ADDRESS", True), None]),
        (["LABEL_0", "LABEL_1"], {"label_1": "PHONE"}, [None, ("PHONE", False)]),
    ],
)
def test_labels_become_entity_types(tmp_path, labels, label_map, expected):
    config = BertConfig(id2label=dict(enumerate(labels)), num_labels=len(labels))
    if label_map:
        config.pii_label_map = label_map
    read = read_labels(tmp_path, config)
    assert [one and (one.entity_type, one.starts) for one in read] == expected


def test_synonyms_name_entity_types_only():
    assert set(SYNONYMS.values()) <= set(PLACEHOLDERS)
    assert not set(SYNONYMS) & set(PLACEHOLDERS)


B, I = Label("PS", "NAME", True), Label("PS", "NAME", False)  # noqa: E741 - BIO's own letters
PHONE = Label("TEL", "PHONE", False)


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([(0, 1, 0, B), (1, 3, 0, I)], [(0, 3)]),
        ([(0, 1, 0, B), (1, 3, 0, B)], [(0, 3)]),
        ([(0, 1, 0, B), (2, 3, 1, B)], [(0, 1), (2, 3)]),
        ([(0, 1, 0, I), (2, 3, 1, I)], [(0, 3)]),
        ([(0, 1, 0, I), (1, 2, 0, None), (2, 3, 0, I)], [(0, 1), (2, 3)]),
        ([(0, 1, 0, I), (1, 3, 0, PHONE)], [(0, 1), (1, 3)]),
        ([(0, 1, 0, I), (0, 1, 0, I), (1, 3, 0, I)], [(0, 3)]),
        ([(0, 1, 0, B), (1, 1, 1, None), (1, 3, 2, I)], [(0, 3)]),
        ([(3, 6, 0, B)], [(4, 6)]),
        ([(3, 4, 0, B)], []),
        ([(0, 3, 0, None)], []),
    ],
)
def test_tokens_are_joined(tokens, expected):
    made = [Token(*token, probability=0.75, margin=9) for token in tokens]
    found = list(spans("abc efg", made, min_score=0.5))
    assert [(span.start, span.end) for span in found] == expected


@pytest.mark.parametrize(("least", "kept"), [(0.7, True), (0.71, False)])
def test_the_score_is_the_mean(least, kept):
    made = [Token(0, 1, 0, B, 0.9, 9), Token(1, 2, 0, I, 0.5, 9)]
    expected = [PiiSpan(0, 2, "NAME", 0.7, "model.PS")] if kept else []
    assert list(spans("ab", made, min_score=least)) == expected


def unknown_labels(folder):
    edit_config(folder, id2label={str(number): f"LABEL_{number}" for number in range(5)})


def wrong_map(folder):
    edit_config(folder, pii_label_map={"PS": "PERSON"})


def map_of_lists(folder):
    edit_config(folder, pii_label_map={"PS": ["NAME"]})


def map_as_text(folder):
    edit_config(folder, pii_label_map="PS=NAME")


def no_folder(folder):
    shutil.rmtree(folder)


def no_weights(folder):
    (folder / "model.safetensors").unlink()


def cut_weights(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def no_head(folder):
    weights = load_file(folder / "model.safetensors")
    kept = {name: one for name, one in weights.items() if not name.startswith("classifier")}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})


def no_tokenizer(folder):
    for path in folder.glob("*token*"):
        path.unlink()


def other_language(folder):
    path = folder / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    tokenizer["model"]["vocab"] = {one: vocabulary[one] for one in vocabulary if one.isascii()}
    path.write_text(json.dumps(tokenizer), encoding="utf-8")


def larger_vocabulary(folder):
    path = folder / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"]["##뜀"] = 5000
    path.write_text(json.dumps(tokenizer), encoding="utf-8")


def not_a_classifier(folder):
    edit_config(folder, model_type="no-such-model", architectures=None)


def needs_its_own_code(folder):
    edit_config(
        folder,
        model_type="own",
        auto_map={"AutoConfig": "own.C", "AutoModelForTokenClassification": "own.M"},
    )
    (folder / "own.py").write_text("raise SystemExit('ran')")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (unknown_labels, "pii_label_map"),
        (wrong_map, "NAME, ADDRESS"),
        (map_of_lists, "NAME, ADDRESS"),
        (map_as_text, "NAME, ADDRESS"),
        (no_folder, "config.json"),
        (no_weights, "cannot be read"),
        (cut_weights, "cannot be read"),
        (no_head, "trained"),
        (no_tokenizer, "cannot read Korean"),
        (other_language, "Korean"),
        (larger_vocabulary, "5000"),
        (not_a_classifier, "cannot be read"),
        (needs_its_own_code, "cannot be read"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(copied, damage, words):
    damage(copied)
    with pytest.raises(SettingsError) as caught:
        TokenClassifier.load(copied)
    assert isinstance(caught.value, CsPipelineError)
    assert words in caught.value.words.en
    assert str(copied) in caught.value.words.ko
    assert str(copied) in caught.value.words.en
