"""How much personal data the masker finds, how much else it touches, and how fast it is.

    python benchmarks/pii.py --pairs CHATBOT_DATA.csv

Measures `cs_pipeline.pii` beside presidio-analyzer, ko-pii and maskingtape, which it installs into
an environment that it removes at the end. Prints tables, then one line of JSON. What the figures
mean is in `docs/benchmarks.md`.
"""

import argparse
import csv
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pii_labels import CASES, NUMBERS, LabelledText, Spans, accuracy, covered, read_file
from pii_tools import (
    BASELINES,
    OURS,
    Tool,
    ToolFailedError,
    import_seconds,
    install_baselines,
    ours,
)
from rich import box
from rich.console import Console
from rich.table import Table

from cs_pipeline.masked.placeholders import PLACEHOLDERS

DEVELOPMENT = (
    *("numbers", "people", "examiner_calls", "examiner_desks"),
    *("examiner_counters", "examiner_lines", "examiner_doors", "examiner_voices"),
    *("examiner_seats", "examiner_rooms"),
)
HELD_OUT = ("examiner_halls", "examiner_shops", "cues_and_forms", "over_turns")
SET_FIGURES = ("recall_numbers", "recall_all", "recall_names", "false_alarms", "negatives")
CONSOLE = Console(width=140)
Row = tuple[str, tuple[str, ...]]


def read_pairs(path: Path | None) -> list[Row]:
    """Question and answer of each row, one after the other: the first two columns of a CSV."""
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [(text, ()) for question, answer, *_ in rows for text in (question, answer)]


def measure(
    tool: Tool, sets: dict[str, list[LabelledText]], clean: list[Row], repeat: int
) -> tuple[dict[str, Any], dict[str, list[Spans]]]:
    """All figures of one tool, and the spans that it found in each set."""
    found = {name: tool.ask(rows(cases))["spans"] for name, cases in sets.items()}
    figures = accuracy_by_set(sets, found)
    cases = joined(sets)
    labelled = [tool.ask(rows(cases)) for _ in range(repeat)]
    figures["rows_per_second_labelled"] = speed(len(cases), labelled)
    answers = [tool.ask(clean) for _ in range(repeat)] if clean else []
    figures["rows_per_second_clean"] = speed(len(clean), answers)
    figures["clean_rows"] = len(clean) // 2
    figures["clean_rows_changed_share"] = changed_share(answers[0]["spans"]) if answers else None
    figures["peak_memory_mib"] = round((answers or labelled)[-1]["peak_bytes"] / 2**20)
    return figures, found


def accuracy_by_set(
    sets: dict[str, list[LabelledText]], found: dict[str, list[Spans]]
) -> dict[str, Any]:
    """Accuracy over all sets, and its main figures of each set under `sets`."""
    by_set = {name: accuracy(sets[name], found[name]) for name in sets}
    main_figures = {name: {key: one[key] for key in SET_FIGURES} for name, one in by_set.items()}
    return accuracy(joined(sets), joined(found)) | {"sets": main_figures}


def joined(by_set: dict[str, list[Any]]) -> list[Any]:
    """What is kept by set, as one list."""
    return [one for here in by_set.values() for one in here]


def rows(cases: Iterable[LabelledText]) -> list[Row]:
    """What a tool is given of labelled texts."""
    return [(case.text, case.previous) for case in cases]


def speed(count: int, answers: Sequence[dict[str, Any]]) -> int | None:
    """Texts per processor second, in the fastest pass."""
    return round(count / min(one["seconds"] for one in answers)) if answers else None


def changed_share(spans: Sequence[Spans]) -> float:
    """Share of question/answer pairs in which anything was found."""
    changed = sum(bool(q or a) for q, a in zip(spans[::2], spans[1::2], strict=True))
    return round(changed / (len(spans) // 2), 5)


def measure_baselines(
    sets: dict[str, list[LabelledText]], clean: list[Row], repeat: int
) -> dict[str, Any]:
    """Figures by baseline, and of what all of them find together.

    A baseline that cannot be installed or run has `{"error": reason}` in place of figures.
    """
    together: dict[str, list[Any]] = {name: [[] for _ in sets[name]] for name in sets}
    with tempfile.TemporaryDirectory(prefix="pii-baselines-") as folder:
        pythons, failed = install_baselines(Path(folder))
        figures: dict[str, Any] = {name: {"error": reason} for name, reason in failed.items()}
        for name, python in pythons.items():
            tool = Tool(name, python)
            try:
                figures[name], found = measure(tool, sets, clean, repeat)
            except ToolFailedError as error:
                figures[name] = {"error": str(error)}
                continue
            finally:
                tool.close()
            for spans, more in zip(joined(together), joined(found), strict=True):
                spans.extend(more)
    return {
        "baselines": {name: figures[name] for name in BASELINES},
        "baselines_together": accuracy_by_set(sets, together),
    }


def add_speed_ratios(figures: dict[str, Any]) -> None:
    """Our speed by each baseline's and by the fastest one's, on clean and on labelled texts."""
    for kind in ("clean", "labelled"):
        own = figures[f"rows_per_second_{kind}"]
        others = {
            name: one.get(f"rows_per_second_{kind}") for name, one in figures["baselines"].items()
        }
        ratios = {name: round(own / other, 2) for name, other in others.items() if own and other}
        middle = "" if kind == "clean" else "_labelled"
        for name, ratio in ratios.items():
            figures[f"speed_ratio{middle}_vs_{name}"] = ratio
        if ratios:
            figures[f"speed_ratio{middle}_vs_fastest"] = min(ratios.values())


def print_recall(tools: dict[str, dict[str, Any]]) -> None:
    """Share of labels covered, by type."""
    labels = tools[OURS]["spans_by_type"]
    numbers = sum(labels.get(kind, 0) for kind in NUMBERS)
    table = Table("type", "labels", *tools, box=box.MARKDOWN, title="Labels wholly covered")
    for kind in sorted(labels, key=list(PLACEHOLDERS).index):
        shares = [one.get("recall_by_type", {}).get(kind) for one in tools.values()]
        table.add_row(kind, str(labels[kind]), *map(percent, shares))
    total = tools[OURS]["spans"]
    for title, key, count in (
        ("numbers", "recall_numbers", numbers),
        ("all types", "recall_all", total),
        ("of these, under the same type", "covered_with_same_type", ""),
    ):
        table.add_row(title, str(count), *(percent(one.get(key)) for one in tools.values()))
    CONSOLE.print(table)


def print_sets(tools: dict[str, dict[str, Any]]) -> None:
    """The main figures of each set by itself."""
    table = Table("set", "measure", *tools, box=box.MARKDOWN, title="By set")
    for name, ours_here in tools[OURS]["sets"].items():
        heading = f"{name} ({'held out' if name in HELD_OUT else 'development'})"
        here = [one.get("sets", {}).get(name, {}) for one in tools.values()]
        for key in ("recall_numbers", "recall_all", "recall_names"):
            table.add_row(heading, key, *(percent(one.get(key)) for one in here))
        negatives = f"false alarms of {ours_here['negatives']}"
        table.add_row(heading, negatives, *(figure(one.get("false_alarms")) for one in here))
    CONSOLE.print(table)


def print_cost(tools: dict[str, dict[str, Any]]) -> None:
    """What is touched that should stay, and what it costs to run."""
    ours_all = tools[OURS]
    table = Table("", *tools, box=box.MARKDOWN, title="False alarms, clean text, speed and memory")
    for title, key in (
        (f"false alarms on {ours_all['negatives']} negatives", "false_alarms"),
        ("of these, on hotlines", "false_alarms_on_hotlines"),
        ("stray spans in labelled texts", "stray_spans"),
        ("texts per second, labelled", "rows_per_second_labelled"),
        ("texts per second, clean", "rows_per_second_clean"),
        ("peak memory, MiB", "peak_memory_mib"),
    ):
        table.add_row(title, *(figure(one.get(key)) for one in tools.values()))
    changed = [percent(one.get("clean_rows_changed_share"), 2) for one in tools.values()]
    table.add_row(f"changed of {ours_all['clean_rows']:,} clean rows", *changed)
    CONSOLE.print(table)
    CONSOLE.print(f"import cs_pipeline.pii: {ours_all['import_seconds']} s")
    for name, one in tools.items():
        if "error" in one:
            CONSOLE.print(f"{name} did not run: {one['error']}", markup=False)


def print_misses(cases: Sequence[LabelledText], found: Sequence[Spans]) -> None:
    """Labels that we do not cover, and false alarms, with their texts."""
    for case, spans in zip(cases, found, strict=True):
        missed = [label for label in case.labels if not covered(label, spans)]
        if missed or (spans and not case.labels):
            print(f"\n{case.note or '-'}: {case.text!r} after {list(case.previous)!r}")
            for title, some in (("missed", missed), ("found", spans)):
                values = [f"{kind} {case.text[start:end]!r}" for start, end, kind in some]
                print(f"  {title}: {', '.join(values) or 'nothing'}")


def percent(share: float | None, places: int = 1) -> str:
    """A share for a person to read; a dash where there is none."""
    return "-" if share is None else f"{share:.{places}%}"


def figure(value: int | None) -> str:
    """A count for a person to read; a dash where there is none."""
    return "-" if value is None else f"{value:,}"


def main() -> None:
    """Measure, print tables, and end with one line of JSON."""
    known = sorted(path.stem for path in CASES.glob("*.jsonl"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", nargs="+", choices=known, default=[*DEVELOPMENT, *HELD_OUT])
    parser.add_argument("--pairs", type=Path, help="CSV of clean text: question, answer, ...")
    parser.add_argument("--without-baselines", action="store_true")
    parser.add_argument("--misses", choices=known, help="print what we miss of this set, in full")
    parser.add_argument("--repeat", type=int, default=3, help="passes; the fastest one counts")
    options = parser.parse_args()
    sets = {name: read_file(CASES / f"{name}.jsonl") for name in options.sets}
    if options.misses and options.misses not in sets:
        parser.error("--misses names a set that is not measured")
    clean = read_pairs(options.pairs)

    tool = ours()
    try:
        figures, found = measure(tool, sets, clean, options.repeat)
    finally:
        tool.close()
    figures["import_seconds"] = round(import_seconds(), 3)
    tools = {OURS: figures}
    if not options.without_baselines:
        figures |= measure_baselines(sets, clean, options.repeat)
        add_speed_ratios(figures)
        tools |= figures["baselines"] | {"these together": figures["baselines_together"]}
    print_recall(tools)
    print_sets(tools)
    print_cost(tools)
    if options.misses:
        print_misses(sets[options.misses], found[options.misses])
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
