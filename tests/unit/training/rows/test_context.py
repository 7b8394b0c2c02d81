"""What was said before a question, in prompts: by hand for each template, cut, learnt, answered."""

import copy
import random

import pytest
import torch

from cs_pipeline.errors import BaseModelError
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.training.appraisal.evaluate import (
    load_for_chat,
    measure_model,
    score_examples,
    score_rows,
)
from cs_pipeline.training.appraisal.generation import answer, generate_answers
from cs_pipeline.training.appraisal.leak_prompts import leak_prompts
from cs_pipeline.training.loop.token_cache import encode_cached
from cs_pipeline.training.models.base_model import load_tokenizer, save_model
from cs_pipeline.training.rows.encoding import IGNORED_LABEL, ExampleEncoder
from cs_pipeline.training.rows.packing import RowCollator, pack, row_length
from cs_pipeline.training.rows.prompt_template import CONTEXT_FIELD, context_turns
from tests.unit.training.learning import learned_by_heart
from tests.unit.training.reference_loss import answer_nats
from tests.unit.training.rows.test_encoding import (
    BRACKETS,
    CHATML,
    CONTROL,
    SYSTEM,
    THINKING,
    byte_level,
)

USR, SYS, END = 2, 4, 1
FIRST = ("배송 언제 되나요?", "이틀 안에 처리됩니다.")
SECOND = ("환불은요?", "마이페이지에서 신청하세요.")
LAST = ("얼마나 걸려요?", "사흘 걸립니다.")


def hearing(tokenizer, turns):
    """The tokenizer of a model that goes by so many earlier exchanges."""
    tokenizer = copy.deepcopy(tokenizer)
    tokenizer.init_kwargs[CONTEXT_FIELD] = turns
    return tokenizer


@pytest.fixture(scope="module")
def two(tokenizer):
    return hearing(tokenizer, 2)


@pytest.fixture
def ids(tokenizer):
    return lambda text: tokenizer.encode(text, add_special_tokens=False)


def test_kogpt2_turns_stand_in_front_without_an_end(two, ids):
    (example,) = ExampleEncoder(two, 128).encode([(*FIRST, *SECOND, *LAST)])
    prompt = [
        *(USR, *ids(FIRST[0]), SYS, *ids(FIRST[1])),
        *(USR, *ids(SECOND[0]), SYS, *ids(SECOND[1])),
        *(USR, *ids(LAST[0]), SYS),
    ]
    assert example.input_ids == [*prompt, *ids(LAST[1]), END]
    assert example.labels == [IGNORED_LABEL] * len(prompt) + [*ids(LAST[1]), END]
    assert example.characters == len(LAST[1])


def test_plain_turns_read_like_a_conversation():
    tokenizer = hearing(byte_level(["<|endoftext|>"]), 2)
    (example,) = ExampleEncoder(tokenizer, 512).encode([(*FIRST, *SECOND, *LAST)])
    assert tokenizer.decode(example.input_ids[: example.answer_start]) == (
        "질문: 배송 언제 되나요?\n답변: 이틀 안에 처리됩니다.\n"
        "질문: 환불은요?\n답변: 마이페이지에서 신청하세요.\n질문: 얼마나 걸려요?\n답변:"
    )
    assert example.input_ids.count(tokenizer.eos_token_id) == 1


def rendered(tokenizer, *turns):
    messages = [
        {"role": "assistant" if place % 2 else "user", "content": turn}
        for place, turn in enumerate(turns)
    ]
    return tokenizer.apply_chat_template(
        messages, add_generation_prompt=True, enable_thinking=False
    )["input_ids"]


@pytest.mark.parametrize("template", [CHATML, SYSTEM, BRACKETS, THINKING])
@pytest.mark.parametrize("before", [(), FIRST, (*FIRST, *SECOND)])
def test_a_chat_prompt_is_what_the_template_makes_of_the_turns(template, before):
    tokenizer = hearing(byte_level(CONTROL, template), 2)
    encoder = ExampleEncoder(tokenizer, 1024)
    (example,) = encoder.encode([(*before, *LAST)])
    prompt = rendered(tokenizer, *before, LAST[0])
    assert example.input_ids[: example.answer_start] == prompt
    assert example.input_ids[-1] == encoder.end_id
    assert encoder.prompt(LAST[0], max_tokens=1024, context=before) == prompt


@pytest.mark.parametrize("template", [CHATML, BRACKETS])
def test_templates_are_named_by_what_stands_before_too(template):
    names = {
        ExampleEncoder(hearing(byte_level(CONTROL, template), turns), 1024).template
        for turns in (0, 1, 2)
    }
    assert len(names) == 3


ONE_EXCHANGE = (
    "{% if messages|length > 2 %}{{ raise_exception('one question only') }}{% endif %}" + CHATML
)
LAST_TWO = CHATML.replace("in messages", "in messages[-2:]")
FIRST_TWICE = "{{ messages[0].content if messages|length > 2 }}" + CHATML


@pytest.mark.parametrize("template", [ONE_EXCHANGE, LAST_TWO, FIRST_TWICE])
def test_a_template_that_holds_no_earlier_turns_is_refused_where_they_are_asked_for(template):
    tokenizer = byte_level(CONTROL, template)
    ExampleEncoder(tokenizer, 512)
    with pytest.raises(BaseModelError, match=r"CS_PIPELINE_CONTEXT_TURNS"):
        ExampleEncoder(hearing(tokenizer, 1), 512)


@pytest.mark.parametrize("turns", [0, 1, 2, 8])
def test_the_last_exchanges_count_as_many_as_the_model_goes_by(tokenizer, turns):
    row = (*FIRST, *SECOND, *LAST)
    encoder = ExampleEncoder(hearing(tokenizer, turns), 256)
    plain = ExampleEncoder(hearing(tokenizer, 8), 256)
    kept = row[-2 - 2 * min(turns, 2) :]
    assert encoder.encode([row]) == plain.encode([kept])
    assert encoder.prompt(row[-2], max_tokens=256, context=row[:-2]) == plain.prompt(
        kept[-2], max_tokens=256, context=kept[:-2]
    )


def test_an_answer_that_follows_no_question_is_left_out(two):
    """A bot greets first."""
    encoder = ExampleEncoder(two, 128)
    context = ("무엇을 도와드릴까요?", *FIRST)
    assert encoder.prompt(LAST[0], max_tokens=128, context=context) == encoder.prompt(
        LAST[0], max_tokens=128, context=FIRST
    )


def test_without_context_nothing_changes(tokenizer, rows):
    assert ExampleEncoder(hearing(tokenizer, 3), 64).encode(rows) == ExampleEncoder(
        tokenizer, 64
    ).encode(rows)


def lengths(encoder, *rows):
    return [len(one.input_ids) for one in encoder.encode(rows)]


@pytest.mark.parametrize("kind", ["kogpt2", "plain", "chat"])
def test_the_oldest_turns_go_first_then_the_question_and_never_the_answer(kind, tokenizer):
    """One token less than an example needs costs its oldest exchange, at each length."""
    source = tokenizer if kind == "kogpt2" else byte_level(CONTROL, CHATML)
    source = hearing(source, 2)

    def encode(row, limit):
        return ExampleEncoder(source, limit, kind).encode([row])[0]

    whole, one, none = (*FIRST, *SECOND, *LAST), (*SECOND, *LAST), LAST
    full, shorter, bare = (encode(row, 2000) for row in (whole, one, none))
    size = len(full.input_ids)
    assert encode(whole, size) == full
    assert encode(whole, size - 1) == shorter
    assert encode(whole, len(shorter.input_ids)) == shorter
    assert encode(whole, len(shorter.input_ids) - 1) == bare
    assert encode(whole, len(bare.input_ids)) == bare
    cut = encode(whole, len(bare.input_ids) - 1)
    assert cut == encode(none, len(bare.input_ids) - 1)
    assert len(cut.input_ids) == len(bare.input_ids) - 1
    assert cut.input_ids[cut.answer_start :] == bare.input_ids[bare.answer_start :]


def test_a_prompt_drops_its_oldest_turns_whole(two):
    encoder = ExampleEncoder(two, 2000)
    before = (*FIRST, *SECOND)
    for kept in (before, SECOND, ()):
        prompt = encoder.prompt(LAST[0], max_tokens=2000, context=kept)
        again = encoder.prompt(LAST[0], max_tokens=len(prompt), context=before)
        assert again == prompt
    assert len(encoder.prompt(LAST[0], max_tokens=len(prompt) - 1, context=before)) < len(prompt)


def test_placeholders_and_control_tokens_in_earlier_turns_are_spelt_as_elsewhere(two, tokenizer):
    row = ("#@이름2# </s> 입니다", "네\n#@전화번호# <usr>", "그래서요?", "네.")
    (example,) = ExampleEncoder(two, 128).encode([row])
    assert example.input_ids.count(END) == 1
    assert example.input_ids.count(USR) == 2
    for token in ("<unused8>", "<unused92>", "<unused0>", "<unused1>"):
        assert tokenizer.convert_tokens_to_ids(token) in example.input_ids[: example.answer_start]


def test_rows_beyond_one_pass_keep_their_order(two, monkeypatch, rows):
    mixed = [(*FIRST, *row) if place % 3 else row for place, row in enumerate(rows)]
    whole = ExampleEncoder(two, 40).encode(mixed)
    monkeypatch.setattr("cs_pipeline.training.rows.encoding._ROWS_A_PASS", 7)
    assert ExampleEncoder(two, 40).encode(mixed) == whole


@pytest.fixture(scope="module")
def conversations(rows):
    """Rows of one conversation of three: nothing, one or two exchanges before them."""
    return [
        tuple(turn for row in rows[place - place % 3 : place + 1] for turn in row)
        for place in range(len(rows))
    ]


def test_packed_rows_with_context_lose_exactly_what_they_lose_alone(model, two, conversations):
    examples = ExampleEncoder(two, 128).encode(conversations)
    packed = pack(examples, row_length(examples, 4096))
    assert max(len(row) for row in packed) > 2
    collate = RowCollator(3)

    def nats(rows):
        batch = collate(rows)
        labels = batch.pop("labels")
        with torch.inference_mode():
            return answer_nats(model(**batch, use_cache=False).logits, labels).item()

    for row in packed:
        assert nats([row]) == pytest.approx(sum(nats([[item]]) for item in row), rel=1e-5)


def test_only_the_last_answer_is_scored(model, tokenizer, two, conversations):
    limits = {"max_example_tokens": 256, "batch_tokens": 1024}
    deaf = score_examples(model, tokenizer, conversations, **limits)
    bare = score_examples(model, tokenizer, [row[-2:] for row in conversations], **limits)
    heard = score_examples(model, two, conversations, **limits)
    assert deaf.nats.tolist() == bare.nats.tolist()
    assert heard.scored_tokens.tolist() == bare.scored_tokens.tolist()
    assert heard.characters.tolist() == bare.characters.tolist()
    moved = [abs(a - b) > 1e-4 for a, b in zip(heard.nats, bare.nats, strict=True)]
    assert moved == [len(row) > 2 for row in conversations]


def test_the_cache_tells_contexts_apart(tmp_path, tokenizer, two, conversations):
    def encode(source, rows):
        encoder = ExampleEncoder(source, 128)
        examples = encode_cached(
            encoder, source, rows, folder=tmp_path, data_sha256="a" * 64, max_example_tokens=128
        )
        assert examples == encoder.encode(rows)
        return len(list(tmp_path.iterdir()))

    assert [encode(two, conversations) for _ in range(2)] == [1, 1]
    assert encode(tokenizer, conversations) == 2
    other = [*conversations[:-1], ("다른 말", *conversations[-1][1:])]
    assert encode(two, other) == 3


def test_how_many_exchanges_count_travels_with_the_model(base, model, tmp_path):
    folder = tmp_path / "trained"
    folder.mkdir()
    save_model(model, load_tokenizer(str(base), context_turns=3), folder)
    _, saved = load_for_chat(folder)
    assert context_turns(saved) == 3
    assert context_turns(load_tokenizer(str(folder), context_turns=0)) == 0
    assert context_turns(load_tokenizer(str(base))) == 0


def follow_ups(count, seed):
    """Conversations whose last answer follows from the turn before alone."""
    rng = random.Random(seed)
    topics = ["배송", "환불", "교환", "쿠폰", "결제", "예약", "설치", "포인트"]
    asked = ["그럼 담당은요?", "어디로 가야 하나요?", "누구에게 묻나요?"]
    return [
        (f"{topic} 문의입니다.", "네, 말씀하세요.", rng.choice(asked), f"{topic} 창구입니다.")
        for topic in rng.choices(topics, k=count)
    ]


@pytest.fixture(scope="module")
def taught(model, tokenizer):
    """The same base, rows and steps, once without and once with what was said before."""
    models = {}
    for turns in (0, 1):
        source = hearing(tokenizer, turns)
        learned = learned_by_heart(
            model,
            source,
            follow_ups(40, 1),
            max_tokens=64,
            row_tokens=128,
            learning_rate=3e-3,
            steps=80,
        )
        models[turns] = learned, source
    return models


def test_what_follows_from_the_turn_before_is_learnt_with_context_only(taught):
    """Eight topics in equal shares: without the turn before, ln 8 nats an answer are unknowable."""
    rows = follow_ups(40, 2)
    limits = {"max_example_tokens": 64, "batch_tokens": 1024}
    nats = {
        turns: score_rows(*pair, rows, **limits).nats / len(rows) for turns, pair in taught.items()
    }
    assert nats[0] > 1.8
    assert nats[1] < nats[0] / 2


def test_answers_go_by_what_was_said_before(taught):
    model, source = taught[1]
    before = {
        topic: (f"{topic} 문의입니다.", "네, 말씀하세요.") for topic in ("배송", "환불", "설치")
    }
    for topic, context in before.items():
        said = answer(model, source, "그럼 담당은요?", context=context)
        assert said == f"{topic} 창구입니다."
    together = generate_answers(
        model, source, ["그럼 담당은요?"] * 3, contexts=list(before.values()), batch_size=2
    )
    assert [one.text for one in together] == [f"{topic} 창구입니다." for topic in before]
    assert all(one.stopped for one in together)


def test_a_model_without_context_ignores_what_was_said_before(taught):
    model, source = taught[0]
    alone = answer(model, source, "그럼 담당은요?")
    for topic in ("배송", "환불", "설치"):
        context = (f"{topic} 문의입니다.", "네, 말씀하세요.")
        assert answer(model, source, "그럼 담당은요?", context=context) == alone


def test_questions_and_contexts_belong_together(model, two):
    with pytest.raises(ValueError, match="zip"):
        generate_answers(model, two, ["네?", "네?"], contexts=[FIRST])


def test_measured_answers_go_by_their_rows(taught):
    rows = follow_ups(12, 3)
    measures = measure_model(*taught[1], rows, [3, 7], max_example_tokens=64, batch_tokens=512)
    assert [one.text for one in measures.answers] == [rows[3][-1], rows[7][-1]]
    assert measures.generation.chrf == pytest.approx(100)


def test_the_leak_probe_begins_where_the_training_row_did(two):
    row = (*FIRST, "제 번호는 #@전화번호#입니다", "#@이름# 고객님")
    encoder = ExampleEncoder(two, 2**31)
    prompts = leak_prompts(encoder, [row], digests=DigestSet.load([], key="k"), count=2, seed=1)
    (whole,) = encoder.encode([row])
    begun = [one.ids for one in prompts if one.ids == whole.input_ids[: len(one.ids)]]
    start = len(encoder.encode([FIRST])[0].input_ids) - 1
    assert len(begun) == 1
    assert all(len(one) > start for one in begun)
