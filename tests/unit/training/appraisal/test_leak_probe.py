"""What the probe asks and how it counts, on answers that are set; `generation` draws the real ones.

Every value is made up.
"""

import logging
import re
import traceback

import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from cs_pipeline.errors import TrainingError
from cs_pipeline.masked.digests import DigestSet, ValueDigests
from cs_pipeline.training.appraisal import leak_probe
from cs_pipeline.training.appraisal.leak_probe import probe
from cs_pipeline.training.appraisal.leak_prompts import GENERIC_QUESTIONS, leak_prompts
from cs_pipeline.training.rows.encoding import ExampleEncoder

PHONE, OTHER_PHONE, HOTLINE = "010-7391-4826", "010-2846-1937", "1588-2934"
NO_DIGESTS = DigestSet.load([], key="k")
USR, SYS = 2, 4


def phone_like(text: str) -> str | None:
    """Any eight digits beside the word for phone; nine anywhere."""
    if re.search(r"전화 \d{4}-\d{4}", text):
        return "PHONE"
    return "digit_run" if re.search(r"(?:\d-?){9}", text) else None


@pytest.fixture
def digests(tmp_path) -> DigestSet:
    kept = ValueDigests("k")
    kept.add("PHONE", PHONE)
    kept.add("EMAIL", "heron7731@example.com")
    kept.write(tmp_path / "digests.parquet")
    return DigestSet.load([tmp_path / "digests.parquet"], key="k")


@pytest.fixture
def look(model, tokenizer, digests, monkeypatch):
    """The report on a model that says the given texts in turn, whatever it is asked."""

    def report(
        *said: str, rows=(("전화 주세요", "네"),), known=digests, is_personal=phone_like, prompts=4
    ):
        def say(model, tokenizer, prompts_ids, *, samples, **_):
            count = len(prompts_ids) * samples
            return [said[place % len(said)] for place in range(count)]

        monkeypatch.setattr(leak_probe, "sample_answers", say)
        return probe(
            model,
            tokenizer,
            list(rows),
            digests=known,
            is_personal=is_personal,
            prompts=prompts,
            samples=1,
            seed=1,
        )

    return report


@pytest.mark.parametrize(
    ("said", "exact", "suspicious"),
    [
        ("네, 감사합니다.", 0, 0),
        ("", 0, 0),
        ("#@전화번호#로 연락드립니다.", 0, 0),
        (f"{PHONE}로 연락드립니다.", 4, 4),
        (f"{OTHER_PHONE}로 연락드립니다.", 0, 4),
        ("공일공 칠삼구일 사팔이육입니다", 4, 0),
        ("heron7731@example.com으로 보내세요", 4, 0),
        ("가격은 7,391,482원입니다.", 0, 0),
        ("1073914826", 4, 4),
    ],
)
def test_answers_are_counted_once_by_what_they_hold(look, said, exact, suspicious):
    report = look(said)
    assert (report.exact_hits, report.suspicious) == (exact, suspicious)
    assert (report.prompts, report.samples, report.digests, report.seed) == (4, 4, 2, 1)


def test_suspicious_answers_are_counted_by_kind(look):
    report = look("전화 1234-5678", "네", f"{OTHER_PHONE}입니다", f"{OTHER_PHONE}, {PHONE}")
    assert report.by_kind == {"PHONE": 1, "digit_run": 2}
    assert report.suspicious == 3
    assert report.exact_hits == 1


def test_what_masked_rows_show_in_the_clear_may_be_said(look):
    rows = [("어디로 하나요?", f"대표번호 {HOTLINE}입니다"), ("네", "네")]
    assert look(f"전화 {HOTLINE}로 하세요").suspicious == 4
    assert look(f"전화 {HOTLINE}로 하세요", rows=rows).suspicious == 0
    assert look("전화 1588-7735로 하세요", rows=rows).suspicious == 4
    assert look(f"전화 {HOTLINE} 또는 전화 9182-3746", rows=rows).suspicious == 4


def test_what_stands_in_rows_that_are_not_clean_is_no_excuse(look):
    rows = [("어디로 하나요?", f"{PHONE}입니다"), (f"전화 {HOTLINE}", "네")]
    assert look(f"{PHONE}로 하세요", rows=rows).exact_hits == 4
    assert look(f"{PHONE}로 하세요", rows=rows).suspicious == 4
    assert look(f"전화 {HOTLINE}로 하세요", rows=rows).suspicious == 4


@pytest.mark.parametrize("garbled", ["1588-29344", "1588-293", "1588-2935", "1858-2934"])
def test_a_garbled_hotline_is_nobodys_number(look, garbled):
    rows = [("어디로 하나요?", f"대표번호 {HOTLINE}입니다"), ("네", "네")]

    def personal(text: str) -> str | None:
        """Every number but the hotline where it is named as such."""
        return "digit_run" if "대표번호" not in text and re.search(r"\d{3}-?\d{3}", text) else None

    assert look(f"전화 {garbled}로", is_personal=personal).suspicious == 4
    assert look(f"전화 {garbled}로", is_personal=personal, rows=rows).suspicious == 0
    assert look(f"전화 {garbled}, {OTHER_PHONE}", is_personal=personal, rows=rows).suspicious == 4


def test_a_masked_value_is_a_hit_though_a_row_shows_it(look, tmp_path):
    kept = ValueDigests("k")
    kept.add("MEMBER_NO", HOTLINE)
    kept.write(tmp_path / "public.parquet")
    known = DigestSet.load([tmp_path / "public.parquet"], key="k")
    assert look(f"{HOTLINE}로 하세요", known=known).exact_hits == 4
    rows = [("어디로 하나요?", f"{HOTLINE}입니다")]
    assert look(f"{HOTLINE}로 하세요", known=known, rows=rows).exact_hits == 4


def test_it_says_at_how_many_places_of_values_it_asked(look):
    rows = [
        (f"{n}번 #@전화번호#로 주세요", f"#@이름#님, 주문 {10000000 + n}번입니다") for n in range(9)
    ]
    report = look("네", rows=rows)
    assert (report.places, report.places_asked) == (27, 2)
    assert look("네").places == look("네").places_asked == 0


def test_a_place_that_was_asked_with_and_without_first_digits_counts_once(look):
    rows = [(f"{n}번 #@전화번호#로 주세요", "네") for n in range(3)]
    report = look("네", rows=rows, prompts=40)
    assert report.prompts == 3 + 3 + len(GENERIC_QUESTIONS)
    assert (report.places, report.places_asked) == (3, 3)


def test_an_empty_set_of_digests_is_reported_as_such(look):
    report = look(f"{PHONE}로 하세요", known=NO_DIGESTS)
    assert (report.digests, report.exact_hits, report.suspicious) == (0, 0, 4)


def test_a_scan_that_fails_shows_no_text(look, caplog, capfd):
    caplog.set_level(logging.DEBUG)

    def fail(text: str) -> str | None:
        raise ValueError(text)

    with pytest.raises(TrainingError) as caught:
        look(f"{PHONE}로 하세요", is_personal=fail)
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "ValueError" in caught.value.words.en
    assert "4826" not in shown + str(vars(caught.value)) + "".join(capfd.readouterr())
    assert caught.value.__context__ is None


def test_a_real_model_is_asked_and_the_same_seed_gives_the_same_report(model, tokenizer, rows):
    def report(seed: int, samples: int = 3):
        return probe(
            model,
            tokenizer,
            rows,
            digests=NO_DIGESTS,
            is_personal=lambda text: "long" if len(text) > 40 else None,
            prompts=10,
            samples=samples,
            seed=seed,
        )

    first = report(1)
    assert (first.prompts, first.samples) == (10, 30)
    assert report(1) == first
    assert report(1, samples=1).samples == 10


def prompts_for(tokenizer, rows, *, digests=NO_DIGESTS, count=12, seed=1):
    return leak_prompts(
        ExampleEncoder(tokenizer, 2**31), rows, digests=digests, count=count, seed=seed
    )


def texts(tokenizer, prompts) -> list[str]:
    return [tokenizer.decode(prompt.ids, skip_special_tokens=False) for prompt in prompts]


def test_rows_are_cut_right_before_a_placeholder(tokenizer):
    rows = [("제 번호는 #@전화번호#입니다", "#@이름# 고객님, 확인했습니다")]
    prompts = prompts_for(tokenizer, rows, count=4)
    whole = ExampleEncoder(tokenizer, 2**31).encode(rows)[0]
    asked = [prompt for prompt in prompts if USR in prompt.ids and len(prompt.ids) > 1]
    begun = [one.ids for one in asked if whole.input_ids[: len(one.ids)] == one.ids]
    in_question, in_answer = sorted(begun, key=len)
    assert SYS not in in_question
    assert in_answer[-1] == SYS
    assert whole.input_ids[len(in_answer)] == tokenizer.get_vocab()["<unused8>"]  # a name
    assert "번호는" in tokenizer.decode(in_question)
    assert len(prompts) == 4


def test_without_placeholders_only_generic_questions_are_asked(tokenizer):
    encoder = ExampleEncoder(tokenizer, 2**31)
    for rows in ([], [("네", "네")]):
        prompts = prompts_for(tokenizer, rows, count=40)
        assert [prompt.ids for prompt in prompts] == [
            encoder.prompt(question, max_tokens=512) for question in GENERIC_QUESTIONS
        ]


def test_types_get_equal_shares(tokenizer):
    rows = [(f"{number}번 #@전화번호#", "네") for number in range(50)] + [("나 #@이메일#", "네")]
    asked = texts(tokenizer, prompts_for(tokenizer, rows, count=6))
    assert sum("나" in text.split() for text in asked) == 1
    assert sum("번" in text and "알려" not in text for text in asked) >= 2


def test_some_contexts_go_on_with_the_first_digits_of_masked_values(tokenizer, digests):
    rows = [(f"{topic} 번호는 #@전화번호#입니다", "네") for topic in "가나다라마바사아"]
    prompts = prompts_for(tokenizer, rows, digests=digests, count=16)
    started = [prompt for prompt in prompts if prompt.prefix]
    assert len(prompts) == 16
    assert {prompt.prefix for prompt in started} == {"010"}
    assert len(started) == 2
    assert all(text.endswith("010") for text in texts(tokenizer, started))


@pytest.mark.parametrize(
    ("said", "exact", "suspicious"),
    [(PHONE[3:], 4, 0), (PHONE, 32, 28), (OTHER_PHONE, 0, 28)],
)
def test_first_digits_that_were_given_count_for_exact_hits_only(
    model, tokenizer, digests, monkeypatch, said, exact, suspicious
):
    rows = [(f"{topic} 번호는 #@전화번호#입니다", "네") for topic in "가나다라마바사아"]

    def say(model, tokenizer, prompts_ids, *, samples, **_):
        return [said] * (len(prompts_ids) * samples)

    monkeypatch.setattr(leak_probe, "sample_answers", say)
    report = probe(
        model,
        tokenizer,
        rows,
        digests=digests,
        is_personal=phone_like,
        prompts=16,
        samples=2,
        seed=1,
    )
    assert (report.samples, report.exact_hits) == (32, exact)
    assert report.suspicious == suspicious


def test_the_same_seed_asks_the_same_and_repeated_rows_once(tokenizer):
    rows = [(f"{number}번은 #@전화번호#", "네") for number in range(30)]
    first, again, other = (prompts_for(tokenizer, rows, seed=seed) for seed in (1, 1, 2))
    assert first == again != other
    (context, *generic) = prompts_for(tokenizer, [("가 #@전화번호#", "네")] * 30, count=10)
    assert len(generic) == 9
    assert "가" in tokenizer.decode(context.ids)


@pytest.mark.parametrize("count", [1, 2, 3, 25])
def test_there_are_never_more_prompts_than_asked_for(tokenizer, digests, count):
    rows = [(f"{number}번은 #@전화번호#", "#@이메일#") for number in range(30)]
    assert len(prompts_for(tokenizer, rows, digests=digests, count=count)) == count


def test_other_tokenizers_are_cut_at_the_same_place():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(["안녕하세요"], trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|endoftext|>")
    rows = [("제 번호는 #@전화번호#입니다", "네, #@이름# 고객님")]
    asked = [text.rstrip() for text in texts(fast, prompts_for(fast, rows, count=4))]
    assert "질문: 제 번호는" in asked
    assert "질문: 제 번호는 #@전화번호#입니다\n답변: 네," in asked


def test_nothing_that_holds_text_shows_it(tokenizer, digests):
    rows = [("비밀글자 #@전화번호#", "네")] * 4
    assert "비밀글자" not in repr(prompts_for(tokenizer, rows, digests=digests))
