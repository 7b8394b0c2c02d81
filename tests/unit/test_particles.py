"""Which particle follows a name or a number."""

import pytest

from cs_pipeline.language import Words
from cs_pipeline.particles import with_particles


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("모델 m1-3은(는) 운영 중", "모델 m1-3은 운영 중"),
        ("실행 run-2이(가) 없습니다", "실행 run-2가 없습니다"),
        ("실행 run-1이(가) 없습니다", "실행 run-1이 없습니다"),
        ("`run-1`을(를) 지우세요", "`run-1`을 지우세요"),
        ("서울(으)로, 부산(으)로, 제주(으)로", "서울로, 부산으로, 제주로"),
        ("7(으)로, 3(으)로, 2(으)로", "7로, 3으로, 2로"),
        ("3월.xlsx을(를) 보세요", "3월.xlsx를 보세요"),
        ("'상담'과(와) 'json'과(와) 'csv'과(와)", "'상담'과 'json'과 'csv'와"),
        ("5%이(가) 넘습니다", "5%가 넘습니다"),
        ("어휘 크기 100(은)는", "어휘 크기 100은"),
        ("그대로 (가)와 나(을) 둡니다", "그대로 (가)와 나(을) 둡니다"),
    ],
)
def test_the_form_that_fits_is_chosen(written: str, read: str) -> None:
    assert with_particles(written) == read
    words = Words(ko=written, en=written)
    assert (words.ko, words.en) == (read, written)
    assert with_particles(read) == read
