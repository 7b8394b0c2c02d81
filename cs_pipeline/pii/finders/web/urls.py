"""Personal web addresses.

A URL is personal when it leads to one person's page or lets its bearer in: a token, an id in the
query, a profile, an order page, a short link. Pages that everybody sees stay.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from cs_pipeline.pii.rules import Found, Rule, compiled
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
_SHORT_HOST = re.compile(
    r"(?:^|\.)(?:bit\.ly|me2\.do|me2\.kr|han\.gl|vo\.la|url\.kr|tinyurl\.com|t\.co|naver\.me|goo\.gl|c11\.kr"
    r"|buly\.kr|lrl\.kr|kko\.to|kko\.kakao\.com|abit\.ly|zrr\.kr|m\.site\.naver\.com|is\.gd|rb\.gy|cutt\.ly|t\.ly"
    r"|linktr\.ee|litt\.ly|toss\.me|wa\.me|t\.me|discord\.gg|link\.coupang\.com|coupa\.ng|asq\.kr|iii\.im"
    r"|forms\.gle|calendly\.com|qr\.kakaopay\.com|open\.kakao\.com|in\.naver\.com|gift\.kakao\.com|dub\.sh"
    r"|s\.id|bitly\.kr|url\.cn|ow\.ly|han\.link|inpk\.link|instabio\.cc|page\.link|app\.link|onelink\.me)$"
)
_PROFILE_HOST = re.compile(
    r"(?:^|\.)(?:instagram\.com|facebook\.com|fb\.com|fb\.me|twitter\.com|x\.com|threads\.net|threads\.com"
    r"|tiktok\.com|blog\.naver\.com|post\.naver\.com|brunch\.co\.kr|velog\.io|github\.com|linkedin\.com"
    r"|pinterest\.com|pinterest\.co\.kr|twitch\.tv|afreecatv\.com|behance\.net|story\.kakao\.com|snapchat\.com"
    r"|soundcloud\.com|about\.me|postype\.com|bunjang\.co\.kr|daangn\.com|medium\.com|steamcommunity\.com"
    r"|cyworld\.com|profile\.intra\.naver\.com|kin\.naver\.com|strava\.com|litlink\.kr|bsky\.app)$"
)
_PUBLIC_PROFILE = re.compile(
    r"^/?(?:$|@?[\w.-]*official[\w.-]*|p/|reel/|reels/|explore|hashtag|help|about|policies|privacy|terms|login"
    r"|accounts|legal|business|search|topic|features|settings|home|share|watch|groups|events|marketplace"
    r"|company/|jobs|store|notice|faq|download|kr/?$|PostList|section)",
    re.IGNORECASE,
)
_OWN_SUBDOMAIN = re.compile(
    r"^(?!www\.|notice\.|blog\.)[a-z0-9_-]{3,}\.(?:tistory\.com|blog\.me|github\.io|egloos\.com|wordpress\.com|blogspot\.com|notion\.site|carrd\.co)$"
)
_INVITATION_HOST = re.compile(r"wedding|invit|mcard|barunson|feelm|thecard|salondeletter")
_YOUTUBE = re.compile(r"(?:^|\.)youtube\.com$")
_YOUTUBE_PROFILE = re.compile(r"^/(?:@|channel/|c/|user/)")
_SHARED_HOST = re.compile(
    r"(?:^|\.)(?:drive\.google\.com|docs\.google\.com|dropbox\.com|photos\.app\.goo\.gl|zoom\.us|meet\.google\.com|mybox\.naver\.com|1drv\.ms|wetransfer\.com|we\.tl|onedrive\.live\.com|photos\.google\.com|teams\.microsoft\.com|icloud\.com)$"
)
_PUBLIC_PATH = re.compile(
    r"/(?:notices?|board|bbs|faq|news|articles?|products?|goods|items?|prod|vp|p|catalog|category|categories|event|events"
    r"|brand|brands|place|map|maps|app|details|help|support|guide|docs?|posts?|entry|watch|store|stores|shop|magazine|exhibition"
    r"|promotion|search|download|downloads|terms|policy|press|recruit|company|menu|view|page|hc)(?:[/._]|$)",
    re.IGNORECASE,
)
_OWN_PATH = re.compile(
    r"/(?:my|mypage|my-page|myorder|orders?|ordersheet|reservations?|bookings?|invoices?|receipts?|reset|verify|verification"
    r"|invite|invitations?|tickets?|claims?|u|users?|profiles?|members?|accounts?|tracking|track|pay|payments?|confirm|auth|unsubscribe"
    r"|delivery|shipping|estimate|contracts?|share|shared|s|r|chat|room|rooms|consult|consultation|activate|session|login|sso|o|d|t|m"
    r"|customers?|mypages|orderdetail|order_detail|sign|signature|files?|coupon|gift|survey|review|reviews|host|seller|sellers)/(?P<id>[^/?]+)",
    re.IGNORECASE,
)
_SECRET_KEY = re.compile(
    r"^(?:.*token.*|.*auth.*|.*session.*|sid|jsessionid|phpsessid|.*user.*|uid|u|.*member.*|mid|mno|.*mem_?(?:no|id).*|.*order.*|oid|ord_?(?:no|id)"
    r"|.*email.*|e?mail|.*phone.*|mobile|tel|hp|name|sig|signature|hash|invite.*|ref|refer.*|recommend.*|rcm|uuid|.*passw.*|pw|pwd|jwt|.*cust.*"
    r"|.*account.*|ticket.*|.*resv.*|reserv.*|rsv.*|book.*|.*secret.*|access|apikey|api_key|key|k|t|code|state|invoice.*|inv_?no|waybill.*|track.*no|slip.*|pnr"
    r"|.*login.*|birth.*|addr.*|ssn|.*receipt.*|.*claim.*|otp|nonce|credential|hash|ticket|id|no|num|seq|.*device.*|adid|gaid|idfa|fbclid|gclid|cid|.*apply.*|.*contract.*|.*customer.*|share.*|from_?user|nick.*)$",
    re.IGNORECASE,
)
_PUBLIC_KEY = re.compile(
    r"^(?:id|mid|no|num|seq|code|name|key|k|t|ref|cid|book.*|u|state)$", re.IGNORECASE
)
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z_-]{0,40}\d)(?=[\d_-]{0,40}[A-Za-z])[A-Za-z0-9_-]{20,}|eyJ[\w-]{6,}|(?<!\d)\d{10,}(?!\d)"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|%40|(?<!\d)01[016789]-?\d{3,4}-?\d{4}"
)
# Pages of this kind belong to somebody where the rest of the path says so: /order/view?no=…
_OWN_SECTION = re.compile(
    r"/(?:orders?|myorders?|mypage|reservations?|bookings?|invoices?|receipts?|tickets?|claims?|payments?"
    r"|delivery|tracking|accounts?|members?|profiles?)(?:[/._]|$)",
    re.IGNORECASE,
)
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
    return bool(_OWN_SUBDOMAIN.match(host))


def _has_secret(path: str, query: str) -> bool:
    """A parameter that names a person, an order or a key, with a value that is not a plain word."""
    is_own = _OWN_SECTION.search(path) is not None
    is_public = bool(_PUBLIC_PATH.search(_PAGE_OF_ALL.sub("", path) if is_own else path))
    for pair in re.split("[&;]|/?[?]", query):
        key, _, value = pair.partition("=")
        if len(value) < 2 or not _SECRET_KEY.match(key):
            continue
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
