"""Workbooks to read in: the project's own sample, or real sentences with planted personal data."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from cs_pipeline.samples.conversations import PLANTED_SHARE
from cs_pipeline.samples.planted import ANSWER, QUESTION, draw_planted
from cs_pipeline.samples.workbook import write_sample_export

HEADER = ("번호", "접수일시", "상담유형", "문의내용", "답변", "상담사ID")
TITLE_ROWS = 2
MONTHS = ("3월", "4월")


def write_workbook(path: Path, rows: int, pairs: Path | None) -> None:
    """Write an export of so many exchanges, half of them on each of two sheets.

    With `pairs`, a CSV of questions and answers, each side of an exchange is made of two of its
    sentences, so that hardly any exchange stands there twice, and personal data is planted in as
    many of them as in the sample.
    """
    if pairs is None:
        write_sample_export(path, rows=rows, seed=rows, layout="qa")
        return
    from openpyxl import Workbook

    with pairs.open(encoding="utf-8", newline="") as file:
        said = [(question, answer) for question, answer, *_ in list(csv.reader(file))[1:]]
    random = Random(rows)
    workbook = Workbook(write_only=True)
    clock = datetime(2026, 3, 1, 9)
    for number, month in enumerate(MONTHS):
        sheet = workbook.create_sheet(month)
        for _ in range(TITLE_ROWS):
            sheet.append(["고객 상담 이력"])
        sheet.append(HEADER)
        for row in range(rows * number // 2, rows * (number + 1) // 2):
            clock += timedelta(seconds=random.randint(1, 9))
            question, answer = exchange(random, said)
            sheet.append((row, clock, "기타", question, answer, f"CS-{random.randint(1, 30):03}"))
    workbook.save(path)


def exchange(random: Random, said: list[tuple[str, str]]) -> tuple[str, str]:
    """Question and answer."""
    first, second = random.choices(said, k=2)
    sides = {QUESTION: [first[0], second[0]], ANSWER: [first[1], second[1]]}
    if random.random() < PLANTED_SHARE:
        side = random.choices((QUESTION, ANSWER), (7, 3))[0]
        text, _ = draw_planted(random, side)
        sides[side].insert(random.randint(0, 2), text)
    return " ".join(sides[QUESTION]), " ".join(sides[ANSWER])
