"""Questions of a JSON file with a list of answers to each, and which of these are the company's."""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.intake.files.json_messages import (
    ANSWER_LISTS,
    ROLE_KEYS,
    Object,
    plain_key,
    words_in,
)

_SAID_BY_ANYBODY = ("replies", "replylist", "reply")
_WRITERS = (
    *ROLE_KEYS,
    *("writertype", "authortype", "membertype", "usertype", "writerrole", "authorrole"),
)
COMPANY_FLAGS = ("isseller", "isadmin", "isofficial", "isstaff", "seller", "official")
_FLAGS = {"true": True, "y": True, "false": False, "n": False}
_NUMBERED = _FLAGS | {"1": True, "0": False}
"""Under `isSeller` a number is a flag; under `seller` it may be somebody's."""
_OF_CUSTOMERS = re.compile(
    r"buyer|customer|user|member|guest|client|구매자|회원|고객(?!센터)|이용자", re.I
)


def asked_rows(objects: Sequence[Object]) -> bool:
    """Whether objects hold questions with a list of answers to each."""
    return any(_answer_key(item) for one in objects for item in _asked(one))


def answered(one: Object) -> Iterator[Object]:
    """Each question of an object with what the company answered; other customers do not count."""
    for item in _asked(one):
        key = _answer_key(item)
        row = {
            name: words_in(value) if isinstance(value, dict) else value
            for name, value in item.items()
        }
        if key is not None:
            row.pop(key)
            row["answer"] = "\n".join(_official(key, item[key]))
        yield row


def _asked(one: Object) -> list[Object]:
    """The object itself, or those of a list in it, that hold answers."""
    if _answer_key(one):
        return [one]
    lists = [value for value in one.values() if isinstance(value, list)]
    inner = [[item for item in found if isinstance(item, dict)] for found in lists]
    return next((items for items in inner if any(map(_answer_key, items))), [])


def _answer_key(one: Object) -> str | None:
    for name, value in one.items():
        listed = value if isinstance(value, list) and plain_key(name) in ANSWER_LISTS else [None]
        if all(isinstance(item, dict) for item in listed):
            return name
    return None


def _official(key: str, answers: Sequence[Object]) -> Iterator[str]:
    """What the company said at first; what it said below another word of a customer is to that.

    A single answer needs nobody's role; a reply may be anybody's.
    """
    began, alone = False, len(answers) == 1 and plain_key(key) not in _SAID_BY_ANYBODY
    for answer in answers:
        official = is_official(answer)
        if official or (official is None and alone):
            began = True
            yield words_in(answer)
        elif began:
            return


def is_official(answer: Object) -> bool | None:
    """Whether the company wrote an answer; None where it does not say."""
    flagged = flag_or_none(answer)
    if flagged is not None:
        return flagged
    named = {plain_key(name): value for name, value in answer.items()}
    role = next((named[name] for name in _WRITERS if isinstance(named.get(name), str)), None)
    return None if role is None else _OF_CUSTOMERS.search(role) is None


def flag_or_none(answer: Object) -> bool | None:
    """What an answer's flags say of whether it is the company's: one yes is; None for no flag."""
    told = {
        (_NUMBERED if key.startswith("is") else _FLAGS).get(str(value).casefold())
        for name, value in answer.items()
        if (key := plain_key(name)) in COMPANY_FLAGS
    }
    return None if told <= {None} else True in told
