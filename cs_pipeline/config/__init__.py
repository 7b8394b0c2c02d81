"""Settings of an installation and options of one run: small groups, each setting declared once.

Values are checked on construction: a wrong one ends in a `SettingsError` that names the variable.
"""

from cs_pipeline.config.addresses import is_s3
from cs_pipeline.config.appraisal import AppraisalPlan
from cs_pipeline.config.dataset import DatasetTerms
from cs_pipeline.config.declared import Declared, declared
from cs_pipeline.config.folders import Folders
from cs_pipeline.config.gate import GateChoice, GateLimits
from cs_pipeline.config.handover import HandOverSettings
from cs_pipeline.config.intake import Intake
from cs_pipeline.config.kubernetes import Pods
from cs_pipeline.config.masking import Masking
from cs_pipeline.config.notifications import Notifications, NotifyChannel, NotifyKind
from cs_pipeline.config.retention import Retention
from cs_pipeline.config.run_options import RunOptions
from cs_pipeline.config.schedule import Schedule
from cs_pipeline.config.settings import Settings
from cs_pipeline.config.stores import S3Access, Stores
from cs_pipeline.config.training import RecipeChoice, Training
from cs_pipeline.config.unknown import refuse_unknown_options

__all__ = [
    "AppraisalPlan",
    "DatasetTerms",
    "Declared",
    "Folders",
    "GateChoice",
    "GateLimits",
    "HandOverSettings",
    "Intake",
    "Masking",
    "Notifications",
    "NotifyChannel",
    "NotifyKind",
    "Pods",
    "RecipeChoice",
    "Retention",
    "RunOptions",
    "S3Access",
    "Schedule",
    "Settings",
    "Stores",
    "Training",
    "declared",
    "is_s3",
    "refuse_unknown_options",
]
