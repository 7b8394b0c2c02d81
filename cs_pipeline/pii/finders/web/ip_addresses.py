"""IP addresses of a person's connection (RFC 791, RFC 4291).

Loopback, router and public name server addresses stay, and so do version numbers.
"""

import re

from cs_pipeline.pii.rules import Rule, RuleSet, led

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_HIDDEN = r"(?:\*{1,3}|x{1,3}(?![a-z]))"
_V4 = rf"""
    (?<![\d.:/a-z-]) (?P<value> {_OCTET} (?: [ ]?[.][ ]? (?: {_OCTET} | {_HIDDEN} ) ){{3}}
      (?: : \d{{2,5}} )? )
    (?! [\d#] | [.-]\d | \s?(?:버전|업데이트|버젼) )
"""
_V4_URL = rf"(?<=//) (?P<value> {_OCTET} (?: [.] {_OCTET} ){{3}} ) (?! [\d] | [.]\d )"
_V4_SPOKEN = r"""
    (?<![\d.가-힣]) \d{1,3} (?: [ ]? (?:점|쩜|닷|도트) [ ]? \d{1,3} ){3} (?! \d
      | \s?(?:점|쩜)\s?\d )
"""
_KOREAN = "[일이삼사오육륙칠팔구영공백십0-9]{1,7}"
_V4_WORDS = rf"""
    (?<![\d.가-힣]) {_KOREAN} (?: [ ]? (?:점|쩜|닷) [ ]? {_KOREAN} ){{3}} (?! [ ]?(?:점|쩜) )
"""
_V4_COMMAS = rf"""
    (?: 아이피 (?:\s?주소)? | (?<![a-z]) ip (?: \s?(?:주소|address) )? )
    (?: [^\d\#\n]{{0,12}} | [^\d\#\n]{{0,24}} \n [^\d\#\n]{{0,10}} )
    (?P<value> {_OCTET} (?: [ ]?[,._-]?[ ]? {_OCTET} ){{3}} ) (?! [\d#] | [.,-]\d )
"""
_V6 = r"""
    (?<![0-9a-z:]) (?:
        (?: [0-9a-f]{1,4} : ){7} [0-9a-f]{1,4}
      | (?: 2[0-9a-f]{3}
      | f[cde][0-9a-f]{2} ) (?: : [0-9a-f]{1,4} ){0,6} :: (?: [0-9a-f]{1,4}
      (?: : [0-9a-f]{1,4} ){0,5} )?
    ) (?! [0-9a-z:] )
"""
_PUBLIC_IP = re.compile(
    r"""(?:
        127\. | 0\. | 255\.                                 # 127.0.0.1: the machine itself, all of a net
      | 8\.8\.(?:8\.8|4\.4)$ | 1\.1\.1\. | 1\.0\.0\.1$      # 8.8.8.8, 1.1.1.1: Google's and Cloudflare's DNS
      | 168\.126\.63\.[12]$                                 # 168.126.63.1: KT's DNS
      | 164\.124\.10[17]\.2$                                # 164.124.101.2: LG U+'s
      | 9\.9\.9\.9$                                         # Quad9's
      | 203\.248\.2[45]\d\.2$                               # 203.248.252.2: LG U+'s
      | 208\.67\.22[02]\.22[02]$                            # 208.67.222.222: OpenDNS's
      | 210\.220\.163\.82$ | 219\.250\.36\.130$             # SK Broadband's
      | 94\.140\.14\.1[45]$                                 # AdGuard's
      | 192\.168\.\d+\.(?:0|1|254|255)$ | 10\.0\.0\.[01]$   # 192.168.0.1: 공유기
      | 224\. | 169\.254\.                                  # 169.254.12.7: IP를 못 받았을 때
    )""",
    re.VERBOSE,
)
_VERSION_BEFORE = re.compile(
    r"""(?:
        버전 | 버젼 | version | ver[.]? | \bv                       # 버전 10.15.7.1
      | 펌웨어 | firmware | 빌드 | build | 릴리[스즈] | release     # 펌웨어 1.0.12.34
      | 업데이트 | os | sdk | 패치                                  # 업데이트 22.11.30.1
      | 섹션 | 조항 | 목차                                          # 조항 3.1.4.2
      | 드라이버 | driver | 앱 | app | rev[.]?                      # 드라이버 31.0.15.1694
    ) [^\d\n]{0,10} \Z""",
    re.IGNORECASE | re.VERBOSE,
)
_IP_BEFORE = re.compile(
    r"""(?:
        아이피 | (?<![a-z]) ip (?:v[46])? (?![a-z])   # 아이피 1.2.3.4
      | 접속 | 로그인 | 로그                          # 접속 기록에 1.2.3.4
      | 핑 | ping | 차단 | 원격                       # 차단된 1.2.3.4
      | 해외 | 서버 | 호스트 | vpn | 우회                          # 해외 로그인 1.2.3.4
    ) [^\n]{0,30} \Z""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAST_DIGITS = 8


def _is_ip(match: re.Match[str]) -> bool:
    text = match["value"].replace(" ", "").lower().partition(":")[0]
    octets = text.split(".")
    if len(octets) != 4 or _PUBLIC_IP.match(text):
        return False
    before = match.string[max(0, match.start("value") - 40) : match.start("value")]
    if _VERSION_BEFORE.search(before):
        return False
    if _IP_BEFORE.search(before):
        return True
    return sum(map(str.isdigit, text)) >= _LEAST_DIGITS or ("*" in text and len(text) >= 9)


def _is_spoken_ip(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 40) : match.start()]
    return not _VERSION_BEFORE.search(before) and (
        _IP_BEFORE.search(before) is not None or len(match.group()) >= 13
    )


find = RuleSet(
    led(
        {
            "0-9": r"\s? [.,점쩜닷]",
            "점쩜닷": r"[ ]? [일이삼사오육칠팔구영공백십\d]",
            "0-9a-f": ":[0-9a-f:]",
            "아": r"이피 [^\d\n]{0,12} \d{1,3} [ ]",
            "i": r"p [^\d\n]{0,12} \d{1,3} [ ]",
        }
    ),
    (
        Rule("ip.v4", "IP", 0.9, _V4, _is_ip),
        Rule("ip.v4_in_url", "IP", 0.85, _V4_URL, _is_ip),
        Rule("ip.v4_spoken", "IP", 0.88, _V4_SPOKEN, _is_spoken_ip),
        Rule("ip.v4_words", "IP", 0.85, _V4_WORDS, _is_spoken_ip),
        Rule(
            "ip.v4_named",
            "IP",
            0.88,
            _V4_COMMAS,
            lambda match: not _PUBLIC_IP.match(match["value"]),
        ),
        Rule("ip.v6", "IP", 0.9, _V6),
    ),
).find
"""Findings in normalised text; they may overlap."""
