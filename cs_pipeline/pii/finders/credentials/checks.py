"""What tells a password, a code or a login id from talk about them."""

import re

from cs_pipeline.pii.finders.credentials import words
from cs_pipeline.pii.named_values import DIGIT, between, start_of, value_of
from cs_pipeline.pii.rules import compiled

_PHONE = re.compile(r"(?:1[568]\d\d[- ]?\d{4}|0\d{8,10})\Z")
_MODEL = re.compile(
    r"[A-Z]{1,4}-[A-Z]?\d{3,4}[A-Z]{0,3}\Z|\d{1,4}[GgMm](?:Hz|hz|HZ|B|b)?\Z|AES\d+|SHA\d+"
    r"|[A-Z]{2,4}\d?\Z"
)
_MAIL_HOST = re.compile(r"[.](?:com|net|org|kr|co\.kr|ac\.kr|go\.kr)\Z")
_ALSO_BRIEF_PIN = (
    rf"(?: {DIGIT} | [ \#*-] | 샵 | 우물\s?정 | 별표? | 종 | 호출 | 열쇠 )+ | \D{{1,4}}네\s?[개번]"
)
_HANGUL_WITH_FIGURES = r"(?: [가-힣]{2,10} [a-z]{0,8} \d{1,6} | [가-힣] \d{5,7} ) [!@$%^&*]{0,3}"
_FIRST_PIN = re.compile(r"0{4,6}|1{4,6}|1234(?:5?6?)|9{4,6}")
_EDGE = 6
_LEAST_WORD = 4
_LEAST_DOOR = 4
_LEAST_BARE_NAME = 6
_WPA2 = 8
# `네 다시 올리겠습니다`
_SAID_TO_DO = ("습니다", "할게요", "드릴게요", "주세요", "하세요")


def _follows_closely(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Particles, signs and fillers alone stand between the word and the value."""
    return compiled(words.CLOSE).fullmatch(between(cue, value).strip()) is not None


def _is_answer(cue: re.Match[str], value: re.Match[str]) -> bool:
    """The value stands in the line after the one that asks for it."""
    return "\n" in between(cue, value)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def is_password(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Letters with figures or signs, figures in any form, or a plain word right after."""
    text = value_of(value)
    if compiled(_ALSO_BRIEF_PIN).fullmatch(text):
        return _is_pin(cue, value)
    if not text.isascii():
        if compiled(_HANGUL_WITH_FIGURES).fullmatch(text) and not _is_spelt(text):
            return _is_hangul_word(text) and _follows_closely(cue, value)
        return _is_spelt(text) and _follows_closely(cue, value)
    bare = text.strip("!@#$%^&*_+=?.~-")
    if bare.lower() in words.NO_LOGIN or _MODEL.match(text) or len(bare) < 3:
        return False
    if _has_digit(text):
        return _is_answer(cue, value) or not compiled(words.DENIED).search(between(cue, value))
    is_word = len(text) >= _LEAST_WORD and not text.isupper() and "@" not in text
    return is_word and _follows_closely(cue, value)


def _is_pin(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Figures after talk (`비밀번호 오류 1001`) need words such as `1234로 했어요`."""
    if _PHONE.match(value_of(value)) or _is_of_the_maker(cue, value):
        return False
    after = value.string[value.end() : value.end() + 6]
    is_talk = compiled(words.TALK).search(between(cue, value)) is not None
    return not is_talk or _is_answer(cue, value) or compiled(words.SET_TO).match(after) is not None


def _is_of_the_maker(cue: re.Match[str], value: re.Match[str]) -> bool:
    """`초기값은 0000`: what every new device has."""
    said = value.string[max(0, cue.start() - _EDGE) : start_of(value)]
    return _FIRST_PIN.fullmatch(value_of(value)) is not None and "초기" in said


def _is_hangul_word(text: str) -> bool:
    """`꽃길만걷자77`, and no talk (`변경1`, `최소8`)."""
    return not (compiled(words.NO_HANGUL_LOGIN).match(text) or compiled(words.TALK).search(text))


def _is_spelt(text: str) -> bool:
    return compiled(words.SPELT_LETTER).search(text) is not None


def is_door_code(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Beside `현관` alone: figures between `#` and `*`, or four or more right after."""
    text = value_of(value)
    if compiled(r"[\#*] | 샵 | 별 | 우물 | 종 | 호출").search(text):
        return True
    return len(compiled(DIGIT).findall(text)) >= _LEAST_DOOR and _follows_closely(cue, value)


def is_wifi_key(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Right after `와이파이`: a figure among eight signs or more, as WPA2 asks for."""
    text = value_of(value)
    return len(text) >= _WPA2 and _has_digit(text) and is_password(cue, value)


def is_before_cue(match: re.Match[str]) -> bool:
    """`abcd1234! 이게 비번`; no year, hotline or product."""
    text = match["value"]
    return (
        _has_digit(text)
        and not _MODEL.match(text)
        and not _PHONE.match(text)
        and re.fullmatch(r"(?:19|20)\d\d", text) is None
    )


def is_second_of_pair(match: re.Match[str]) -> bool:
    """The second value after `아이디/비번`."""
    return match["value"].lower() not in words.NO_LOGIN


def is_mixed_second(match: re.Match[str]) -> bool:
    """The same behind a login alone: with a figure in it."""
    return is_second_of_pair(match) and _has_digit(match["value"])


def is_otp(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A code that was received; no error code, hotline or count of figures."""
    text = value_of(value)
    if _PHONE.match(text) or compiled(words.NO_OTP).search(between(cue, value)):
        return False
    if any(character.isascii() and character.isalpha() for character in text):
        return _has_digit(text) and not _MODEL.match(text)
    return True


def is_otp_before_cue(match: re.Match[str]) -> bool:
    """`382914가 인증번호예요`; no hotline, error or product."""
    before = match.string[max(0, match.start() - 12) : match.start("value")]
    return _PHONE.match(match["value"]) is None and not compiled(words.NO_OTP_BEFORE).search(before)


def is_seen_code(match: re.Match[str]) -> bool:
    """What a message or a screen shows, unless it is called something else."""
    return compiled(words.OF_OTHERS).search(match["of"]) is None


def is_tag(match: re.Match[str]) -> bool:
    """A player's name before the `#`, not a season or a version."""
    return (
        re.match(r"(?:시즌|버전|패치|이벤트|문의|주문|번호|ver|no|v)\W?", match["value"], re.I)
        is None
    )


def is_card_code(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A code of a card; `세 자리 숫자` alone needs a card before it."""
    if cue.group()[0] in "세3":
        before = cue.string[max(0, cue.start() - 60) : cue.start()]
        if not compiled(words.CARD_OF_CODE).search(before):
            return False
    return is_otp(cue, value)


def is_card_pin(cue: re.Match[str], value: re.Match[str]) -> bool:
    """The first figures of a card's PIN; no count of errors."""
    return compiled(r"오류 | 틀 | 변경 | 문의 | \d \s? 회").search(between(cue, value)) is None


def is_card_expiry(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Month and year of a card; not of a coupon, a passport or a parcel of food."""
    before = cue.string[max(0, cue.start() - 24) : cue.start()]
    after = value.string[value.end() : value.end() + 24]
    line = "" if "카드" in before else before.rpartition("\n")[2]
    if compiled(words.OTHER_EXPIRY).search(line + between(cue, value)):
        return False
    # `십일월까지요`, `십일월까지라고 적혀 있네요` are said of a card; what goes on is said of a coupon.
    is_end = re.match(
        r"\s?(?:월말)?\s?까지(?!\s?(?:요|네요|예요|입니다)\W{0,2}(?:\n|\Z)"
        r"|(?:이?라고|로|라)\s?(?:적|써|쓰|돼|되|나와|찍|보이|박))",
        after,
    )
    if is_end is not None and not compiled(words.CARD_NEAR).search(before + after):
        return False
    return _is_expiry(value_of(value))


def is_card_expiry_after(match: re.Match[str]) -> bool:
    """`08/26 카드 유효기간`; a card must be named near it."""
    start, end = match.span("value")
    around = match.string[max(0, start - 40) : start] + "\n" + match.string[end : match.end() + 24]
    if compiled(words.OTHER_EXPIRY).search(around):
        return False
    return compiled(words.CARD_NEAR).search(around) is not None and _is_expiry(match["value"])


def _is_expiry(text: str) -> bool:
    parts = [int(part) % 2000 for part in re.findall(r"\d+", text)]
    if len(parts) == 1:
        parts = [*divmod(int("".join(re.findall(r"\d", text))) % 10_000, 100)]
    return len(parts) != 2 or _is_month_and_year(*parts) or _is_month_and_year(*reversed(parts))


def _is_month_and_year(month: int, year: int) -> bool:
    return 1 <= month <= 12 and 22 <= year <= 45


def _is_named_or_denied(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A brand, a product or a phone number; or words such as `말고` stand before it."""
    text = value_of(value)
    bare = text.strip("@._-").lower()
    if bare in words.NO_LOGIN or "official" in bare or _MODEL.match(text) or _PHONE.match(text):
        return True
    is_denied = compiled(words.DENIED).search(between(cue, value)) is not None
    return is_denied and not _is_answer(cue, value)


def is_login(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A Latin handle (`hong1234`, `minsu.k`), a Hangul word with figures, or one spelled out."""
    text = value_of(value)
    if not text.isascii():
        return _is_hangul_login(cue, value)
    bare = text.strip("@._-").lower()
    if _is_named_or_denied(cue, value):
        return False
    if bare.isdigit():
        is_talk = compiled(words.TALK).search(between(cue, value)) is not None
        return not is_talk and (_follows_closely(cue, value) or _is_answer(cue, value))
    if cue.group().endswith(("때", "는", "데", "던")):
        after = value.string[value.end() : value.end() + 6]
        is_said = compiled(words.SET_TO).match(after) is not None
        return is_said and _has_digit(text) and _follows_closely(cue, value)
    if text.startswith("@") or re.search(r"[\d._-]", text):
        return True
    return _is_plain_handle(cue, value)


def _is_plain_handle(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Letters alone (`minsukim`): right after the word, or all that an answer says."""
    text = value_of(value)
    if text.isupper() or len(text) < _LEAST_WORD:
        return False
    ending = value.string[value.end() : value.end() + 4]
    is_answer = _is_answer(cue, value) and compiled(words.ANSWER_END).match(ending) is not None
    return is_answer or _follows_closely(cue, value)


def _is_hangul_login(cue: re.Match[str], value: re.Match[str]) -> bool:
    text = value_of(value)
    if text[0].isascii():
        return _is_answer(cue, value) or _follows_closely(cue, value)
    if re.fullmatch(r"[가-힣]{2,8}[A-Za-z_]{0,8}\d{1,6}", text):
        return _follows_closely(cue, value) and not compiled(words.NO_HANGUL_LOGIN).match(text)
    if compiled("언더\\s?바 | 밑줄").search(text) and _follows_closely(cue, value):
        return True
    letters = len(compiled(words.SPELT_LETTER).findall(text))
    return letters > 1 and (_is_answer(cue, value) or _follows_closely(cue, value))


def is_messenger_handle(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Right after a messenger's name: letters with a figure, a dot, an underscore or an `@`."""
    text = value_of(value)
    return (
        re.search(r"[\d_@]|[A-Za-z][.][A-Za-z]", text) is not None
        and re.search(r"[A-Za-z]", text) is not None
        and _follows_closely(cue, value)
        and is_login(cue, value)
    )


def is_nickname(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A word that is said to be somebody's nickname, not what is said about nicknames."""
    text, gap = value_of(value), between(cue, value)
    if text.endswith(_SAID_TO_DO):
        return False
    if not _follows_closely(cue, value) and not _is_answer(cue, value):
        return False
    is_marked = re.search(r"[:\n\"'“‘(\[=]", gap) is not None
    after = value.string[value.end() : value.end() + 5]
    is_said = compiled(
        r"\s? (?: 이?[에예]요 | 예요 | 입니다 | 인데 | 이?라고 | 이[고구요] | 으?로\s?(?:활|가|등) | 서버 | 길드 | 레벨 | 캐릭 )"
    ).match(after)
    if re.fullmatch(r"[가-힣]{3,10}\d{1,4}", text):
        return compiled(words.NO_NICKNAME).match(text) is None
    ends = after[:1] in ("", "\n", " ")
    if not is_marked and not is_said and (ends or re.search(r"[은는이가]", gap) is None):
        return False
    return text.lower() not in words.NO_LOGIN and compiled(words.NO_NICKNAME).match(text) is None


def is_login_before_cue(match: re.Match[str]) -> bool:
    """No brand (`naver 아이디`) and no product (`SM-S921N 계정`)."""
    text = match["value"]
    bare = text.lower().strip("._-")
    if _MAIL_HOST.search(bare):
        return False
    if bare in words.NO_LOGIN or _MODEL.match(text) or (text.isalpha() and text.isupper()):
        return False
    return re.search(r"[\d._]", text) is not None or len(bare) >= _LEAST_BARE_NAME


def is_no_public_handle(match: re.Match[str]) -> bool:
    """A handle that does not call itself official, and no mail provider (`@naver.com 메일`)."""
    handle = match.group().lower()
    return "official" not in handle and not _MAIL_HOST.search(handle)


def is_hangul_handle(match: re.Match[str]) -> bool:
    """A word that is said to be somebody's login id, not what is said about login ids."""
    return compiled(words.NO_HANGUL_HANDLE).search(match["value"]) is None
