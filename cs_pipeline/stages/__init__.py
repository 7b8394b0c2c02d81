"""One function per step and per human need: an installation and records in, a record out.

Airflow tasks and the command line call these and nothing below them. No business rules live here,
and every step may be run twice.
"""

from cs_pipeline.registry.moves import Move
from cs_pipeline.stages.audit import draw_audit, read_audit
from cs_pipeline.stages.base_models import PushedBase, push_base
from cs_pipeline.stages.chat import Chat
from cs_pipeline.stages.child_trainer import local_command, train_in_child, trainer_environment
from cs_pipeline.stages.data import (
    collect,
    current_dataset,
    load_dataset,
    mask,
    merge,
    pending_exports,
    prepare_folders,
    validate,
)
from cs_pipeline.stages.dataset import dataset_diff, dataset_log, dataset_rebuild, dataset_verify
from cs_pipeline.stages.deciding.approving import (
    Choice,
    Question,
    answer_words,
    follow_answer,
    outdated_words,
    question,
    question_words,
)
from cs_pipeline.stages.deciding.model_cards import Change, ModelCard
from cs_pipeline.stages.deciding.promoting import (
    PromotionOutlook,
    discard_held,
    end_maintenance,
    history,
    hold,
    how_words,
    live_model_at,
    promote_held,
    promotion_outlook,
    rollback,
    rollback_outlook,
    switch_maintenance,
)
from cs_pipeline.stages.deciding.recompare import recompare
from cs_pipeline.stages.disposables import uploads_folder
from cs_pipeline.stages.doctor import examine
from cs_pipeline.stages.experiments.answer_sheets import (
    AnswerSheet,
    answer_sheet,
    count_judgements,
    judge_pair,
    unused_seed,
)
from cs_pipeline.stages.experiments.answers import (
    DrawnAnswers,
    ReadAnswers,
    draw_answers,
    read_answers,
)
from cs_pipeline.stages.experiments.comparing import compare_runs, named_runs, page_about_runs
from cs_pipeline.stages.experiments.experiment import (
    Assigned,
    Judged,
    conclude_experiment,
    judge_candidate,
    plan_experiment,
)
from cs_pipeline.stages.experiments.tuning import Tried, Tuned, tune
from cs_pipeline.stages.forgetting.withdrawal import (
    Receipt,
    Wanted,
    WithdrawalPlan,
    digests_of,
    is_withdrawn,
    plan_withdrawal,
    withdraw,
)
from cs_pipeline.stages.handover import HandOver, end_hand_over, hand_over, take_back
from cs_pipeline.stages.housekeeping import Housekeeping, housekeep
from cs_pipeline.stages.inbox import InboxReport, inbox_report
from cs_pipeline.stages.inspected import ExportTold, tell_export
from cs_pipeline.stages.inspecting import Inspection, inspect_export
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.judging import explain_verdict, gate, promote
from cs_pipeline.stages.metrics import CONTENT_TYPE as METRICS_TYPE
from cs_pipeline.stages.metrics import metrics_text, serve_metrics
from cs_pipeline.stages.models import (
    Status,
    pull,
    record,
    run_figures,
    status,
    training_figures,
)
from cs_pipeline.stages.notes import check_note
from cs_pipeline.stages.progress import training_progress
from cs_pipeline.stages.requested import train_request
from cs_pipeline.stages.telling import send_test_message, tell_failure
from cs_pipeline.stages.training import train, train_command
from cs_pipeline.stages.trials import make_base, mask_lines, write_sample_export
from cs_pipeline.stages.upload import check_model
from cs_pipeline.stages.watching import (
    faults,
    look_and_tell,
    note_watch,
    waiting_candidate,
    watched_at,
)

__all__ = [
    "METRICS_TYPE",
    "AnswerSheet",
    "Assigned",
    "Change",
    "Chat",
    "Choice",
    "DrawnAnswers",
    "ExportTold",
    "HandOver",
    "Housekeeping",
    "InboxReport",
    "Inspection",
    "Installation",
    "Judged",
    "ModelCard",
    "Move",
    "PromotionOutlook",
    "PushedBase",
    "Question",
    "ReadAnswers",
    "Receipt",
    "Status",
    "Tried",
    "Tuned",
    "Wanted",
    "WithdrawalPlan",
    "answer_sheet",
    "answer_words",
    "check_model",
    "check_note",
    "collect",
    "compare_runs",
    "conclude_experiment",
    "count_judgements",
    "current_dataset",
    "dataset_diff",
    "dataset_log",
    "dataset_rebuild",
    "dataset_verify",
    "digests_of",
    "discard_held",
    "draw_answers",
    "draw_audit",
    "end_hand_over",
    "end_maintenance",
    "examine",
    "explain_verdict",
    "faults",
    "follow_answer",
    "gate",
    "hand_over",
    "history",
    "hold",
    "housekeep",
    "how_words",
    "inbox_report",
    "inspect_export",
    "is_withdrawn",
    "judge_candidate",
    "judge_pair",
    "live_model_at",
    "load_dataset",
    "local_command",
    "look_and_tell",
    "make_base",
    "mask",
    "mask_lines",
    "merge",
    "metrics_text",
    "named_runs",
    "note_watch",
    "outdated_words",
    "page_about_runs",
    "pending_exports",
    "plan_experiment",
    "plan_withdrawal",
    "prepare_folders",
    "promote",
    "promote_held",
    "promotion_outlook",
    "pull",
    "push_base",
    "question",
    "question_words",
    "read_answers",
    "read_audit",
    "recompare",
    "record",
    "rollback",
    "rollback_outlook",
    "run_figures",
    "send_test_message",
    "serve_metrics",
    "status",
    "switch_maintenance",
    "take_back",
    "tell_export",
    "tell_failure",
    "train",
    "train_command",
    "train_in_child",
    "train_request",
    "trainer_environment",
    "training_figures",
    "training_progress",
    "tune",
    "unused_seed",
    "uploads_folder",
    "validate",
    "waiting_candidate",
    "watched_at",
    "withdraw",
    "write_sample_export",
]
