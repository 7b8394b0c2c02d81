"""One tool in a process of its own, so that tools share neither packages, caches nor memory.

`python pii_worker.py TOOL` answers each line on standard input, a JSON list of
`[text, [earlier turn, ...]]`, with one line on standard output: the spans found in each text
(`[start, end, type]`, code points), the processor seconds it took, and the peak memory of the
process so far in bytes. It imports nothing but the standard library and the tool itself.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

Span = tuple[int, int, str]
Find = Callable[[str, Sequence[str]], Iterable[Span]]

# What each tool calls the types of this project; a type that is not listed keeps its own name.
PRESIDIO_TYPES = {
    "PHONE_NUMBER": "PHONE",
    "KR_RRN": "RRN",
    "KR_FRN": "FRN",
    "KR_BRN": "BRN",
    "CREDIT_CARD": "CARD",
    "EMAIL_ADDRESS": "EMAIL",
    "KR_PASSPORT": "PASSPORT",
    "KR_DRIVER_LICENSE": "DRIVER",
    "IP_ADDRESS": "IP",
    "DATE_TIME": "DOB",
    "IBAN_CODE": "ACCOUNT",
    "MAC_ADDRESS": "DEVICE_ID",
    "UUID": "DEVICE_ID",
}
KO_PII_TYPES = {
    "BUSINESS_REG": "BRN",
    "DRIVER_LICENSE": "DRIVER",
    "PERSON": "NAME",
    "DT_BIRTH": "DOB",
    "VEHICLE": "PLATE",
    "FAX": "PHONE",
    "EMPLOYEE_ID": "MEMBER_NO",
}
MASKINGTAPE_TYPES = {
    "birth_date": "DOB",
    "biz_reg": "BRN",
    "driver_license": "DRIVER",
}


def cs_pipeline() -> Find:
    """The masker of this project; earlier turns are handed over as context."""
    from cs_pipeline.pii import PiiContext, find_spans

    def find(text: str, earlier: Sequence[str]) -> Iterable[Span]:
        context = PiiContext(preceding=earlier) if earlier else None
        return [(s.start, s.end, s.entity_type) for s in find_spans(text, context=context)]

    return find


def presidio() -> Find:
    """Presidio with its slim engine and every recogniser that is Korean or of no country."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer import predefined_recognizers as recognizers
    from presidio_analyzer.nlp_engine import SlimSpacyNlpEngine

    korean = ("KrRrn", "KrFrn", "KrBrn", "KrPassport", "KrDriverLicense")
    general = ("CreditCard", "Crypto", "Date", "Email", "Iban", "Ip", "MacAddress", "Url", "Uuid")
    registry = RecognizerRegistry(supported_languages=["ko"])
    for name in (*korean, *general):
        registry.add_recognizer(getattr(recognizers, f"{name}Recognizer")(supported_language="ko"))
    registry.add_recognizer(
        recognizers.PhoneRecognizer(supported_language="ko", supported_regions=("KR",))
    )
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=SlimSpacyNlpEngine(supported_languages=["ko"], generic_tokenizer="blank"),
        supported_languages=["ko"],
    )

    def find(text: str) -> Iterable[Span]:
        return [
            (one.start, one.end, PRESIDIO_TYPES.get(one.entity_type, one.entity_type))
            for one in engine.analyze(text, language="ko")
        ]

    return _with_turns_above(find)


def ko_pii() -> Find:
    """ko-pii with all its labels."""
    from ko_pii import detect_all

    def find(text: str) -> Iterable[Span]:
        return [
            (one.start, one.end, KO_PII_TYPES.get(one.label, one.label)) for one in detect_all(text)
        ]

    return _with_turns_above(find)


def maskingtape() -> Find:
    """Maskingtape with all its rule detectors; its language model needs a server of its own."""
    from maskingtape import Pipeline

    pipeline = Pipeline()

    def find(text: str) -> Iterable[Span]:
        return [
            (one.start, one.end, MASKINGTAPE_TYPES.get(one.kind, one.kind.upper()))
            for one in pipeline.scan(text)
        ]

    return _with_turns_above(find)


def _with_turns_above(find: Callable[[str], Iterable[Span]]) -> Find:
    """Earlier turns as lines above the text, for a tool that takes one text and nothing else."""

    def find_in(text: str, earlier: Sequence[str]) -> Iterable[Span]:
        above = "".join(f"{turn}\n" for turn in earlier)
        return [
            (max(start - len(above), 0), end - len(above), kind)
            for start, end, kind in find(above + text)
            if end > len(above)
        ]

    return find_in


TOOLS: dict[str, Callable[[], Find]] = {
    "cs_pipeline": cs_pipeline,
    "presidio-analyzer": presidio,
    "ko-pii": ko_pii,
    "maskingtape": maskingtape,
}


def peak_bytes() -> int:
    """Peak resident memory; getrusage would count the process that started this one."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> None:
    """Answer requests until standard input ends."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    find = TOOLS[sys.argv[1]]()
    for line in sys.stdin:
        rows = json.loads(line)
        began = time.process_time()
        spans = [find(text, earlier) for text, earlier in rows]
        seconds = time.process_time() - began
        answer = {"spans": spans, "seconds": seconds, "peak_bytes": peak_bytes()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
