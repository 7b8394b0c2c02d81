import re
from dataclasses import replace

import pytest

from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.detector import Detector
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.records import Exchange, KnownValue, MaskedExchanges, PiiSpan, RefusedRow

UNKNOWN_NUMBER = "4829 1038 2756 1"  # thirteen digits that no rule knows


def exchange(row: int, question: str, answer: str, conversation_id: str | None = None) -> Exchange:
    return Exchange("3월", f"D{row}", f"E{row}", question, answer, conversation_id, row, ("원본",))


def mask_all(rows: list[Exchange], **options) -> tuple[MaskedExchanges, list[RefusedRow]]:
    return ConversationMasker(salt="s", **options).mask(rows)


def test_rows_are_masked_in_order_and_residue_is_refused() -> None:
    masked, refused = mask_all(
        [
            exchange(2, "010-1234-5678로 주세요", "네, a@example.com으로 드릴게요", "c1"),
            exchange(3, "언제 오나요?", "내일 갑니다 010-1234-5678", "c1"),
            exchange(4, f"값은 {UNKNOWN_NUMBER} 이에요", "네", "c2"),
            exchange(5, "감사합니다", "네"),
        ]
    )
    assert masked.inputs == ("#@전화번호#로 주세요", "언제 오나요?", "감사합니다")
    assert masked.outputs == ("네, #@이메일#으로 드릴게요", "내일 갑니다 #@전화번호#", "네")
    assert masked.turn_indexes == (2, 3, 5)
    assert masked.entity_counts == {"PHONE": 2, "EMAIL": 1}
    assert sum(masked.rule_counts.values()) == 3
    assert [len(rules) for rules in masked.rules] == [2, 1, 0]
    first, second, third = masked.conversation_ids
    assert first == second != third
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in masked.conversation_ids)
    (row,) = refused
    assert (row.sheet, row.cell, row.reason, row.original) == (
        "3월",
        "D4",
        "residual_pii",
        ("원본",),
    )
    for words in (row.words.ko, row.words.en):
        assert "D4" in words
        assert "digit_run" in words
        assert UNKNOWN_NUMBER not in words


def test_refused_cell_is_the_one_that_tripped_and_its_entities_do_not_count() -> None:
    masked, refused = mask_all([exchange(7, "010-1234-5678", f"값은 {UNKNOWN_NUMBER}")])
    assert [row.cell for row in refused] == ["E7"]
    assert masked.inputs == ()
    assert masked.entity_counts == masked.rule_counts == {}


def test_evidence_masks_the_rows_to_keep_and_comes_out_nowhere() -> None:
    rows = [
        exchange(2, "010-3829-4756 한여름입니다", "네 고객님", "c1"),
        exchange(3, "38294756 번이요", f"값은 {UNKNOWN_NUMBER}", "c1"),
        exchange(4, "38294756 번이요", "네", "c1"),
    ]
    part = ConversationMasker(salt="s").mask_part(rows, keep={2})
    masked, refused = part.masked, part.refused
    assert masked.inputs == ("#@전화번호# 번이요",)
    assert masked.entity_counts == {"PHONE": 1}
    assert (masked.turn_indexes, refused) == ((4,), [])
    alone, _ = ConversationMasker(salt="s").mask(rows[2:])
    assert alone.inputs == ("38294756 번이요",)
    assert alone.conversation_ids == masked.conversation_ids


def test_a_refused_answer_shows_its_own_row() -> None:
    row = replace(exchange(7, "되나요?", f"값은 {UNKNOWN_NUMBER}"), answer_original=("답변의 행",))
    _, refused = mask_all([row])
    assert [(one.cell, one.original) for one in refused] == [("E7", ("답변의 행",))]


def test_sheet_name_is_masked_in_words() -> None:
    row = replace(exchange(2, f"값은 {UNKNOWN_NUMBER}", "네"), sheet="010-1234-5678")
    _, (refused,) = mask_all([row])
    assert "1234-5678" not in refused.words.ko + refused.words.en


def test_conversation_ids_depend_on_the_salt_only() -> None:
    rows = [exchange(2, "네", "네", "c1"), exchange(3, "네", "네")]
    one = ConversationMasker(salt="a").mask(rows)[0].conversation_ids
    assert ConversationMasker(salt="a").mask(rows)[0].conversation_ids == one
    assert not set(ConversationMasker(salt="b").mask(rows)[0].conversation_ids) & set(one)


def test_what_the_question_asks_for_is_evidence_for_the_answer() -> None:
    masked, _ = mask_all(
        [
            exchange(2, "환불해 주세요", "전화번호 알려 주세요", "c"),
            exchange(3, "10 3829 4756", "네", "c"),
        ]
    )
    assert masked.inputs[1] == "#@전화번호#"
    alone, _ = mask_all([exchange(3, "네", "10 3829 4756은 아니에요")])
    assert "전화번호" not in alone.outputs[0] or alone.outputs[0].startswith("#@")


def test_a_value_found_for_sure_is_found_in_every_turn_of_its_conversation_only() -> None:
    rows = [
        exchange(2, "010-3829-4756으로 보내 주세요", "3829 4756 맞으실까요?", "c1"),
        exchange(3, "네", "네 38294756으로 보냈어요", "c1"),
        exchange(4, "안녕하세요", "3829 4756호 방입니다", "c2"),
    ]
    masked, _ = mask_all(rows)
    assert masked.outputs[0] == "#@전화번호# 맞으실까요?"
    assert masked.outputs[1] == "네 #@전화번호#으로 보냈어요"
    assert masked.outputs[2] == "3829 4756호 방입니다"


@pytest.mark.parametrize(
    ("told", "read_back", "masked"),
    [
        ("여권 번호 M0106 2499요", "네, M0106 2499로 조회됩니다.", "네, #@여권번호#로 조회됩니다."),
        ("여권번호는 S2666-7178이에요", "S2666-7178 맞으세요?", "#@여권번호# 맞으세요?"),
        ("농협 계좌 352-0192-4471-03이요", "352 0192 4471 03이시죠?", "#@계좌번호#이시죠?"),
        ("여권 번호 M0106 2499요", "객실은 M0106호입니다.", "객실은 M0106호입니다."),
        ("여권번호는 S2666-7178이에요", "모델은 S2666이고요.", "모델은 S2666이고요."),
    ],
)
def test_a_number_that_is_read_back_needs_no_word_beside_it(told, read_back, masked) -> None:
    result, _ = mask_all([exchange(2, told, "네 잠시만요", "c"), exchange(3, "네", read_back, "c")])
    assert result.outputs == ("네 잠시만요", masked)


def test_interleaved_conversations_stay_apart_and_in_order() -> None:
    rows = [
        exchange(2, "010-3829-4756이요", "네", "c1"),
        exchange(3, "안녕하세요", "어서 오세요", "c2"),
        exchange(4, "끝 3829 4756요", "네", "c1"),
        exchange(5, "끝 3829 4756요", "네", "c2"),
    ]
    masked, _ = mask_all(rows)
    assert masked.inputs == ("#@전화번호#이요", "안녕하세요", "끝 #@전화번호#요", "끝 3829 4756요")


def test_values_of_the_rows_own_columns_are_masked_in_its_conversation() -> None:
    known = (KnownValue("NAME", "한여름"), KnownValue("LOGIN_ID", "summer77"))
    rows = [
        replace(exchange(2, "한여름입니다", "summer77이 맞나요", "c1"), known_values=known),
        exchange(3, "한여름 날씨네요", "그러게요", "c1"),
        exchange(4, "한여름 날씨네요", "그러게요", "c2"),
    ]
    masked, _ = mask_all(rows)
    assert masked.inputs == ("#@이름#입니다", "#@이름# 날씨네요", "한여름 날씨네요")
    assert masked.outputs[0] == "#@아이디#이 맞나요"


def test_values_of_user_sheets_are_masked_everywhere() -> None:
    people = KnownValues([KnownValue("NAME", "한여름")])
    masked, _ = mask_all([exchange(2, "한여름입니다", "네")], export_values=people)
    assert masked.inputs == ("#@이름#입니다",)


def test_different_values_get_different_numbers_if_asked_for() -> None:
    rows = [
        exchange(2, "010-1234-5678이랑 010-8765-4321", "010 8765 4321은 누구 번호인가요?", "c1"),
        exchange(3, "01012345678이 제 거예요", "010-5555-1234는요?", "c1"),
        exchange(4, "010-8765-4321", "네", "c2"),
    ]
    masked, _ = mask_all(rows, number_values=True)
    assert masked.inputs == (
        "#@전화번호#이랑 #@전화번호2#",
        "#@전화번호#이 제 거예요",
        "#@전화번호#",
    )
    assert masked.outputs == ("#@전화번호2#은 누구 번호인가요?", "#@전화번호3#는요?", "네")
    assert masked.entity_counts == {"PHONE": 6}


@pytest.mark.parametrize("number_values", [False, True])
def test_each_replaced_value_is_told_in_normal_spelling(number_values: bool) -> None:
    rows = [
        exchange(2, "공일공 삼팔이구 사칠오육이에요", "네, a@example.com으로 드릴게요", "c1"),
        exchange(3, f"010-1234-5678, 값은 {UNKNOWN_NUMBER}", "네", "c2"),
        exchange(4, "감사합니다", "네", "c2"),
    ]
    masker = ConversationMasker(salt="s", number_values=number_values)
    part = masker.mask_part(rows)
    assert (part.masked, part.refused) == masker.mask(rows)
    assert part.places == (0, 2)
    first, second = masker.digest(rows[0]), masker.digest(rows[1])
    assert {(*one[:2], re.sub(r"[\s-]", "", one.text)) for one in part.values} == {
        (first, "PHONE", "01038294756"),
        (first, "EMAIL", "a@example.com"),
        (second, "PHONE", "01012345678"),  # its row is refused; nobody may say it all the same
    }
    assert len(part.refused) == 1


class CountsBatches:
    """A plug-in that finds `배추` and remembers how many texts it was given at a time."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def find_batch(self, texts):
        self.batches.append(len(texts))
        return [
            [PiiSpan(at, at + 2, "NAME", 0.9, "model.NAME")]
            if (at := text.find("배추")) >= 0
            else []
            for text in texts
        ]


def test_a_plug_in_gets_whole_batches_and_its_findings_reach_the_right_turn() -> None:
    finder = CountsBatches()
    rows = [exchange(n, f"{n} 배추", "무", f"c{n % 300}") for n in range(600)]
    masked, _ = mask_all(rows, detector=Detector(finder=finder))
    assert masked.inputs == tuple(f"{n} #@이름#" for n in range(600))
    assert set(masked.outputs) == {"무"}
    assert sum(finder.batches) == 1200
    assert len(finder.batches) == 2


@pytest.mark.parametrize("held", ["question", "answer", "known"])
def test_nothing_that_holds_text_shows_it(held: str) -> None:
    secret = "비밀글자"
    row = exchange(2, secret, secret)
    masked, _ = mask_all([row])
    shown = {
        "question": repr(masked),
        "answer": repr(ConversationMasker(salt=secret)),
        "known": repr(KnownValue("NAME", secret)),
    }
    assert secret not in shown[held]


@pytest.mark.parametrize(
    "text", ["가" * 32_767, "1" * 32_767, "1가" * 2_000, "EID " + "12" * 4_000]
)
def test_a_text_beyond_the_budget_is_refused_unread(text: str) -> None:
    rows = [exchange(2, text, "네", "c"), exchange(3, "010-1234-5678", text, "c")]
    part = ConversationMasker(salt="s").mask_part([*rows, exchange(4, "네", "010-1234-5678", "c")])
    assert [(one.cell, one.reason) for one in part.refused] == [
        ("D2", "too_long_to_mask"),
        ("E3", "too_long_to_mask"),
    ]
    assert part.masked.outputs == ("#@전화번호#",)


@pytest.mark.parametrize("text", ["가" * 8_000, "1 " * 300 + "가" * 3_000, "가나다 " * 1_900])
def test_a_long_text_within_the_budget_is_read(text: str) -> None:
    part = ConversationMasker(salt="s").mask_part([exchange(2, text, "네")])
    assert "too_long_to_mask" not in [one.reason for one in part.refused]
