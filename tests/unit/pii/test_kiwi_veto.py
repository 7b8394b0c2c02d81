import sys

import pytest

from cs_pipeline.errors import SettingsError
from cs_pipeline.pii import Detector
from cs_pipeline.pii.kiwi_veto import KiwiVeto


@pytest.fixture(scope="module")
def veto() -> KiwiVeto:
    return KiwiVeto()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("어제 김민수랑 통화했는데", "김민수"),
        ("박지영 배송 언제 오나요", "박지영"),
        ("민수야 언제 와", "민수"),
        ("은지씨 계세요", "은지"),
        ("첫 줄이에요\n서연이 엄마예요", "서연"),
        ("봉다은 고객", "봉다은"),  # in no dictionary
        ("김*수 고객", "김*수"),  # not plain Hangul
        ("Kim Minsu", "Kim Minsu"),
        ("한 과장님 연결해 주세요", "한"),
    ],
)
def test_names_are_names(veto: KiwiVeto, text: str, name: str) -> None:
    start = text.index(name)
    assert veto.is_name(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("이상한 고객", "이상한"),
        ("공지예요", "공지예"),
        ("그건 안해서요", "안해서"),
        ("마음이 변하지 않아요", "변하지"),
        ("더 나을지 모르겠어요", "나을지"),
        ("여기로 오기로 했어요", "오기로"),
        ("첫 줄이에요\n성장인데요", "성장인"),
        ("진짜 이미지 고객", "이미지"),
    ],
)
def test_words_are_words(veto: KiwiVeto, text: str, word: str) -> None:
    start = text.index(word)
    assert not veto.is_name(text, start, start + len(word))


def test_what_stands_far_away_or_on_other_lines_has_no_say(veto: KiwiVeto) -> None:
    near = "이상한 고객"
    far = "가나다 " * 20_000 + "\n" + near + "\n" + "김민수 " * 20_000
    start = far.index(near)
    assert veto.is_name(far, start, start + 3) == veto.is_name(near, 0, 3)


def test_the_detector_asks_about_weak_names_only(veto: KiwiVeto) -> None:
    text = "어제 김민수랑 통화했는데 성명: 이하나"
    spans = Detector(veto=veto).find_spans(text)
    assert [text[span.start : span.end] for span in spans] == ["김민수", "이하나"]


def test_without_kiwipiepy_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    with pytest.raises(SettingsError) as caught:
        KiwiVeto()
    assert "cs-pipeline[names]" in caught.value.words.ko
    assert "cs-pipeline[names]" in caught.value.words.en


def test_the_rules_need_no_kiwipiepy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    assert [span.entity_type for span in Detector().find_spans("김민수 고객님")] == ["NAME"]
