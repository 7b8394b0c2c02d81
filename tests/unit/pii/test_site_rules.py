import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cs_pipeline.errors import SettingsError
from cs_pipeline.pii.detector import Detector, PiiContext
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.masker import mask_text
from cs_pipeline.pii.pattern_checks import MOST_WAYS, ways
from cs_pipeline.pii.site_rules import SiteRules
from cs_pipeline.records import KnownValue
from tests.unit.pii.growth import growth

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "site-rules.example.yaml"


@pytest.fixture
def load(tmp_path):
    def load_text(yaml: str | bytes) -> SiteRules:
        path = tmp_path / "site.yaml"
        path.write_bytes(yaml.encode() if isinstance(yaml, str) else yaml)
        return SiteRules.load(path)

    return load_text


@pytest.fixture
def refusal(load, tmp_path):
    """The refusal of a file: its line, and its words in both languages without the path."""

    def refuse(yaml: str | bytes) -> tuple[int, str]:
        with pytest.raises(SettingsError) as caught:
            load(yaml)
        path = re.escape(str(tmp_path / "site.yaml"))
        ko = re.fullmatch(rf"{path} (\d+)행: (.+)", caught.value.words.ko)
        en = re.fullmatch(rf"{path}, line (\d+): (.+)", caught.value.words.en)
        assert ko
        assert en
        assert ko[1] == en[1]
        return int(ko[1]), f"{ko[2]}\n{en[2]}"

    return refuse


def found(rules: SiteRules, text: str) -> list[tuple[str, str, str]]:
    spans = Detector(site=rules).find_spans(text)
    return [(span.entity_type, text[span.start : span.end], span.rule) for span in spans]


def stays(rules: SiteRules, text: str) -> bool:
    return mask_text(text, detector=Detector(site=rules)) == text


class TestExample:
    rules = SiteRules.load(EXAMPLE)

    @pytest.mark.parametrize(
        "text",
        [
            "대표번호 02-000-1234로 전화 주세요",
            "help@shop.example로 보내 주세요",
            "https://event.shop.example/a?id=1&m=a@b.example 에서 확인하세요",
        ],
    )
    def test_what_is_allowed_stays(self, text):
        assert stays(self.rules, text)

    @pytest.mark.parametrize(
        ("text", "entity_type", "value", "rule"),
        [
            ("가나다 고객", "NAME", "가나다", "site.deny"),
            ("번호는 gold-0001입니다", "MEMBER_NO", "gold-0001", "site.deny"),
            ("GW-123456이요", "MEMBER_NO", "GW-123456", "site.membership"),
            ("수리 접수번호는 A12345입니다", "ORDER", "A12345", "site.repair-ticket"),
        ],
    )
    def test_what_is_denied_or_has_a_pattern_is_found(self, text, entity_type, value, rule):
        assert (entity_type, value, rule) in found(self.rules, text)


class TestAllow:
    RULES = """
allow:
  - 02-345-6789
  - '+82 70-4567-1234'
  - 080-123-4567
  - 123-45-67890
  - Help@Shop.example
  - ＡＳ센터 서초점
  - 02-345-6780   # beside a longer value
  - 5001234
"""

    @pytest.mark.parametrize(
        "text",
        [
            "02-345-6789",
            "023456789로",
            "전화 (02)345-6789",
            "02.345.6789",
            "０２－３４５－６７８９",
            "02 - 345 - 6789",
            "+82-2-345-6789",
            "+82 2 345 6789",
            "공이 삼사오 육칠팔구",
            "02-\u200b345-6789",
            "070-4567-1234",
            "07045671234",
            "사업자번호 1234567890",
            "123 45 67890",
            "help@shop.example로",
            "HELP@SHOP.EXAMPLE",
        ],
    )
    def test_values_stay_however_they_are_written(self, load, text):
        assert stays(load(self.RULES), text)
        assert not stays(SiteRules(), text)

    @pytest.mark.parametrize(
        "text",
        [
            "010-345-6789",
            "02-345-6788",
            "02-345-67891",
            "031-345-6789",
            "02-3456-7890",
            "070-4567-12345",
            "010-5001-2345",
            "ahelp@shop.example",
            "help@shop.example.net",
            "234-56-78907 사업자번호 123-45-67891",
        ],
    )
    def test_other_values_are_masked_as_before(self, load, text):
        with_site = Detector(site=load(self.RULES)).find_spans(text)
        assert with_site == Detector().find_spans(text)

    def test_a_value_inside_a_longer_finding_does_not_uncover_it(self, load):
        rules = load("allow: ['5678-1234']")
        assert found(rules, "010-5678-1234") == found(SiteRules(), "010-5678-1234") != []

    def test_stretches_are_those_of_the_values(self, load):
        rules = load("allow: [가온마트 강남점, 가온마트]")
        text = "가온마트  강남점과 가온마트는"
        assert rules.allowed(text) == [(0, 9), (11, 15)]
        assert rules.allowed("가온 마트") == []

    def test_allow_beats_rules_patterns_and_deny(self, load):
        lists = """
deny:
  NAME: [나리온]
  PHONE: [02-345-6789]
patterns:
  - {name: shop, type: NAME, pattern: '나리[가-힣]'}
"""
        text = "나리온 02-345-6789"
        assert len(found(load(lists), text)) == 2
        assert found(load(lists + "allow: [나리온, 02-345-6789]"), text) == []

    def test_allowed_shapes_stay(self, load):
        rules = load(r"allow_patterns: ['[a-z]{1,9}@shop\.example', '^안내: .{1,40}$']")
        assert stays(rules, "as@shop.example")
        assert stays(rules, "AS@SHOP.EXAMPLE")
        assert stays(rules, "안내: 02-345-6789")
        assert not stays(rules, "as@shop2.example")
        assert not stays(rules, "문의 안내: 02-345-6789")

    def test_line_edges_hold_beside_earlier_turns(self, load):
        detector = Detector(site=load("allow_patterns: ['^안내: .{1,40}$']"))
        context = PiiContext(preceding=("전화번호 알려 주세요",))
        assert detector.find_spans("안내: 02-345-6789", context=context) == []


class TestDeny:
    @pytest.mark.parametrize(
        ("entity_type", "value", "text", "written"),
        [
            ("NAME", "나리온", "아까 나리온이랑 얘기했어요", "나리온"),
            ("NAME", "나리온", "아까 나리온이랑 얘기했어요".encode().decode(), "나리온"),
            ("NAME", "Nari Kim", "agent nari kim said", "nari kim"),
            ("PHONE", "031-555-1234", "031 555 1234", "031 555 1234"),
            ("PHONE", "0315551234", "031-555-1234번", "031-555-1234"),
            ("MEMBER_NO", "24680135", "회원 2468-0135요", "2468-0135"),
            ("MEMBER_NO", "G-77", "등급 g-77입니다", "g-77"),
            ("LOGIN_ID", "nari_77", "아이디 NARI_77", "NARI_77"),
            ("ADDRESS", "가온빌 3동", "가온빌 3동으로", "가온빌 3동"),
        ],
    )
    def test_values_are_masked(self, load, entity_type, value, text, written):
        rules = load(f"deny:\n  {entity_type}: ['{value}']")
        assert (entity_type, written, "site.deny") in found(rules, text)

    @pytest.mark.parametrize(
        ("entity_type", "value", "text"),
        [
            ("NAME", "나리온", "나리 온다"),
            ("MEMBER_NO", "24680135", "2468-01356"),
            ("MEMBER_NO", "G-77", "등급 g-771"),
            ("LOGIN_ID", "nari_77", "nari_777"),
            ("ADDRESS", "가온빌 3동", "가온빌 4동"),
        ],
    )
    def test_other_words_stay(self, load, entity_type, value, text):
        rules = load(f"deny:\n  {entity_type}: ['{value}']")
        assert "site.deny" not in {rule for _, _, rule in found(rules, text)}

    def test_numbers_keep_their_leading_zero_without_quotes(self, load):
        rules = load("deny:\n  TRACKING:\n    - 012345678901\n")
        assert list(rules.find("운송장 0123-4567-8901")) == [
            (4, 18, "TRACKING", pytest.approx(0.99), "site.deny")
        ]


class TestPatterns:
    def test_the_whole_match_or_the_group_value(self, load):
        rules = load(
            r"""
patterns:
  - {name: ticket, type: ORDER, pattern: '접수 [A-Z]\d{4}', score: 0.6}
  - {name: seat, type: MEMBER_NO, pattern: '좌석 (?P<value>[A-Z]{2}\d)번'}
"""
        )
        assert list(rules.find("접수 B1234, 좌석 QK7번")) == [
            (0, 8, "ORDER", 0.6, "site.ticket"),
            (13, 16, "MEMBER_NO", 0.9, "site.seat"),
        ]

    @pytest.mark.parametrize(
        ("pattern", "text", "value"),
        [
            (r"vip-\d{3}", "ＶＩＰ－１２３", "ＶＩＰ－１２３"),
            (r"자리 #\d", "자리 #7", "자리 #7"),
            (r"^호실 \d{3}$", "안녕하세요\n호실 123\n감사합니다", "호실 123"),
            (r"(?P<value>AB\d{2}) \d \d|XY(?=z)".partition("|")[0], "ab12 3 4", "ab12"),
            ("가\u1102\u1161온", "가나온", "가나온"),
        ],
    )
    def test_patterns_meet_normalised_text_as_they_are_written(self, load, pattern, text, value):
        rules = load(f"patterns: [{{name: one, type: MEMBER_NO, pattern: '{pattern}'}}]")
        assert found(rules, text) == [("MEMBER_NO", value, "site.one")]

    def test_needs_is_a_condition(self, load):
        entry = r"{name: one, type: ORDER, pattern: '[A-Z]{3}\d{3}', needs: 'Ａ/Ｓ'}"
        rules = load(f"patterns: [{entry}]")
        assert list(rules.find("ABC123")) == []
        assert [one[:2] for one in rules.find("a/s ABC123, ABD456")] == [(4, 10), (12, 18)]

    def test_audits_show_names_of_rules_only(self, load):
        rules = load(
            "allow: [02-345-6789]\ndeny: {NAME: [나리온]}\n"
            r"patterns: [{name: one, type: ORDER, pattern: 'A\d{3}'}]"
        )
        assert repr(rules) == "SiteRules()"

    def test_same_findings_from_many_threads(self):
        detector = Detector(site=SiteRules.load(EXAMPLE))
        texts = ["GW-123456 가나다", "02-000-1234 010-1234-5678", "수리 접수번호 A12345"] * 40
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(detector.find_spans, texts)) == [
                detector.find_spans(text) for text in texts
            ]


PATTERN = "patterns:\n  - name: one\n    type: ORDER\n    pattern: "

REFUSALS = {
    "unknown-section": ("allow: [가온마트]\ndenny:\n  NAME: [나리온]\n", 2, "allow_patterns"),
    "section-twice": ("deny:\n  NAME: [나리온]\nallow: [가온]\ndeny:\n  NAME: [다]\n", 4, "deny"),
    "section-empty": ("allow: [가온마트]\n\ndeny:\n", 3, "NAME, ADDRESS"),
    "list-on-top": ("- 나리온\n- 나리우\n", 1, "allow_patterns"),
    "text-on-top": ("\n나리온\n", 2, "allow_patterns"),
    "allow-no-list": ("\nallow: 나리온\n", 2, "list"),
    "allow-empty-list": ("allow: []\n", 1, "list"),
    "allow-map": ("allow:\n  NAME: [나리온]\n", 2, "list"),
    "allow-nested-list": ("allow:\n  - 나리온\n  - [나리우]\n", 3, "Expected one value"),
    "allow-null": ("allow:\n  - 나리온\n  -\n", 3, "Expected one value"),
    "allow-true": ("allow:\n  - 나리온\n  - yes\n", 3, "quotes"),
    "allow-tagged": ("allow:\n  - !!binary 나리온\n", 2, "Expected one value"),
    "allow-nothing-left": ("allow:\n  - 나리온\n  - '\u200b --'\n", 3, "no letter or digit"),
    "deny-list": ("deny:\n  - 나리온\n", 2, "PHONE, RRN"),
    "deny-unknown-type": ("deny:\n  NAME: [나리온]\n  NAMES: [나리우]\n", 3, "PHONE, RRN"),
    "deny-no-list": ("deny:\n  NAME: 나리온\n", 2, "list"),
    "deny-lone-syllable": ("deny:\n  NAME:\n    - 나리온\n    - 나\n", 4, "too short"),
    "deny-two-digits": ("deny:\n  ORDER:\n    - 12\n", 3, "too short"),
    "shape-no-list": ("allow_patterns: 나리온\n", 1, "list"),
    "shape-broken": ("allow_patterns:\n  - 나리온\n  - '나리온('\n", 3, "regular expression"),
    "shape-group-name": ("allow_patterns: ['(?P<나리온 1>a)']\n", 1, "bad character in group name"),
    "shape-empty": ("allow_patterns:\n  - '(나리온)?'\n", 2, "at least one character"),
    "shape-endless": ("allow_patterns:\n  - '([가-힣]+)+나리온'\n", 2, "never end"),
    "patterns-map": ("patterns:\n  name: one\n", 2, "list"),
    "pattern-text": ("patterns:\n  - '나리온'\n", 2, "name, type, pattern"),
    "pattern-unknown-key": (f"{PATTERN}'A\\d'\n    flags: 나리온\n", 5, "name, type, pattern"),
    "pattern-without-name": ("patterns:\n  - type: ORDER\n    pattern: A1\n", 2, "no key name"),
    "pattern-without-type": ("patterns:\n  - name: a\n    pattern: A1\n", 2, "no key type"),
    "pattern-without-pattern": ("patterns:\n  - {name: a, type: NAME}\n", 2, "no key pattern"),
    "pattern-unknown-type": (
        "patterns:\n  - name: a\n    type: 나리온\n    pattern: a\n",
        3,
        "NAME",
    ),
    "pattern-lower-type": ("patterns:\n  - {name: a, type: name, pattern: a}\n", 2, "unknown"),
    "pattern-long-name": (f"patterns:\n  - {{name: {'나리온' * 14}}}\n", 2, "no key type"),
    "name-with-space": (f"{PATTERN}A1\n  - {{name: 나 온, type: IP, pattern: a}}\n", 5, "40"),
    "name-too-long": (f"{PATTERN}A1\n  - {{name: {'나' * 41}, type: IP, pattern: a}}\n", 5, "40"),
    "name-twice": (f"{PATTERN}A1\n  - {{name: one, type: IP, pattern: a}}\n", 5, "of its own"),
    "name-reserved": (f"{PATTERN}A1\n  - {{name: deny, type: IP, pattern: a}}\n", 5, "not deny"),
    "score-zero": (f"{PATTERN}A1\n    score: 0\n", 5, "above 0"),
    "score-above-one": (f"{PATTERN}A1\n    score: 1.01\n", 5, "above 0"),
    "score-word": (f"{PATTERN}A1\n    score: 나리온\n", 5, "above 0"),
    "score-nan": (f"{PATTERN}A1\n    score: nan\n", 5, "above 0"),
    "needs-list": (f"{PATTERN}A1\n    needs: [나리온]\n", 5, "Expected one value"),
    "needs-nothing-left": (f"{PATTERN}A1\n    needs: '-'\n", 5, "no letter or digit"),
    "pattern-broken": (f"{PATTERN}'[A-Z'\n", 4, "character 1, unterminated character set"),
    "pattern-options": (f"{PATTERN}'(?i)abc'\n", 4, "letter case never counts"),
    "pattern-closes-more": (f"{PATTERN}'a)|(b'\n", 4, "regular expression"),
    "pattern-too-large": (f"{PATTERN}'a{{9999999999}}'\n", 4, "OverflowError"),
    "pattern-empty": (f"{PATTERN}'\\d{{0,9}}'\n", 4, "at least one character"),
    "pattern-edge-only": (f"{PATTERN}'^(?=A)'\n", 4, "at least one character"),
    "value-optional": (f"{PATTERN}'a(?P<value>b)?'\n", 4, "group value"),
    "value-in-branch": (f"{PATTERN}'a(?:(?P<value>b)|c)'\n", 4, "group value"),
    "value-empty": (f"{PATTERN}'a(?P<value>b?)'\n", 4, "group value"),
    "value-behind": (f"{PATTERN}'(?<=(?P<value>ab))c'\n", 4, "group value"),
    "value-in-optional": (f"{PATTERN}'a(?:-(?P<value>b))?'\n", 4, "group value"),
    "value-ahead-not": (f"{PATTERN}'a(?!(?P<value>b))'\n", 4, "group value"),
    "yaml-indentation": ("deny:\n  NAME: [나리온]\n NAME: [나리우]\n", 3, "indentation"),
    "yaml-unclosed": ("allow:\n  - '나리온\n  - 나리우\n", 4, "quotes"),
    "yaml-tab": ("allow:\n\t- 나리온\n", 2, "indentation"),
    "yaml-alias": ("allow:\n  - 가온마트\n  - *나리온\n", 3, "quotes"),
    "yaml-control": (b"allow:\n  - a\n  - \x07\n", 3, "YAML"),
    "yaml-two-documents": ("allow: [나리온]\n---\nallow: [나리우]\n", 2, "YAML"),
    "yaml-deep": ("allow: " + "[" * 1000, 1, "YAML"),
    "empty": ("", 1, "holds nothing"),
    "comments-only": ("# 나리온\n", 1, "holds nothing"),
    "not-utf-8": ("allow:\n  - 가온마트\n".encode() + "  - 나리온\n".encode("cp949"), 3, "UTF-8"),
}


@pytest.mark.parametrize(("yaml", "line", "words"), REFUSALS.values(), ids=REFUSALS)
def test_a_wrong_file_is_refused_with_its_line_and_without_its_values(refusal, yaml, line, words):
    refused_line, message = refusal(yaml)
    assert refused_line == line
    assert words in message
    for value in ("나리온", "나리우", "나 온"):
        assert value not in message


def test_a_wrong_pattern_is_named(refusal):
    _, message = refusal("patterns: [{name: 접수-번호, type: ORDER, pattern: '(\\d+)+x'}]")
    ko, en = message.split("\n")
    assert ko.startswith("패턴 접수-번호: ")
    assert en.startswith("pattern 접수-번호: ")


def test_the_line_is_that_of_the_entry_in_a_long_file(refusal):
    lines = [f"    - 나리온{number}" for number in range(200)]
    lines[150] = "    - {}"
    assert refusal("\n".join(["# 규칙", "deny:", "  NAME:", *lines]))[0] == 154


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: None], ids=["folder", "missing"])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, make):
    make(tmp_path / "rules.yaml")
    with pytest.raises(SettingsError) as caught:
        SiteRules.load(tmp_path / "rules.yaml")
    for words in (caught.value.words.ko, caught.value.words.en):
        assert str(tmp_path / "rules.yaml") in words


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"# \r\n\r\n"])
def test_byte_order_marks_and_windows_lines_are_read(load, start):
    rules = load(start + "deny:\r\n  NAME:\r\n    - 나리온\r\n".encode())
    assert found(rules, "나리온 고객")[0][2] == "site.deny"


CATASTROPHIC = [
    r"(\d+)+x",
    r"(\d+ ?)+x",
    r"(?:\d*)*x",
    r"([a-z]+)*@",
    r"(?:[a-z0-9]+[._-]?)+@",
    r"(a|a)*b",
    r"(?:a|aa)+$",
    r"(?:(?:[가-힣]+)\s*)+님",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(?:[가-힣]+ )+님",
    r"(?:.{1,100}){1,100}x",
    r"(?:\d{1,30}){1,30}x",
    r"(?:a?){30}a{30}",
    r"(?:a?b?c?){20}x",
    r".*이름.*전화.*주소",
    r"\s*:?\s*-?\s*\d",
    r"\d+\d+\d+-",
    r"[^a]+[^b]+c",
    r"(?=(?:\d+)+x)\d",
    r"(?>(?:a+)+b)",
    r"(?:a+?)+?b",
]
SAFE = [
    r"GW-\d{6,8}(?!\d)",
    r"\d+x",
    r"\d+-\d+-\d+",
    r"\w+님",
    r"(?:\w|[가-힣])+님",
    r"[a-z0-9._-]{1,30}@shop\.example",
    r"주문\s*번호\s*[:：]?\s*(?P<value>\d{8})",
    r"(?:[가-힣]{1,10} ){1,3}님",
    r"(?:\d{1,4}[-. ]?){2,6}(?!\d)",
    r"(?:\d{4}[- ]?){4}",
    r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}",
    r"(?:서울|부산|대구|인천)(?:시|광역시)? [가-힣]{1,4}구",
    r"(?:a[bc]|b)+x",
    r"(?:a+b)++c",
    r"[A-Z]{2}\d{8}KR|LP\d{10}",
    r"(?<![가-힣])[가-힣]{2,4}(?=님)",
    r"(?:a{100}){3}",
]
ADVERSARIAL = ["a", "1", "가", "ab", "1 ", "가나 "]


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_patterns_that_may_never_end_are_refused(refusal, pattern):
    line, message = refusal(f"{PATTERN}'{pattern}'\n")
    assert line == 4
    assert "never end" in message
    assert pattern not in message


@pytest.mark.parametrize("pattern", SAFE)
def test_patterns_that_end_soon_are_accepted_and_do(load, pattern):
    """In four times the text they take 16 times as long at most; a cubic pattern takes 64."""
    rules = load(f"{PATTERN}'{pattern}'\n")
    short, long = ([piece * (size // len(piece)) for piece in ADVERSARIAL] for size in (150, 600))
    search = lambda texts: [list(rules.find(text)) for text in texts]  # noqa: E731
    assert growth(search, short, long, enough=32) <= 32


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("abc", 1),
        (r"\d{2,4}x", 1),
        (r"\d{2,4}\d", 3),
        (r"\d{0,1}\d{0,2}\d", 2 * 3),
        (r"(?:a|b)c", 1),
        (r"(?:\d|1)c", 1),
        (r"(?:\d2|13)c", 2),
        (r"(?:a|)a", 2),
        (r"(?:\w\d?){3}", 2**2),
        (r"(?:\w\d?){3}\d", 2**3),
        (r"\d{1,3}(?!\d)", 1),
        (r"\d{1,3}(?!\d\d)", 3),
        (r"\d{1,3}(?=님)", 1),
        (r"\d{1,3}(?<=\d)", 3),
        (r"(?i:A){0,3}a", 4),
        (r"[^a]{1,3}a", 1),
        (r"[^a]{1,3}b", 3),
        (r"(\d)\1", 1),
        (r"(?:\d+)+", MOST_WAYS + 1),
    ],
)
def test_ways_counts_choices_that_the_next_character_leaves_open(pattern, count):
    assert ways(pattern) == count


def test_a_long_deny_list_costs_no_more_than_a_short_one(load):
    names = [f"{a}{b}{c}" for a in "가나다라마" for b in "온누리솔새" for c in "별봄빛샘터"]
    rules = load("deny:\n  NAME: [" + ", ".join(names) + "]\n")
    known = KnownValues(KnownValue("NAME", name) for name in names)
    text = "마새터 님과 가온별 님"
    assert [one[:4] for one in rules.find(text)] == [one[:4] for one in known.find(text)]
    assert len(found(rules, text)) == 2
