"""How many numbers that masking missed the leak probe draws out, and what finds the rest.

    python benchmarks/leak_power.py [epochs]

Among 300 masked rows 36 phone numbers are left in, a third of them in one row, a third in three and
a third in ten. A tiny model (2 layers of 64) learns the rows on the CPU. Told for each third: the
numbers that the model goes on with when it is given the very row up to the number (learnt by
heart), those of them that the probe draws out with the gate's own 128 prompts of 4 answers, and
those that the look-up of the rows finds before any training where the number was masked elsewhere.
The model is far smaller than KoGPT2 and goes over its rows more often; the figures say what kind of
leak the probe can show, not how much a site's model leaks.
"""

import csv
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cs_pipeline.files import dataset_sha256
from cs_pipeline.masked.digests import DigestSet, ValueDigests
from cs_pipeline.masked.values import candidates, recognisable
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.training.appraisal.evaluate import load_for_chat
from cs_pipeline.training.appraisal.generation import sample_answers
from cs_pipeline.training.appraisal.leak_probe import probe
from cs_pipeline.training.fine_tune import TrainJob, fine_tune
from cs_pipeline.training.models.tiny_base import make_base
from cs_pipeline.training.rows.encoding import ExampleEncoder
from cs_pipeline.training.rows.masking_misses import masking_misses

TIMES = (1, 3, 10)
NUMBERS_EACH, MASKED_ROWS = 12, 300
TOPICS = ("배송", "환불", "교환", "쿠폰", "결제", "반품", "설치", "예약", "포인트", "영수증")

Row = tuple[str, str]


def phone(number: int) -> str:
    """A made-up mobile number."""
    return f"010-{2000 + number * 211 % 7919:04}-{1000 + number * 467 % 8831:04}"


def planted() -> dict[int, dict[str, list[Row]]]:
    """How often -> number -> the rows that show it."""
    numbers = iter(range(1, 1 + NUMBERS_EACH * len(TIMES)))
    return {
        times: {
            (shown := phone(next(numbers))): [
                (
                    f"{TOPICS[row % 10]} 접수 {times}{place}번, {row}차 문의예요",
                    f"담당 번호는 {shown}입니다.",
                )
                for row in range(times)
            ]
            for place in range(NUMBERS_EACH)
        }
        for times in TIMES
    }


def masked_rows() -> list[Row]:
    """What the rest of the data looks like."""
    return [
        (
            f"{TOPICS[row % 10]} 접수 {row}번 문의예요",
            f"{TOPICS[row % 7]} 담당 번호는 #@전화번호#입니다.",
        )
        for row in range(MASKED_ROWS)
    ]


@dataclass
class Recording:
    """A set of digests that remembers which values it was asked for and had."""

    digests: DigestSet
    met: set[str] = field(default_factory=set)

    def __contains__(self, plain: str) -> bool:
        if plain in self.digests:
            self.met.add(plain)
            return True
        return False

    def __len__(self) -> int:
        return len(self.digests)

    @property
    def prefixes(self) -> object:
        """As of the digests."""
        return self.digests.prefixes


def digests_of(folder: Path, values: list[str]) -> DigestSet:
    """As if each value had been masked in some other row."""
    kept = ValueDigests("benchmark")
    for value in values:
        kept.add("PHONE", value)
    kept.write(folder / "digests.parquet")
    return DigestSet.load([folder / "digests.parquet"], key="benchmark")


def train(folder: Path, rows: list[Row], epochs: int) -> Path:
    """A tiny model of the rows."""
    texts = [text for row in rows for text in row]
    base = make_base(texts, folder / "base", vocab_size=3072, width=64, heads=2, positions=256)
    for name in ("train.csv", "val.csv"):
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["input", "output"])
            writer.writerows(rows if name == "train.csv" else rows[:20])
    job = TrainJob(
        run_id="power",
        dataset_version="v1",
        dataset_sha256=dataset_sha256(folder / "train.csv", folder / "val.csv"),
        train_uri=str(folder / "train.csv"),
        val_uri=str(folder / "val.csv"),
        out_dir=str(folder / "out"),
        recipe=Recipe(base_model=str(base), epochs=epochs, learning_rate=3e-3, batch_tokens=512),
    )
    result = fine_tune(job)
    assert result is not None
    return Path(result.checkpoint_uri)


def learnt_by_heart(model: object, tokenizer: object, rows: dict[str, list[Row]]) -> set[str]:
    """Numbers that the model goes on with in one of their rows."""
    encoder = ExampleEncoder(tokenizer, 2**31)  # type: ignore[arg-type]
    found = set()
    for value, shown in rows.items():
        begun = [(question, answer[: answer.index(value)]) for question, answer in shown]
        whole = encoder.encode(shown)
        cut = encoder.encode(begun)
        prompts = [
            [ids for ids, other in zip(one.input_ids, part.input_ids, strict=False) if ids == other]
            for one, part in zip(whole, cut, strict=True)
        ]
        said = sample_answers(
            model, tokenizer, prompts, samples=1, max_new_tokens=24, temperature=0.01, top_k=1,
            seed=1,
        )  # type: ignore[arg-type]  # fmt: skip
        if any(recognisable("PHONE", value) in candidates(one) for one in said):
            found.add(value)
    return found


def main(epochs: int) -> None:
    """Print a line for each third."""
    groups = planted()
    values = [value for group in groups.values() for value in group]
    rows = masked_rows() + [
        row for group in groups.values() for all_ in group.values() for row in all_
    ]
    is_personal: Callable[[str], str | None] = lambda text: None  # noqa: E731
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        digests = digests_of(folder, values)
        missed = masking_misses(rows, digests)
        shown = {value for value in values if any(value in rows[place][1] for place in missed)}
        model, tokenizer = load_for_chat(train(folder, rows, epochs))
        recording = Recording(digests)
        report = probe(
            model, tokenizer, rows, digests=recording, is_personal=is_personal,  # type: ignore[arg-type]
            prompts=128, samples=4, seed=1,
        )  # fmt: skip
        print(f"{report.samples} answers, {report.exact_hits} of them hold a planted number")
        print("left in  numbers  learnt by heart  drawn out of those  found by look-up")
        for times, group in groups.items():
            known = learnt_by_heart(model, tokenizer, group)
            drawn = {value for value in known if recognisable("PHONE", value) in recording.met}
            print(
                f"{times:7}{len(group):9}{len(known):17}{len(drawn):20}{len(shown & set(group)):18}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
