"""One function per step: settings and records in, a record out.

Airflow tasks and the command line call these and nothing below them. No business rules live here,
and every step may be run twice.
"""

from cs_pipeline.stages.audit import draw_audit, read_audit
from cs_pipeline.stages.data import (
    collect,
    load_dataset,
    mask,
    merge,
    pending_exports,
    prepare_folders,
    validate,
)
from cs_pipeline.stages.inbox import InboxReport, inbox_report
from cs_pipeline.stages.masking import conversation_masker, full_detector, mask_text
from cs_pipeline.stages.models import (
    explain_verdict,
    gate,
    hold,
    promote,
    promote_held,
    record,
    rollback,
    training_figures,
)
from cs_pipeline.stages.training import train, train_command
from cs_pipeline.stages.withdrawal import Withdrawal, digests_of, is_withdrawn, withdraw

__all__ = [
    "InboxReport",
    "Withdrawal",
    "collect",
    "conversation_masker",
    "digests_of",
    "draw_audit",
    "explain_verdict",
    "full_detector",
    "gate",
    "hold",
    "inbox_report",
    "is_withdrawn",
    "load_dataset",
    "mask",
    "mask_text",
    "merge",
    "pending_exports",
    "prepare_folders",
    "promote",
    "promote_held",
    "read_audit",
    "record",
    "rollback",
    "train",
    "train_command",
    "training_figures",
    "validate",
    "withdraw",
]
