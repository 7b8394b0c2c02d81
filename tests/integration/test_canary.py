"""Personal data planted in an export is found nowhere but in the closed folders.

Every value is made up. They stand in the cells, in other columns, in a sheet nobody reads, in the
name of the sheet and in the names of the files.
"""

import errno
import json
import logging
import re
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from pydantic import SecretStr

from cs_pipeline import cli, stages
from cs_pipeline.errors import StorageError
from cs_pipeline.pii import find_spans
from tests.installation import QUICK, Installation

IN_CELLS = {
    "mobile with hyphens": "010-7391-4826",
    "mobile in one run": "01062847195",
    "mobile with dots": "010.4826.7193",
    "mobile with a country code": "+82 10-5937-1846",
    "mobile in full width": "０１０－２９５８－６１７４",
    "mobile that Excel took for a number": 1085274936,
    "landline": "02-7415-8293",
    "mobile in words": "공일공 삼팔이육 칠오일구",
    "resident registration": "860317-1748293",
    "foreigner registration": "910824-5629174",
    "business registration": "318-62-94705",
    "card": "4579-2318-6042-7195",
    "card in one run": "5412751983460824",
    "account": "372-584196-27-815",
    "named account": "83910274655",
    "e-mail": "heron.canary7731@example.com",
    "e-mail spelt out": "ibis.canary5208 골뱅이 example.com",
    "name": "제갈윤슬",
    "address": "서울 마포구 왜가리로 382-1947 104동 2918호",
    "order": "20260817-4829163",
    "login id": "curlew_canary_64",
    "one in the user sheet": "물떼새로운",
}
# What stands before a value that only such a word makes personal.
CUES = {
    "named account": "계좌번호 ",
    "name": "제 이름은 ",
    "order": "주문번호 ",
    "login id": "아이디는 ",
}
RESIDUE = "629 184 7350 26"
ELSEWHERE = {
    "refused row": "010-9164-3857",
    "other column": "010-3572-8941",
    "conversation id": "010-5718-2963",
    "unread sheet": "010-2846-9375",
    "user sheet": "010-7156-3928",
    "answer over the limit": "010-6483-1972",
    "sheet name": "010-6613-9274",
    "file name": "010-8842-3197",
    "content of a bad file": "010-4937-6158",
    "name of a bad file": "wren.canary9043@example.com",
}
CANARIES = [str(value) for value in [*IN_CELLS.values(), RESIDUE, *ELSEWHERE.values()]]

CLOSED = ("inbox", "processing", "processed", "quarantine")
RUN = 7
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－", "0123456789-")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[-./_ ](?=\d)")
# Sums and measured figures are long runs of digits of their own.
_FIGURES = re.compile(r"\b[0-9a-f]{8,}\b|\b\d{1,3}\.\d{7,}(?:e-?\d+)?\b|\d{4}-\d\d-\d\dT[\d:.]+")


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text.translate(_FULL_WIDTH))


def canaries_in(text: str) -> set[str]:
    """Canaries of which `text` shows the whole, the name before the @, or seven digits in a row."""
    plain = text.translate(_FULL_WIDTH)
    joined = _BETWEEN_DIGITS.sub("", plain)
    loose = _FIGURES.sub("#", plain)
    loose += "\n" + _BETWEEN_DIGITS.sub("", loose)
    found = set()
    for canary in CANARIES:
        digits = digits_of(canary)
        name = re.match(r"[a-z]+\.canary\d{4}", canary)
        runs = [digits[at : at + RUN] for at in range(len(digits) - RUN + 1)]
        if (
            canary in text
            or (name and name[0] in text)
            or (runs and digits in joined)
            or any(run in loose for run in runs)
        ):
            found.add(canary)
    return found


def write_canary_export(path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = f"{ELSEWHERE['sheet name']} 상담"
    sheet.append(["고객 상담 이력"])
    sheet.append(["대화ID", "연락처", "문의내용", "답변"])
    for number, (name, value) in enumerate(IN_CELLS.items()):
        topic = f"{number}번째 주문 배송이 궁금합니다."
        named = CUES.get(name, "")
        sheet.append(
            [f"c{number}", "없음", f"{topic} 참고로 {named}{value} 입니다.", "네 확인했습니다."]
        )
        sheet.append(
            [
                f"c{number}",
                ELSEWHERE["other column"],
                f"다시 {topic}",
                f"{named}{value} 맞으신가요?",
            ]
        )
    sheet.append(["", "", IN_CELLS["mobile that Excel took for a number"], "네, 전화드리겠습니다."])
    sheet.append([ELSEWHERE["conversation id"], "", "교환하고 싶어요.", "교환을 접수했습니다."])
    sheet.append(["r1", "", f"{ELSEWHERE['refused row']}로 연락 주세요.", ""])
    sheet.append(["r2", "", f"그 값은 {RESIDUE} 입니다.", "조회해 드리겠습니다."])
    sheet.append(["r3", "", "너무 긴 답변", f"{ELSEWHERE['answer over the limit']} " + "가" * 3000])
    for number in range(40):
        sheet.append(
            [f"n{number}", "", f"{number}번 상품 재고 있나요?", f"{number}번 상품은 있습니다."]
        )
    people = workbook.create_sheet("User")
    people.append(["이름", "연락처"])
    people.append([IN_CELLS["one in the user sheet"], ELSEWHERE["user sheet"]])
    unread = workbook.create_sheet("메모")
    unread.append([f"담당자 {ELSEWHERE['unread sheet']}"])
    workbook.save(path)


@pytest.fixture
def planted(installation: Installation, tmp_path: Path) -> Installation:
    """An installation whose inbox holds the canaries, with a temporary folder of its own."""
    path = tmp_path / "planted.xlsx"
    write_canary_export(path)
    installation.drop_bytes(f"상담_{ELSEWHERE['file name']}_3월.xlsx", path.read_bytes())
    path.unlink()
    installation.drop_bytes(
        f"{ELSEWHERE['name of a bad file']}.xlsx",
        f"{ELSEWHERE['content of a bad file']}\n".encode(),
    )
    return installation


# Numbers that logging itself counts; in its 39th minute one of them looked like part of a card's.
COUNTERS = {"created", "msecs", "relativeCreated", "thread", "process"}


@pytest.fixture
def everything_said(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Callable[[], str]:
    """What was logged, at every level, and what went to stdout and stderr."""
    caplog.set_level(logging.DEBUG)

    def said() -> str:
        out, err = capfd.readouterr()
        records = [{k: v for k, v in vars(r).items() if k not in COUNTERS} for r in caplog.records]
        return "\n".join([caplog.text, *map(str, records), out, err])

    return said


def open_texts(root: Path, closed: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Path and readable content of everything below `root` but for closed folders."""
    for path in sorted(root.rglob("*")):
        if any(folder in path.parents for folder in closed):
            continue
        yield path, path.relative_to(root).as_posix()
        if not path.is_file():
            continue
        if path.suffix == ".parquet":
            yield path, json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False)
            yield path, str(pq.read_schema(path).metadata)
        yield path, path.read_bytes().decode("utf-8", errors="replace")


def test_the_search_finds_what_it_should():
    assert len({digits_of(canary) for canary in CANARIES if digits_of(canary)}) > 20
    for value in CANARIES:
        assert value in canaries_in(f"x{value}y")
    assert canaries_in("call 0107391.4826 now") == {"010-7391-4826"}
    assert canaries_in("the end is 391 4826") == {"010-7391-4826"}
    assert canaries_in("loss 2.00739148261") == set()
    assert canaries_in("010-0000-0000 and 4826") == set()


def test_each_canary_in_a_cell_is_personal_data_to_the_detector():
    for name, value in IN_CELLS.items():
        if name != "one in the user sheet":
            assert find_spans(f"참고로 {CUES.get(name, '')}{value} 입니다."), name


def test_no_canary_leaves_the_closed_folders(planted, tmp_path, monkeypatch, everything_said):
    settings = planted.settings
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))

    pending = stages.pending_exports(stages.Installation(settings))
    run = planted.run("run-1")

    assert run.status == "promoted"
    good, bad = sorted(run.reports, key=lambda report: report.quarantined or "")
    assert bad.quarantined == "not_a_workbook"
    assert good.refused == {"empty_answer": 1, "no_text": 1, "too_long": 1}
    assert run.shards[0].refused_rows == 1
    assert sum(run.shards[0].entity_counts.values()) >= 2 * len(IN_CELLS)

    assert canaries_in(everything_said()) == set()
    assert canaries_in(" ".join(pending)) == set()
    records = [run, run.dataset, run.result, run.verdict, run.model, *run.reports, *run.shards]
    for record in records:
        assert canaries_in(record.model_dump_json()) == set()
        assert canaries_in(repr(record)) == set()

    closed = tuple(settings.data_dir / name for name in CLOSED)
    searched = set()
    for path, text in open_texts(tmp_path, closed):
        searched.add(path.name)
        assert canaries_in(text) == set(), path
    assert {
        *("run.json", "report.html", "report.json", "result.json", "verdict.json"),
        *("metrics.jsonl", "train.csv", "val.csv", "manifest.json", "live.json"),
        *("recipe.json", "tokenizer.json", "model.safetensors", "last-verdict.json"),
        f"{good.export.sha256}.parquet",
    } <= searched


def test_closed_folders_are_closed_and_hold_what_they_are_for(planted):
    settings = planted.settings
    run = planted.run("run-1", max_eval_loss=0.01)
    good, bad = sorted(run.reports, key=lambda report: report.quarantined or "")
    folders = [settings.data_dir / name for name in CLOSED]
    folders.append(settings.processed_dir / good.export.sha256)
    folders.append(stages.Installation(settings).masked_values_folder)
    for folder in folders:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder

    (original,) = (settings.processed_dir / good.export.sha256).glob("*.xlsx")
    assert set(map(str, IN_CELLS.values())) <= canaries_in(_workbook_text(original))
    refused = _workbook_text(Path(good.refused_uri))
    assert {
        RESIDUE,
        ELSEWHERE["refused row"],
        ELSEWHERE["answer over the limit"],
        ELSEWHERE["sheet name"],
        str(IN_CELLS["mobile that Excel took for a number"]),
    } == canaries_in(refused)
    quarantined = next(settings.quarantine_dir.glob(f"*{bad.export.sha256[:8]}.xlsx"))
    assert canaries_in(quarantined.read_text("utf-8")) == {ELSEWHERE["content of a bad file"]}

    (digests,) = stages.Installation(settings).masked_values_folder.iterdir()
    assert pq.read_metadata(digests).num_rows > len(IN_CELLS) / 2
    assert canaries_in(str(pq.read_table(digests).to_pylist())) == set()
    assert canaries_in(digests.read_bytes().decode("utf-8", errors="replace")) == set()

    for path in settings.data_dir.rglob("*"):
        assert canaries_in(path.name) == set()
        if path.suffix == ".json":
            assert canaries_in(path.read_text("utf-8")) == set(), path
    assert not list((settings.data_dir / "inbox").iterdir())


def _workbook_text(path: Path) -> str:
    workbook = openpyxl.load_workbook(path)
    cells = [[sheet.title, *sheet.iter_rows(values_only=True)] for sheet in workbook]
    return "\n".join(map(str, cells))


def _fail(*_: Any, **__: Any) -> Any:
    raise RuntimeError("an error from below")


def _deny(source: Path, target: Path) -> bool:
    raise PermissionError(errno.EACCES, "Permission denied", str(source), None, str(target))


@pytest.mark.parametrize(
    ("where", "failure"),
    [
        ("cs_pipeline.intake.inbox.inbox.move_file", _deny),
        ("cs_pipeline.intake.inbox.processing.sha256_file", _fail),
        ("cs_pipeline.intake.pairs.clean_text", _fail),
        ("cs_pipeline.intake.sheets.tables.find_header", _fail),
        ("great_expectations.get_context", _fail),
        ("openpyxl.Workbook.create_sheet", _fail),
        ("cs_pipeline.pii.conversations.residue", _fail),
        ("cs_pipeline.pii.detector.normalize", _fail),
        ("cs_pipeline.masked.digests.recognisable", _fail),
        ("pyarrow.parquet.write_table", _fail),
        ("cs_pipeline.dataset.key_files.keys_of", _fail),
        ("cs_pipeline.intake.inbox.ledger.write_atomic", _fail),
        ("cs_pipeline.training.rows.encoding.ExampleEncoder.encode", _fail),
    ],
)
def test_no_traceback_shows_a_canary(planted, monkeypatch, everything_said, where, failure):
    monkeypatch.setattr(where, failure)
    with pytest.raises((RuntimeError, StorageError)) as caught:
        planted.run("run-1")
    error = caught.value
    shown = "".join(traceback.format_exception(error))
    assert canaries_in(shown + repr(error) + str(vars(error))) == set()
    assert canaries_in(everything_said()) == set()
    assert canaries_in(planted.recorded("run-1").model_dump_json()) == set()


def test_an_inbox_on_s3_that_fails_does_not_name_the_file(
    planted, s3_endpoint, tmp_path, monkeypatch
):
    elsewhere = planted.configured(
        inbox=f"s3://models/{tmp_path.name}",
        s3_endpoint_url=s3_endpoint,
        s3_access_key_id=SecretStr("test"),
        s3_secret_access_key=SecretStr("test"),
    )
    elsewhere.drop_bytes(f"{ELSEWHERE['file name']}.xlsx", b"content")
    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", _refuse_reading)
    with pytest.raises(Exception, match="AccessDenied") as caught:
        elsewhere.run("run-1")
    shown = "".join(traceback.format_exception(caught.value))
    assert canaries_in(shown + caught.value.words.ko + caught.value.words.en) == set()


_CALL = BaseClient._make_api_call


def _refuse_reading(client: BaseClient, operation: str, given: Any) -> Any:
    if operation == "GetObject":
        raise ClientError({"Error": {"Code": "AccessDenied"}}, operation)
    return _CALL(client, operation, given)


def test_the_command_line_shows_no_canary(planted, monkeypatch, everything_said):
    settings = planted.settings
    for name, value in {
        "DATA_DIR": settings.data_dir,
        "WORK_DIR": settings.work_dir,
        "BASE_MODEL": planted.base,
        "SETTLE_SECONDS": 0,
        "EPOCHS": 1,
        "MAX_EVAL_LOSS": 20,
        **QUICK,
    }.items():
        monkeypatch.setenv(f"CS_PIPELINE_{name}".upper(), str(value))
    for arguments in (["status"], ["run", "--run-id", "run-1"], ["status"]):
        monkeypatch.setattr("sys.argv", ["cs-pipeline", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 0
    said = everything_said()
    assert "#@전화번호#" in said
    assert canaries_in(said) == set()
