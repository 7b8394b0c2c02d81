"""Personal web addresses.

A URL is personal when it leads to one person's page or lets its bearer in: a token, an id in the
query, a profile, an order page, a short link. Pages that everybody sees stay.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from cs_pipeline.pii.rules import Found, Rule, any_of, compiled
from cs_pipeline.pii.word_lists import WordLists

_TLD = (
    "com|net|kr|org|io|me|do|gl|gg|ly|page|link|app|shop|site|to|im|cc|xyz|us|in|ee|at|be|id|dev|co|la"
    "|so|tv|ai|it|bio|gd"
)
# A placeholder's run of `#` is not part of an address.
_TAIL = r"(?: [!-\"$-~] | [#](?![#]) )"
_URL = rf"""
    (?: (?<![a-z]) https? \s? : \s? // \s? | (?<![0-9a-z@._/-]) (?= [a-z0-9-]{{1,63}}[.] ) )
    (?: [a-z0-9_%+-]{{1,32}} : [^\s/@#]{{1,64}} @ )?
    (?: [a-z0-9_-]{{1,63}} [.] ){{1,5}}+ (?: [a-z0-9-]{{2,24}} ) (?: : \d{{2,5}} )?
      (?! [@.]?[a-z0-9] )
    (?: [/?] {_TAIL}{{0,2000}}+ | [#] {_TAIL}{{1,2000}}+ )?
"""
_PARTS = re.compile(
    r"(?:https?\s?:\s?//\s?)?(?P<user>[^/@?#]*@)?(?P<host>[^/?#:]+)(?::\d+)?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE,
)
_TRAILING = ".,!;:)]}>'\"*~"
_SITES = WordLists(Path(__file__).with_name("sites.txt"))


_SHORT_HOST = re.compile(rf"(?:^|\.){any_of(_SITES['short'])}$")
_PROFILE_HOST = re.compile(rf"(?:^|\.){any_of(_SITES['profiles'])}$")
_PUBLIC_PROFILE = re.compile(
    r"""^/? (?:
        $ | @?[\w.-]*official[\w.-]*                                # @samsung_official
      | p/ | reel/ | reels/ | explore | hashtag                     # p/Cxyz12345/
      | help | about | policies | privacy | terms                   # policies/privacy
      | login | accounts | legal | business                         # accounts/login
      | search | topic | features | settings | home | share | watch # search?q=신발
      | groups | events | marketplace | company/ | jobs | store     # company/samsung
      | notice | faq | download | kr/?$ | PostList | section        # PostList.naver
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_OWN_SUBDOMAIN = re.compile(
    rf"^(?!www\.|notice\.|blog\.)[a-z0-9_-]{{3,}}\.{any_of(_SITES['own_names'])}$"
)
_INVITATION_HOST = re.compile(r"wedding|invit|mcard|barunson|feelm|thecard|salondeletter")
_YOUTUBE = re.compile(r"(?:^|\.)youtube\.com$")
_YOUTUBE_PROFILE = re.compile(r"^/(?:@|channel/|c/|user/)")
# band.us/@sunnymom, blog.example.com/sunny_garden82
_HANDLE = re.compile(r"/@[\w.-]{3,}")
_SHARED_HOST = re.compile(rf"(?:^|\.){any_of(_SITES['shared'])}$")
_PUBLIC_PATH = re.compile(
    r"""/ (?:
        notices? | board | bbs | faq | news | articles?                       # /notice/12
      | products? | goods | items? | prod | vp | p                            # /vp/products/1234567
      | catalog | category | categories | event | events | brand | brands     # /event/20261122
      | place | map | maps                                                    # map.naver.com/p/entry/place/1234567890
      | app | details                                                         # /store/apps/details?id=com.kakao.talk
      | help | support | guide | docs? | posts? | entry                       # /support/
      | watch | store | stores | shop | magazine | exhibition | promotion     # /watch?v=dQw4w9WgXcQ
      | search | download | downloads | terms | policy | press | recruit      # /search?query=신발&page=2
      | company | menu | view | page | hc                                     # /hc/ko/articles/360012345678
    ) (?: [/._] | $ )""",
    re.IGNORECASE | re.VERBOSE,
)
_OWN_PATH = re.compile(
    r"""/ (?:
        my (?:/h)? | mypage | my-page | myorder                              # /my/orders/2026112298765431
      | orders? | ordersheet | reservations? | bookings?             # /order/20261122-0001234
      | invoices? | receipts?                                        # /receipt/20261122001234
      | reset | verify | verification                                # /reset/abc123def456
      | invite | invitations? | tickets? | claims?                   # /invite/AbC12
      | u | users? | profiles? | members? | accounts?                # /users/38291/profile
      | tracking | track | pay | payments?                           # /tracking/654321098765
      | confirm | auth | unsubscribe | delivery | shipping           # /unsubscribe/ab12cd34
      | estimate | contracts? | share | shared | s | r               # /r/ab12cd
      | chat | room | rooms | consult | consultation                 # /chat/38291
      | activate | session | login | sso | o | d | t | m             # /o/gAbC12de
      | customers? | mypages | orderdetail | order_detail            # /orderdetail/2026112298765
      | sign | signature | files? | coupon | gift                    # /gift/ab12cd34ef56
      | survey | review | reviews | host | seller | sellers          # /survey/38271
    ) / (?P<id> [^/?]+ )""",
    re.IGNORECASE | re.VERBOSE,
)
_SECRET_KEY = re.compile(
    r"""^ (?:
        .*token.* | .*auth.* | .*session.* | sid | jsessionid | phpsessid    # ?token=abc123def456
      | .*user.* | uid | u | .*member.* | mid | mno | .*mem_?(?:no|id).*     # ?userId=hong1234
      | .*order.* | oid | ord_?(?:no|id)                                     # ?orderNo=2026112298765
      | .*email.* | e?mail | .*phone.* | mobile | tel | hp | name            # ?name=hong
      | sig | signature | hash                                               # ?sig=9f8e7d6c
      | invite.* | ref | refer.* | recommend.* | rcm                         # ?ref=minji77
      | uuid | .*passw.* | pw | pwd | jwt                                    # zoom.us/j/9123456789?pwd=abcD12
      | .*cust.* | .*account.*                                               # ?custNo=38291047
      | ticket.* | .*resv.* | reserv.* | rsv.* | book.*                      # ?resvNo=R20261122
      | .*secret.* | access | apikey | api_key | key | k | t | code | state  # ?key=ab12cd34ef56
      | invoice.* | inv_?no | waybill.* | track.*no | slip.* | pnr           # ?invoice_no=654321098765
      | .*login.* | birth.* | addr.* | ssn                                   # ?birth=19920417
      | .*receipt.* | .*claim.*                                              # ?claimNo=20261122
      | otp | nonce | credential | hash | ticket | id | no | num | seq       # profile.php?id=100012345678
      | .*device.* | adid | gaid | idfa | fbclid | gclid | cid               # ?gaid=38400000-8cf0-11bd
      | .*apply.* | .*contract.* | .*customer.*                              # ?applyNo=2026-38291
      | share.* | from_?user | nick.*                                        # ?nickname=minji77
    ) $""",
    re.IGNORECASE | re.VERBOSE,
)
_PUBLIC_KEY = re.compile(
    r"^(?:id|mid|no|num|seq|code|name|key|k|t|ref|cid|book.*|u|state)$", re.IGNORECASE
)
_TOKEN = re.compile(
    r"""
      (?<![A-Za-z0-9]) (?= [A-Za-z_-]{0,40} \d ) (?= [\d_-]{0,40} [A-Za-z] )
      [A-Za-z0-9_-]{20,}                                            # 1AbCdEfGhIjKlMnOpQrStUv
    | eyJ[\w-]{6,}                                                  # eyJhbGciOiJIUzI1NiJ9
    | (?<!\d) \d{10,} (?!\d)                                        # 654321098765
    | [0-9a-f]{8} - [0-9a-f]{4} - [0-9a-f]{4} - [0-9a-f]{4} - [0-9a-f]{12}
    | %40                                                           # minji77%40naver.com
    | (?<!\d) 01[016789] -? \d{3,4} -? \d{4}                        # 010-1234-5678
    """,
    re.VERBOSE,
)
# Pages of this kind belong to somebody where the rest of the path says so: /order/view?no=…
_OWN_SECTION = re.compile(
    r"/(?:orders?|myorders?|mypage|reservations?|bookings?|invoices?|receipts?|tickets?|claims?|payments?"
    r"|delivery|tracking|accounts?|members?|profiles?)(?:[/._]|$)",
    re.IGNORECASE,
)
_INVITES = re.compile(r"/(?:invit\w*|join|referral|recommend|friend)(?:[/._]|$)", re.IGNORECASE)
_LEAST_INVITED = 4
_PAGE_OF_ALL = re.compile(r"/(?:view|page|details|search)(?=[/._]|$)", re.IGNORECASE)
_PLAIN_PAGES = frozenset(WordLists(Path(__file__).with_name("plain_pages.txt"))["pages"])


def _is_personal(match: re.Match[str]) -> bool:
    url = _without_trailing(match.group())
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return False
    if parts["user"]:
        return True
    host, path = parts["host"].lower(), parts["path"]
    return (
        _is_own_page(host, path)
        or _has_secret(path, parts["query"] or "")
        or _has_secret(path, parts["fragment"] or "")
        or bool(_TOKEN.search(parts["fragment"] or ""))
        or _is_own_path(path)
    )


def _is_own_page(host: str, path: str) -> bool:
    """A profile, somebody's blog, a short link, a shared document or meeting."""
    page = path.strip("/")
    if _SHORT_HOST.search(host) or _SHARED_HOST.search(host):
        return bool(page)
    if _PROFILE_HOST.search(host):
        return bool(page) and not _PUBLIC_PROFILE.match(page)
    if _INVITATION_HOST.search(host) and _FIGURE.search(page):
        return not _PUBLIC_PATH.search(path)
    if _YOUTUBE.search(host):
        return bool(_YOUTUBE_PROFILE.match(path)) and "official" not in path.lower()
    return bool(_OWN_SUBDOMAIN.match(host)) or _names_somebody(host, path)


def _names_somebody(host: str, path: str) -> bool:
    """A handle behind an `@`, or a name with figures on a site of blogs or circles."""
    if _HANDLE.match(path):
        return "official" not in path.lower()
    own = host.startswith(("blog.", "band.", "cafe.")) and _FIGURE.search(path)
    return bool(own) and not _PUBLIC_PATH.search(path)


_USERS = frozenset(("u", "uid", "user", "userid", "user_id", "username"))
_ANYBODY = frozenset(("me", "self", "all", "guest", "admin"))


def _has_secret(path: str, query: str) -> bool:
    """A parameter that names a person, an order or a key, with a value that is not a plain word."""
    is_own = _OWN_SECTION.search(path) is not None
    is_public = bool(_PUBLIC_PATH.search(_PAGE_OF_ALL.sub("", path) if is_own else path))
    for pair in re.split("[&;]|/?[?]", query):
        key, _, value = pair.partition("=")
        if len(value) >= _LEAST_INVITED and _INVITES.search(path) and _FIGURE.search(value):
            return True
        if len(value) < 2 or not _SECRET_KEY.match(key):
            continue
        if key.lower() in _USERS and value.lower() not in _ANYBODY:
            return True
        if _PUBLIC_KEY.match(key):
            if is_public or len(value) < 4 or value.startswith(("com.", "kr.")) or "." in value:
                continue
            if not any(character.isdigit() for character in value):
                continue
        return True
    return bool(_TOKEN.search(query)) and not is_public


def _is_own_path(path: str) -> bool:
    if not _PUBLIC_PATH.search(path) and _TOKEN.search(path):
        return True
    own = _OWN_PATH.search(path)
    while own:
        page = re.sub(r"\.\w{2,4}$", "", own["id"]).lower()
        is_word = page in _PLAIN_PAGES
        if not is_word and (_FIGURE.search(page) or _OWN_BY_NAME.match(own.group().lower())):
            return True
        own = _OWN_PATH.search(path, own.start("id") - 1)
    return False


_FIGURE = re.compile(r"\d")
_OWN_BY_NAME = re.compile(
    r"/(?:u|user|users|profile|profiles|members?|invit\w*|o|sellers?|host|shared?|s)/"
)


def _without_trailing(url: str) -> str:
    return url.rstrip(_TRAILING)


_PERSONAL_URL = Rule("url.personal", "URL", 0.9, _URL, _is_personal)
_TRIGGER = rf"[.](?:{_TLD})(?![a-z])|//"


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text, without a sentence's punctuation at their end."""
    if compiled(_TRIGGER).search(text):
        for one in _PERSONAL_URL.find(text):
            yield one._replace(end=one.start + len(_without_trailing(text[one.start : one.end])))
