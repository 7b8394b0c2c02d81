"""Comments on cells of an .xlsx that say that what stands there is wrong."""

import html
import posixpath
import re
import zipfile

_MOST_BYTES = 16 * 1024**2
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_OF_COMMENTS = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/comments[\"']")
_TARGET = re.compile(rb"\bTarget\s*=\s*[\"']([^\"']+)[\"']")
_COMMENT = re.compile(
    rb"<(?:\w+:)?comment\s[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>"
    rb"(.*?)</(?:\w+:)?comment>",
    re.DOTALL,
)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>(.*?)</(?:\w+:)?t>", re.DOTALL)
_SPELLING = re.compile(
    r"(?:오타|오탈자|맞춤법|띄어쓰기|표현|문구|말투)[^.\n]{0,12}(?:수정|틀[린림렸])|typos?|spelling",
    re.IGNORECASE,
)
_NOT_NONE = r"(?!\s*(?:부분|점|내용|곳|것|사항)?(?:은|는|이|도)?\s*(?:없|아님|안\s))"
_WRONG = re.compile(
    r"(?:잘못|엉뚱한|엉뚱하게)\s?(?:들어|등록|입력|기재|답변|안내|나[갔감간]|보[냄낸냈]|발송|전송|매칭|붙|올|달|적|쓰|된)"
    rf"{_NOT_NONE}"
    rf"|오(?:답변|안내|등록|입력|기재|발송|배정|매칭|접수){_NOT_NONE}"
    # `다른 고객 건 답변`, and no praise: `다른 고객 문의에도 쓰면 좋겠음`
    r"|(?:다른|타)\s?(?:고객|회원|사람|손님|분)(?:님)?의?\s?(?:건|답변|문의|내용|것|글|꺼|거)"
    r"(?!\s?(?:에서?도|에게도|도|에\s|시\s|응대))"
    r"|(?:답변|내용|문의|행|칸|순서)[이가]?\s?(?:서로\s?)?(?:뒤)?(?:바뀌었|바뀜|바꼈|뒤섞|밀렸|밀림|섞였|섞임)"
    rf"|(?:수정|정정|교체|재작성|삭제)\s?(?:필요|요망|바람|요청|할\s?것|해야|대상){_NOT_NONE}"
    r"|(?:사용|학습|활용)\s?(?:금지|불가|하지\s?말|제외)"
    r"|(?:답변|내용)[이가은]?\s?(?:틀렸|틀림|사실과\s?다[름르])"
    r"|미발송|발송\s?(?:안\s?[됨함된]|되지\s?않|취소)"
    r"|\b(?:wrong|incorrect|mismatch(?:ed)?|misplaced)\b(?<!not wrong)"
    r"|\b(?:another|different) customer'?s?\b|\bdo not use\b|\bnever sent\b"
    r"|\bneeds? (?:to be )?(?:correct|fix|replac)",
    re.IGNORECASE,
)


def faulted_cells(archive: zipfile.ZipFile, part: str) -> list[tuple[bytes, bytes]]:
    """Letters and 1-based row of the cells of a sheet's part whose comments say that."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    names = archive.namelist()
    if relations not in names:
        return []
    found: list[tuple[bytes, bytes]] = []
    for relation in _RELATION.finditer(archive.read(relations)):
        target = _TARGET.search(relation[1])
        if target is None or not _OF_COMMENTS.search(relation[1]):
            continue
        place = posixpath.normpath(posixpath.join(f"/{folder}", target[1].decode())).lstrip("/")
        if place in names and archive.getinfo(place).file_size <= _MOST_BYTES:
            found += _faulted(archive.read(place))
    return found


def _faulted(xml: bytes) -> list[tuple[bytes, bytes]]:
    return [
        (comment[1], comment[2])
        for comment in _COMMENT.finditer(xml)
        if says_wrong(html.unescape(b"".join(_TEXT.findall(comment[3])).decode(errors="replace")))
    ]


def says_wrong(comment: str) -> bool:
    """Whether a comment says that a cell's text is not what belongs there; spelling aside."""
    return _WRONG.search(_SPELLING.sub("", comment)) is not None
