"""What the steps hand to each other.

`Record`s cross process borders (XCom, JSON files): ids, URIs, counts and hashes, never text. The
dataclasses of `text` hold customer text and live in memory only.
"""

from cs_pipeline.records.base import (
    Record,
)
from cs_pipeline.records.data import (
    DatasetFiles,
    DatasetVersion,
    ExportFile,
    Finding,
    Layout,
    MaskedShard,
    ReadColumn,
    Severity,
    SheetReport,
    ValidationReport,
)
from cs_pipeline.records.experiment import (
    Experiment,
    Member,
)
from cs_pipeline.records.files import (
    StoredFile,
)
from cs_pipeline.records.golden import (
    GoldenMeasures,
    GoldenQuestion,
)
from cs_pipeline.records.pods import (
    TrainingPod,
    TrainingPods,
)
from cs_pipeline.records.preference import (
    AnswerDraw,
    DrawnPair,
    Preference,
    Side,
)
from cs_pipeline.records.runs import (
    Approval,
    Decision,
    ModelVersion,
    Outcome,
    Override,
    Reason,
    RunRecord,
    RunStatus,
    Verdict,
)
from cs_pipeline.records.text import (
    Exchange,
    KnownValue,
    MaskedExchanges,
    PiiSpan,
    RefusedRow,
)
from cs_pipeline.records.training import (
    LN2,
    BestEver,
    ChampionScore,
    ContentMeasures,
    DataProfile,
    GenerationMeasures,
    LeakReport,
    PairedComparison,
    PlannedSteps,
    Progress,
    Score,
    SliceMeasures,
    Throughput,
    TrainedBy,
    TrainingSlice,
    TrainResult,
    UploadCheck,
    ValidationSlice,
)
from cs_pipeline.records.tuning import (
    RowsUsed,
    Tried,
)

__all__ = [
    "LN2",
    "AnswerDraw",
    "Approval",
    "BestEver",
    "ChampionScore",
    "ContentMeasures",
    "DataProfile",
    "DatasetFiles",
    "DatasetVersion",
    "Decision",
    "DrawnPair",
    "Exchange",
    "Experiment",
    "ExportFile",
    "Finding",
    "GenerationMeasures",
    "GoldenMeasures",
    "GoldenQuestion",
    "KnownValue",
    "Layout",
    "LeakReport",
    "MaskedExchanges",
    "MaskedShard",
    "Member",
    "ModelVersion",
    "Outcome",
    "Override",
    "PairedComparison",
    "PiiSpan",
    "PlannedSteps",
    "Preference",
    "Progress",
    "ReadColumn",
    "Reason",
    "Record",
    "RefusedRow",
    "RowsUsed",
    "RunRecord",
    "RunStatus",
    "Score",
    "Severity",
    "SheetReport",
    "Side",
    "SliceMeasures",
    "StoredFile",
    "Throughput",
    "TrainResult",
    "TrainedBy",
    "TrainingPod",
    "TrainingPods",
    "TrainingSlice",
    "Tried",
    "UploadCheck",
    "ValidationReport",
    "ValidationSlice",
    "Verdict",
]
