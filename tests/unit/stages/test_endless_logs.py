"""One conversation of thousands of rows, such as a log without numbers: it is masked in parts."""

from itertools import pairwise
from pathlib import Path

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.dataset.shard import read_rows
from cs_pipeline.intake.said import Turn, merged, pair_turns
from cs_pipeline.intake.said import TurnsReading as Reading
from cs_pipeline.masked.digests import MaskedValues
from cs_pipeline.pii import mask_processes

NUMBER = "010-7391-4826"


def masked_rows(settings: Settings, name: str) -> list[tuple[str, str, str, int]]:
    """A log of 30 exchanges, the last of which tells a number, and another one of two."""
    installation = stages.Installation(settings)
    stages.prepare_folders(installation)
    lines = ["대화번호,발화자,내용"]
    for talk, count in (("긴 대화", 30), ("짧은 대화", 2)):
        for row in range(count):
            told = f" 제 번호는 {NUMBER}입니다" if talk == "긴 대화" and row == count - 1 else ""
            lines.append(f"{talk},고객,{name} {row}번째 상품은 언제 배송되나요?{told}")
            lines.append(f"{talk},상담사,{row}일 뒤에 {talk}로 도착할 예정입니다.")
    Path(settings.inbox_uri, name).write_text("\n".join(lines), encoding="utf-8")
    claimed = stages.collect(installation, run_id=name) or []
    [export] = [one for one in claimed if one.name == name]
    assert stages.validate(installation, export).accepted == 32
    shard = stages.mask(installation, export)
    rows = list(read_rows(Path(shard.uri)))
    assert shard.rows == len(rows)
    return rows


def test_a_withdrawn_value_takes_the_whole_log_with_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mask_processes, "_ROWS_A_STRETCH", 10)
    rows = masked_rows(settings, "a.csv")
    assert len(rows) == 32
    assert [turn for _, _, _, turn in rows] == [*range(30), 0, 1]
    assert all(one[2] == other[2] for one, other in pairwise(rows[:30]))
    assert rows[30][2] != rows[0][2]

    installation = stages.Installation(settings)
    values = MaskedValues(settings.data_dir, installation.secret).digests_of(NUMBER)
    installation.forgotten.add(values=values)
    left = masked_rows(settings, "b.csv")
    assert [turn for _, _, _, turn in left] == [0, 1]
    assert all("짧은 대화" in answer for _, answer, _, _ in left)


def test_a_log_is_paired_a_turn_at_a_time() -> None:
    heard = []

    def turns():
        for row in range(1_000):
            heard.append(row)
            speaker = "agent" if row % 3 == 2 else "customer"  # two questions to an answer
            yield Turn(speaker, f"{row}", f"A{row}", (f"{row}",))

    reading = Reading()
    said = merged(turns())
    assert next(said).text == "0 1"
    assert heard == [0, 1, 2]
    assert pair_turns("시트", "대화", said, (), reading, 1) == 333
    assert len(reading.exchanges) == 332
    [first, *_] = reading.exchanges
    assert (first.question, first.answer, first.turn_index) == ("3 4", "5", 1)
    assert [row.cell for row in reading.refused] == ["A999"]
