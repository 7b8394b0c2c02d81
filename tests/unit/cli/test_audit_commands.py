"""`cs-pipeline pii-audit` as people use it."""

import re

import openpyxl
import pytest
from typer.testing import CliRunner

from cs_pipeline import cli, stages
from cs_pipeline.records import MaskedShard
from tests.dataset_changes import merge
from tests.records import export, masked

SECRET = "010-7391-4826"


@pytest.fixture
def pii_audit(settings, monkeypatch, capsys):
    """`cs-pipeline pii-audit` in this process, in English, on a dataset of 80 rows."""
    pairs = [
        (f"{number}번 문의, #@전화번호#" if number % 2 else f"{number}번 문의", "네")
        for number in range(80)
    ]
    path, sha256 = stages.Installation(settings).versions.shards.write("e" * 64, masked(*pairs))
    merge(settings, [MaskedShard(export=export(), uri=str(path), sha256=sha256, rows=80)])
    for name, value in {
        "DATA_DIR": settings.data_dir,
        "WORK_DIR": settings.work_dir,
        "LANG": "en",
    }.items():
        monkeypatch.setenv(f"CS_PIPELINE_{name}", str(value))

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["cs-pipeline", "pii-audit", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def judge(path, *verdicts):
    """Fill the verdicts from the top on."""
    book = openpyxl.load_workbook(path)
    for number, verdict in enumerate(verdicts, start=2):
        book.worksheets[0].cell(number, 6).value = verdict
    book.save(path)


def test_from_the_sample_to_the_estimate(pii_audit, tmp_path, monkeypatch):
    path = tmp_path / "review.xlsx"
    code, out, _ = pii_audit("draw", "--rows", 60, "--seed", 7, "--out", path)
    assert (code, str(path) in out) == (0, True)
    assert "Drew 60 of 80 rows" in out
    assert "2 strata" in out

    judge(path, "Leak", "overmasked", *["OK"] * 48)
    code, out, _ = pii_audit("read", path)
    assert code == 0
    assert "60 drawn, 50 with a verdict, 10 without" in out
    assert re.search(r"Leak rate: \d\.\d\d% \(95% confidence interval 0\.\d\d%–1?\d\.\d\d%\)", out)
    assert "Overmasking rate: " in out
    assert re.search(r"nothing found +40 ", out)
    assert (tmp_path / "review-estimate.json").exists()

    monkeypatch.setenv("CS_PIPELINE_LANG", "ko")
    code, out, _ = pii_audit("read", path, "--json", tmp_path / "figures.json")
    assert code == 0
    assert "50행 판정, 10행 미판정" in out
    assert "누출률: " in out
    assert "전화번호" in out
    assert (tmp_path / "figures.json").exists()


def test_no_leak_gives_an_upper_bound(pii_audit, tmp_path):
    path = tmp_path / "review.xlsx"
    pii_audit("draw", "--rows", 80, "--out", path)
    judge(path, *["OK"] * 80)
    _, out, _ = pii_audit("read", path)
    assert "Leak rate: 0.00% (95% confidence interval 0.00%–3.68%)" in out  # 1 - 0.05 ** (1 / 80)


def test_a_stratum_that_nobody_looked_at_is_told(pii_audit, tmp_path):
    path = tmp_path / "review.xlsx"
    pii_audit("draw", "--rows", 80, "--out", path)
    book = openpyxl.load_workbook(path)
    for line in book.worksheets[0].iter_rows(min_row=2):
        line[5].value = None if line[3].value else "OK"
    book.save(path)
    _, out, _ = pii_audit("read", path)
    assert "Left out of the estimate: 40 rows" in out


def test_refusals_have_their_exit_codes_and_quote_nothing(pii_audit, tmp_path):
    path = tmp_path / "review.xlsx"
    assert pii_audit("draw", "--out", path)[0] == 0
    code, _, err = pii_audit("draw", "--out", path)
    assert (code, "there already" in err) == (2, True)
    code, _, err = pii_audit("draw", "--out", tmp_path / "other.xlsx", "--with-source")
    assert (code, "quarantine" in err) == (2, True)
    code, _, err = pii_audit("read", path)
    assert (code, "Only 0 rows" in err) == (3, True)
    judge(path, *[SECRET] * 40)
    code, out, err = pii_audit("read", path)
    assert (code, "F2, F3" in err) == (3, True)
    assert SECRET not in out + err
    assert "Traceback" not in err
    path.write_text(SECRET)
    code, out, err = pii_audit("read", path)
    assert (code, "was not made by" in err) == (3, True)
    assert SECRET not in out + err


def test_the_source_that_is_not_there_is_counted(pii_audit, settings):
    code, out, _ = pii_audit("draw", "--rows", 40, "--with-source")
    assert code == 0
    assert "not found in an export: 40" in out
    assert "Delete it when the review is done" in out
    assert [path.suffix for path in settings.quarantine_dir.iterdir()] == [".xlsx"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["draw", "--rows", "29"],
        ["draw", "--rows", "many"],
        ["read"],
        ["read", "no-such-file.xlsx"],
        ["judge"],
    ],
)
def test_wrong_usage_is_2(arguments):
    assert CliRunner().invoke(cli.app, ["pii-audit", *arguments]).exit_code == 2
