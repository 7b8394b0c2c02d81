"""Foreign names in Hangul."""

import re
from collections.abc import Iterator
from functools import cache

from cs_pipeline.pii.finders.names import cues, lists
from cs_pipeline.pii.finders.names.plausible import (
    begins_with_word,
    ends_in_title,
    is_everyday,
    is_refused,
)
from cs_pipeline.pii.finders.names.shape import SURNAMES
from cs_pipeline.pii.rules import Found, compiled, led

NAMES = frozenset((*lists.FOREIGN_NAMES["hangul"], *lists.FOREIGN_NAMES["more_hangul"]))
"""Parts of foreign names in Hangul."""
_HANGUL_WORD = re.compile(r"[가-힣]+")
_JOINT = re.compile(r"[ .-]{1,2}")
_LAST_WORD = re.compile(
    r"(?:[가-힣]{2,5}?|[켄렌쇼류신진])(?=\s?(?:고객|님|씨|명의|이름|앞으로|본인|강사|코치|선생|쌤|교수|원장|매니저)|입니다|이에요|예요|이?라[고는]|인데"
    r"|(?:이|(?<!이))(?:고(?:요|[ ,])|요(?![가-힣]))|으?로 |\s?[,/()\n]|$)"
)
_CHINESE = "왕장리천황우주류양"
_SHORT_STARTS = frozenset("쩐팜레딘응")
_WORD_STARTS = frozenset(
    (
        *("하나", "하루", "사이", "아이", "이사", "수다", "다이", "크리", "나타"),
        *("아니", "사랑", "잠시", "알바", "포스", "이자", "오이", "이고", "오스"),
    )
)
_SURNAME_BEFORE = re.compile(rf"(?:^|[\s,.])(?P<value>[{SURNAMES}]\s)$")
_LONGEST_GIVEN = 8
_GIVEN_BEFORE = re.compile(r"(?<![가-힣])(?P<value>[가-힣]{2,6}) $")
_STEPPES = re.compile(
    "[가-힣]{1,6}(?:[노로코도토보모리쇼예라]바|[모노도토보코조로예라]프|[프츠르브옵]스키|스카야)"
)
"""Surnames of Russia and Central Asia, which may stand behind a given name (`아이굴 베크무라토바`)."""
_MOST_WORDS = 4
_UNCLES = frozenset(("아저", "아주머니", "아줌마"))  # 아저씨
_COMPOSED = r"""
    (?<![가-힣]) (?P<value>
        (?P<sure> (?:응우옌|응웬|응우엔|응오|즈엉|쯔엉|후인|호앙|쩐)
          (?: \s?(?:티|반|득|꽁|탄|민|응옥|투|흐우) )? \s? [가-힣]{1,3}? (?:\s(?!고객|회원|님|씨|이름|명의|여권)[가-힣]{1,3}?)? )
      | (?:레|팜|부이|딘|판|도안|부|당|보) \s? (?:티|반|득|응옥) \s? [가-힣]{1,3}? (?:\s(?!고객|회원|님|씨|이름|명의|여권)[가-힣]{1,2}?)?
      | (?: (?:[가-힣]{0,4}(?:바야르|바타르|체첵|치멕|체렝|도르지|자르갈|수렌|에르덴|엥흐|뭉흐|투야|툴가|졸자야))
          | 바트[가-힣]{2,4}? ) (?:\s(?!고객|회원|님|씨|이름|명의|여권)[가-힣]{2,7}?)?
      | (?:왕|장|리|류|천|양|자오|황|저우|우|쉬|쑨|주|가오|린|허|덩|펑|첸|마|궈)
          \s? (?:샤오|쯔|지아|쉬|쑤|웨이|하오|징|쥔|밍|메이) [가-힣]{1,2}?
      | (?:다나카|스즈키|사토|다카하시|타카하시|타나카|와타나베|이토|야마모토|나카무라|고바야시|요시다|야마다|사사키
          |마쓰모토|이노우에|기무라|하야시|시미즈|야마자키|이케다|하시모토|오카다|후지타|오가와|후지와라|무라카미)
          \s [가-힣]{2,4}? )
"""
# Sounds of Mandarin that hardly any word of this language is written with.
_MANDARIN = "(?: [샤샹셴쉔쉐슝쑤쑹쑨쯔쩌쩡쟝쟈췐췬촨쥔톈훙궈뤄뤼옌윈핑] | (?<! 우 ) 슈 | [샤쟈차하타]오 | [웨메레후]이 | 위에 )"
_OR_LIKE_OURS = "[리하화란민린나난위이잉즈지징진팅팡롱룽밍량루보빈빙산신싱안양연우원웨유융은인제주준중창천청춘칭쿤통펀펑푸한호홍환황후둥닝]"
_CHINESE_NAME = rf"""
    (?<![가-힣]) (?P<value>
        (?: [왕장리류천양황우쉬쑨주린허덩펑첸마궈쩡셰쑹탕한뤄정후뤼판쟝두루딩쉐청진] | 자오 | 저우 | 가오 | 리우 | 샤오 | 차오 )
        (?: {_MANDARIN} (?: {_MANDARIN} | {_OR_LIKE_OURS} )?? | {_OR_LIKE_OURS} {_MANDARIN} ) )      # 천슈핑, 류옌
"""
# `이브라기모프 루스탐`, `투르순바예바 아이굴`
_SURNAME_OF_STEPPES = r"""
    (?<![가-힣]) (?P<value> [가-힣]{2,6} (?: [노로코도토보모리쇼예]바 | [모노도토보코조로예]프 | [프츠르브옵]스키 | 스카야 | 브나 | 오글리 )
      (?: \s (?P<given> [가-힣]{2,7}? ) )? )
"""
_TOLD = rf"(?= 상(?:입|이|님|으로|고|\s) | \s 이?라고 \s | {cues.CALLED} | {cues.COPULA} | {cues.OWNED} )"
_ENDS = r"(?= 이?요 (?![가-힣]) | 이?[에예]요 | 입니다 | 이?[고라] | [\s,.!?] | \Z )"
_LOOSE = r"(?= (?:이|가|은|는|을|를|으?로|한테|에게)?(?![가-힣]) )"
_TRUSTED = re.compile(
    "(?:이름|성함|성명|예금주|명의|예약|수령|신청|며느리|아내|남편|고객|유학생|담당)[가-힣]{0,2}[ :]{1,3}$"
)


# What a text holds in which `find_by_sound` has work to do.
BY_SOUND = compiled(
    led(
        {
            "샤샹셴쉔쉐슝쑤쑹쑨쯔쩌쩡쟝쟈췐췬촨쥔톈훙궈뤄뤼옌윈핑슈": "",
            "웨메레후": "이",
            "위": "에",
            "바": r"(?<= [노로코도토보모리쇼예]바 ) (?: [ 로님] | 이? [예라고] | 입니 | 씨 | 요 )",
            "프": r"(?<= [모노도토보코조로예]프 ) (?: [ 로님] | 이? [예라고] | 입니 | 씨 | 요 )",
            "키": "(?<= [프츠르브옵]스키 )",
            "카": "(?<= 스카 ) 야",
            "글": "(?<= 오글 ) 리",
            "브": "나",
        }
    )
)
INSIDE = re.compile(
    "바야르|바타르|체첵|치멕|체렝|도르지|자르갈|수렌|에르덴|엥흐|뭉흐|투야|툴가|졸자야"
)


@cache
def composed_starts() -> frozenset[str]:
    """What a word of a text begins with that has work for `find_composed`."""
    syllables = "샤쯔지쉬쑤웨하징쥔밍메"
    chinese = {one + other for one in "왕장리류천양황우쉬쑨주린허덩펑첸마궈" for other in syllables}
    southern = {one + other for one in "레팜딘판당보" for other in "티반득"} | {"레응", "팜응"}
    return frozenset(chinese | southern | {*lists.FOREIGN_NAMES["composed_starts"]})


def find_composed(text: str) -> Iterator[Found]:
    """Names that the sounds of another language give away (`레티흐엉`, `왕샤오리`)."""
    for match in compiled(_COMPOSED + _TOLD).finditer(text):
        yield Found(*match.span("value"), "NAME", 0.75, "name.foreign")
    for match in compiled(_COMPOSED + _LOOSE).finditer(text):
        start = match.start()
        if match["sure"] or _TRUSTED.search(text, max(0, start - 12), start):
            yield Found(*match.span("value"), "NAME", 0.7, "name.foreign")


def find_by_sound(text: str) -> Iterator[Found]:
    """Chinese names and those of Russia and Central Asia, beside words that tell a name."""
    for match in compiled(_CHINESE_NAME + _TOLD).finditer(text):
        yield Found(*match.span("value"), "NAME", 0.7, "name.foreign")
    for match in compiled(_SURNAME_OF_STEPPES + _TOLD).finditer(text):
        told = compiled(f"{cues.CALLED}|{cues.OWNED}").match(text, match.end("value"))
        given = _GIVEN_BEFORE.search(text, max(0, match.start() - _LONGEST_GIVEN), match.start())
        given = given if given and given["value"] in NAMES else None
        if told or given or match["given"] in NAMES:
            start = given.start("value") if given else match.start("value")
            yield Found(start, match.end("value"), "NAME", 0.7, "name.foreign")


def end_of_two(text: str, start: int) -> int | None:
    """End of a name of the steppes, surname and given name, whatever follows it."""
    match = compiled(_SURNAME_OF_STEPPES + _ENDS).match(text, start)
    return match.end("value") if match and match["given"] else None


def is_composed(name: str) -> bool:
    """A whole name of the kind that `find_composed` finds."""
    match = compiled(_COMPOSED).fullmatch(name)
    return match is not None and match["sure"] is not None


@cache
def starts() -> frozenset[str]:
    """What a word of a text begins with that has work for `find`."""
    long = {name[:2] for name in NAMES if len(name) > 1}
    return frozenset(long.union(_SHORT_STARTS) - _WORD_STARTS)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    for word in cues.WORD_HEADS.finditer(text):
        if word[1] not in starts():
            continue
        start = word.start()
        end, longest, words = _known_words(text, start)
        called = (longest > 1 or words > 2) and compiled(cues.CALLED).match(text, end)
        sure = longest > 3 or (words > 1 and longest > 2)
        surname = _SURNAME_BEFORE.search(text, max(0, start - 3), start) if longest > 2 else None
        if surname and compiled(cues.TAIL).match(text, end):
            start, sure = surname.start("value"), True
        named = words > 1 and longest > 1 and _ends_in_name(text[start:end])
        owned = named and compiled(cues.OWNED).match(text, end)
        if called or owned or (sure and compiled(cues.COPULA).match(text, end)):
            yield Found(
                start, end, "NAME", 0.75 if words > 1 or longest > 2 else 0.6, "name.foreign"
            )


def _ends_in_name(words: str) -> bool:
    """Not in an everyday word, as `라이트 요금제` does."""
    last = words.rpartition(" ")[2]
    return last in NAMES or not is_everyday(last[:2])


def read(text: str, start: int, trust: int) -> Iterator[tuple[int, float]]:
    """A foreign name in Hangul at `start`: words of the list, at least one of them not too short."""
    end, longest, words = _known_words(text, start)
    if longest > 1 or words > 2:
        yield end, 0.8 if words > 1 else 0.7


def _known_words(text: str, start: int) -> tuple[int, int, int]:
    """End, syllables of the longest and number of the listed words from `start` on.

    A last word may be missing in the list if it ends the phrase.
    """
    end, longest, words, position = start, 0, 0, start
    while words < _MOST_WORDS and (word := _HANGUL_WORD.match(text, position)):
        known = _listed_prefix(word.group(), text, position)
        if not known and longest > 1 and (surname := _STEPPES.match(text, position)):
            return surname.end(), max(longest, _MOST_WORDS), words + 1
        if not known:
            last = _LAST_WORD.match(text, position)
            if longest > 1 and last and not _is_noun(last.group()):
                end, words = last.end(), words + 1
            break
        end, longest, words = position + known, max(longest, known), words + 1
        joint = _JOINT.match(text, end)
        if not joint:
            break
        position = joint.end()
    return end, longest, words


def _is_noun(word: str) -> bool:
    return begins_with_word(word) or is_refused(word[:2]) or word in _UNCLES or ends_in_title(word)


def _listed_prefix(word: str, text: str, start: int) -> int:
    for length in range(min(len(word), 6), 0, -1):
        listed = word[:length] in NAMES or (
            word[0] in _CHINESE and length > 2 and word[1:length] in NAMES
        )
        if listed and compiled(cues.TAIL).match(text, start + length):
            return length
    return 0
