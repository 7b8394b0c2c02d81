"""What of a masked value is kept, and that it is recognised however it is written again."""

import random
import stat
import tracemalloc

import pyarrow.parquet as pq
import pytest

from cs_pipeline.errors import DatasetError
from cs_pipeline.masked import digests as digests_module
from cs_pipeline.masked.digests import DigestSet, ValueDigests
from cs_pipeline.masked.values import candidates, normal_form, recognisable

KEY = "k" * 64


def digests_path(folder, export_sha256):
    return folder / "masked-values" / f"{export_sha256}.parquet"


def digests_of(tmp_path, *values: tuple[str, str], key: str = KEY) -> DigestSet:
    kept = ValueDigests(key)
    for entity_type, value in values:
        kept.add(entity_type, value)
    path = digests_path(tmp_path, "e" * 64)
    kept.write(path)
    return DigestSet.load([path], key=key)


def finds(digests: DigestSet, text: str) -> bool:
    return any(plain in digests for plain in candidates(text))


@pytest.mark.parametrize(
    ("entity_type", "value", "plain"),
    [
        ("PHONE", "010-7391-4826", "1073914826"),
        ("PHONE", "０１０－７３９１－４８２６", "1073914826"),
        ("PHONE", "1073914826", "1073914826"),
        ("PHONE", "+82 10-7391-4826", "1073914826"),
        ("PHONE", "+82 (0)10.7391.4826", "1073914826"),
        ("PHONE", "3829 4756", "38294756"),
        ("RRN", "860317-1748293", "8603171748293"),
        ("ACCOUNT", "국민 372-584196-27-815", "37258419627815"),
        ("DRIVER", "서울 11-23-123456-01", "112312345601"),
        ("EMAIL", "Heron.Canary7731@Example.com", "heroncanary7731@examplecom"),
        ("EMAIL", "kim@example.com", "kim@examplecom"),
        ("EMAIL", "ibis5208 골뱅이 example.com", "ibis5208@examplecom"),
        ("LOGIN_ID", "@curlew_64", "curlew64"),
        ("PLATE", "12가 3456", "12가3456"),
        ("PASSPORT", "M12345678", "m12345678"),
        ("ORDER", "20260817-4829163", "202608174829163"),
        ("IP", "192.168.0.12", "192168012"),
    ],
)
def test_normal_form_of_what_can_be_recognised(entity_type, value, plain):
    assert recognisable(entity_type, value) == plain


@pytest.mark.parametrize(
    ("entity_type", "value"),
    [
        ("NAME", "제갈윤슬"),
        ("ADDRESS", "서울 마포구 왜가리로 382-1947 104동 2918호"),
        ("DOB", "1986-03-17"),
        ("OTP", "482913"),
        ("CARD_AUTH", "09/28 123"),
        ("PHONE", "4826"),
        ("PHONE", "012-345"),
        ("LOGIN_ID", "curlew"),
        ("LOGIN_ID", "a64"),
        ("PASSWORD", "열려라참깨"),
        ("EMAIL", "@"),
        ("EMAIL", "@@@@@@@"),
        ("PHONE", ""),
        ("PHONE", "없음"),
    ],
)
def test_what_tells_nobody_apart_is_not_kept(tmp_path, entity_type, value):
    assert recognisable(entity_type, value) is None
    assert len(digests_of(tmp_path, (entity_type, value))) == 0


WRITINGS = [
    ("PHONE", "010-7391-4826", "네, 010-7391-4826로 연락드릴게요."),
    ("PHONE", "010-7391-4826", "01073914826"),
    ("PHONE", "010-7391-4826", "1073914826"),
    ("PHONE", "010-7391-4826", "0 1 0 7 3 9 1 4 8 2 6"),
    ("PHONE", "010-7391-4826", "０１０．７３９１．４８２６"),
    ("PHONE", "010-7391-4826", "전화+82-10-7391-4826번"),
    ("PHONE", "010-7391-4826", "번호는 공일공 칠삼구일 사팔이육이에요"),
    ("PHONE", "010-7391-4826", "공 하나 공 일곱 셋 아홉 하나 넷 여덟 둘 여섯"),
    ("PHONE", "010-7391-4826", "20101073914826010"),
    ("PHONE", "010-7391-4826", "3건 010-7391-4826, 2건"),
    ("PHONE", "010-7391-4826", "tel01073914826"),
    ("PHONE", "02-715-8293", "02)715-8293으로"),
    ("PHONE", "3829 4756", "끝은 3829-4756이요"),
    ("EMAIL", "kim@example.com", "메일은 KIM@example.com으로 주세요"),
    ("EMAIL", "kim77@example.co.kr", "kim77 골뱅이 example.co.kr"),
    ("LOGIN_ID", "curlew_64", "아이디 curlew_64예요"),
    ("PLATE", "12가3456", "차는 12가 3456입니다"),
    ("URL", "https://example.com/t?u=9182", "https://example.com/t?u=9182 보세요"),
]


@pytest.mark.parametrize(("entity_type", "value", "text"), WRITINGS)
def test_a_value_is_recognised_however_it_is_written(tmp_path, entity_type, value, text):
    assert finds(digests_of(tmp_path, (entity_type, value)), text)


@pytest.mark.parametrize(
    ("entity_type", "value", "text"),
    [
        ("PHONE", "010-7391-4826", "010-7391-4827"),
        ("PHONE", "010-7391-4826", "#@전화번호#로 연락드릴게요"),
        ("PHONE", "010-7391-4826", "010-7391 그리고 나중에 4826"),
        ("PHONE", "010-7391-4826", ""),
        ("MEMBER_NO", "129000", "가격은 129,000원"),
        ("MEMBER_NO", "482913", "바코드 8801482913557"),
        ("LOGIN_ID", "abc123", "xabc1234"),
    ],
)
def test_what_only_looks_alike_is_not(tmp_path, entity_type, value, text):
    assert not finds(digests_of(tmp_path, (entity_type, value)), text)


@pytest.mark.parametrize(
    ("entity_type", "value", "prefix"),
    [
        ("PHONE", "010-7391-4826", "010"),
        ("PHONE", "1073914826", "010"),
        ("PHONE", "+82 10-7391-4826", "010"),
        ("CARD", "4579-2318-6042-7195", "457"),
        ("MEMBER_NO", "48291637", "48"),
        ("MEMBER_NO", "482916", None),
        ("EMAIL", "kim@example.com", None),
        ("LOGIN_ID", "curlew_64_canary", None),
    ],
)
def test_only_long_numbers_keep_their_first_digits(tmp_path, entity_type, value, prefix):
    prefixes = digests_of(tmp_path, (entity_type, value)).prefixes
    assert prefixes == ({entity_type: (prefix,)} if prefix else {})


def test_the_most_frequent_prefixes_come_first(tmp_path):
    phones = ["010-7391-4826", "010-7391-4827", "02-7391-4828", "031-739-4829", "041-739-4829"]
    prefixes = digests_of(tmp_path, *(("PHONE", phone) for phone in phones)).prefixes
    assert prefixes["PHONE"][0] == "010"
    assert len(prefixes["PHONE"]) == 3


def test_the_file_holds_no_value_and_is_closed_and_repeatable(tmp_path):
    values = [("PHONE", "010-7391-4826"), ("EMAIL", "heron7731@example.com")]
    digests_of(tmp_path / "a", *values, *values)
    digests_of(tmp_path / "b", *reversed(values))
    path = digests_path(tmp_path / "a", "e" * 64)
    rows = pq.read_table(path).to_pylist()
    columns = ["conversations", "digest", "entity_type", "prefix"]
    assert [sorted(row) for row in rows] == [columns] * 2
    assert all(len(row["digest"]) == 16 for row in rows)
    content = path.read_bytes()
    for part in (b"7391", b"4826", b"heron", b"example"):
        assert part not in content
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert content == digests_path(tmp_path / "b", "e" * 64).read_bytes()


def test_digests_are_worth_nothing_without_the_secret(tmp_path):
    digests_of(tmp_path, ("PHONE", "010-7391-4826"))
    path = digests_path(tmp_path, "e" * 64)
    assert normal_form("010-7391-4826") in DigestSet.load([path], key=KEY)
    assert normal_form("010-7391-4826") not in DigestSet.load([path], key="other")


def test_many_exports_are_one_set(tmp_path):
    paths = []
    for name, values in {"a": ["010-7391-4826"], "b": ["010-7391-4826", "010-1111-2222"]}.items():
        kept = ValueDigests(KEY)
        for value in values:
            kept.add("PHONE", value)
        assert len(kept) == len(values)
        paths.append(digests_path(tmp_path, name))
        kept.write(paths[-1])
    assert len(DigestSet.load(paths, key=KEY)) == 2
    assert len(DigestSet.load([], key=KEY)) == 0
    assert "1073914826" not in DigestSet.load([], key=KEY)


def test_a_file_does_not_tell_in_which_order_values_came(tmp_path, monkeypatch):
    values = [
        (entity_type, f"010-7391-{number % 7:04}", f"c{number % 5}" * (number % 3 > 0))
        for number in range(60)
        for entity_type in ("PHONE", "ACCOUNT")
    ]
    written = set()
    for seed, most in ((1, 1), (2, 7), (3, 50_000)):
        monkeypatch.setattr(digests_module, "_VALUES_A_PART", most)
        kept = ValueDigests(KEY)
        for value in random.Random(seed).sample(values, len(values)):
            kept.add(*value)
        assert len(kept) == 7
        kept.write(tmp_path / "a.parquet")
        written.add((tmp_path / "a.parquet").read_bytes())
    assert len(written) == 1
    told: dict[bytes, set[str]] = {}
    for entity_type, value, conversation in values:
        digest = ValueDigests(KEY).add(entity_type, value, conversation)
        told.setdefault(digest, set()).update({conversation} - {""})
    table = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert [(row["digest"], row["conversations"]) for row in table] == [
        (digest, sorted(conversations)) for digest, conversations in sorted(told.items())
    ]


def test_many_values_are_held_as_columns():
    kept = ValueDigests(KEY)
    tracemalloc.start()
    for number in range(120_000):
        kept.add("PHONE", f"010-{number:08}", f"{number:016x}")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    columns = sum(part.nbytes for part in kept._parts)
    assert held < 100 * 120_000  # what waits for its columns included
    assert columns < 70 * 100_000


def test_an_export_without_values_leaves_an_empty_file(tmp_path):
    assert len(digests_of(tmp_path)) == 0
    assert digests_path(tmp_path, "e" * 64).is_file()


def test_a_damaged_or_missing_file_is_named(tmp_path):
    missing, damaged, other = (tmp_path / name for name in ("missing", "damaged", "other"))
    damaged.write_bytes(b"PAR1 and no more")
    digests_of(tmp_path)
    table = pq.read_table(digests_path(tmp_path, "e" * 64)).drop_columns(["prefix"])
    pq.write_table(table, other)
    for path in (missing, damaged, other):
        with pytest.raises(DatasetError) as caught:
            DigestSet.load([path], key=KEY)
        assert str(path) in caught.value.words.en
        assert caught.value.__cause__ is None


def test_nothing_that_holds_values_or_the_secret_shows_them(tmp_path):
    digests = digests_of(tmp_path, ("PHONE", "010-7391-4826"))
    kept = ValueDigests(KEY)
    kept.add("PHONE", "010-7391-4826")
    for shown in (repr(digests), repr(kept), str(kept)):
        assert KEY not in shown
        assert "010" not in shown


def test_long_text_without_end_stays_quick():
    assert len(candidates("1" * 5000)) < 100
    assert len(candidates("가1 " * 2000)) < 1000
