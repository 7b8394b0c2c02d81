"""An installation: the keepers of its folders and stores, opened once from the settings."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from cs_pipeline.config import Settings, is_s3
from cs_pipeline.files import private_folder, private_salt, sha256_file, sweep_unfinished
from cs_pipeline.intake.inbox.inbox import FolderInbox, Inbox, StoreInbox
from cs_pipeline.intake.inbox.ledger import Ledger
from cs_pipeline.intake.inbox.processing import Processing
from cs_pipeline.masked.digests import MaskedValues
from cs_pipeline.masked.forgotten import Forgotten
from cs_pipeline.notify import Announcer, Told
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.detector import Detector
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.masker import mask_text
from cs_pipeline.pii.site_rules import SiteRules
from cs_pipeline.records import DataProfile, KnownValue
from cs_pipeline.registry.experiments import Experiments
from cs_pipeline.registry.maintenance import MaintenanceSwitch
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.registry.notices import Notices
from cs_pipeline.registry.runs import Runs
from cs_pipeline.stages import wording
from cs_pipeline.stages.at_work import AtWork
from cs_pipeline.stages.forgetting.receipts import Receipts
from cs_pipeline.stages.intake import Intake
from cs_pipeline.storage import ObjectStore, open_store

if TYPE_CHECKING:
    from cs_pipeline.dataset.manifest import VersionTerms
    from cs_pipeline.dataset.versions import Versions
    from cs_pipeline.quality.comparison import Profiles
    from cs_pipeline.quality.page import Pages
    from cs_pipeline.quality.quarantine import Quarantine

_LAST_VERDICT, _AUDITS, _CACHE = "last-verdict.json", "audits", "training-cache"
_LIVE, _RECEIPTS, _OPS, _EXPERIMENTS = "live-model", "receipts", "ops", "experiments"
_TOLD, _WATCHED = "notifications.json", ".watched"


class Installation:
    """Everything that an installation keeps. What costs time to open is opened at first use.

    A site's files (layouts, rules) are read once; an installation that is opened later sees what
    was changed in them.

    Args:
        settings: where everything is.
        opener: opens a store by its address; None: as the settings say.
    """

    def __init__(
        self, settings: Settings, *, opener: Callable[[str], ObjectStore] | None = None
    ) -> None:
        self.settings = settings
        self.open_store = opener or partial(open_store, stores=settings)
        self.processing = Processing(settings.processing_dir)
        self.ledger = Ledger(settings.processed_dir, self.processing)
        self.forgotten = Forgotten(settings.processed_dir)
        self.runs = Runs(settings.runs_dir, settings.work_dir / _LAST_VERDICT)
        self.experiments = Experiments(settings.work_dir / _EXPERIMENTS)

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """The installation that the environment names; `overrides` win over it.

        Raises:
            SettingsError: a variable holds a value that is not allowed.
        """
        return cls(Settings.load(**overrides))

    def prepare(self) -> None:
        """Make every folder, closed to others unless the settings open them.

        Those that hold raw text are closed in any case.
        """
        settings = self.settings
        if not settings.open_folders:
            for root in (settings.data_dir, settings.work_dir):
                private_folder(root)
        self.inbox.prepare()
        raw = (settings.processing_dir, settings.processed_dir, settings.quarantine_dir)
        for folder in raw:
            private_folder(folder)
        shards, pages = settings.shards_dir, settings.quality_dir
        for folder in (shards, settings.datasets_dir, settings.runs_dir, pages):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (*raw, shards, pages, self.masked_values_folder):
            sweep_unfinished(folder)

    @cached_property
    def inbox(self) -> Inbox:
        """Where exports are dropped."""
        uri = self.settings.inbox_uri
        if is_s3(uri):
            return StoreInbox(self.open_store(uri))
        return FolderInbox(
            Path(uri).expanduser(),
            settle_seconds=self.settings.settle_seconds,
            own=not self.settings.inbox,
        )

    @cached_property
    def intake(self) -> Intake:
        """How exports are read and checked. Raises `SettingsError`."""
        return Intake(self.settings, mask_name=self.mask_text, find=self.find_export)

    @cached_property
    def quarantine(self) -> "Quarantine":
        """What was refused."""
        from cs_pipeline.quality.quarantine import Quarantine

        return Quarantine(self.settings.quarantine_dir)

    @cached_property
    def pages(self) -> "Pages":
        """A page of figures for each export."""
        from cs_pipeline.quality.page import Pages

        return Pages(self.settings.quality_dir)

    @cached_property
    def profiles(self) -> "Profiles":
        """The shapes of the exports that were accepted."""
        from cs_pipeline.quality.comparison import Profiles

        return Profiles(self.settings.quality_dir / "profiles")

    @cached_property
    def versions(self) -> "Versions":
        """The dataset versions and the shards that they are made of."""
        from cs_pipeline.dataset.shards import Shards
        from cs_pipeline.dataset.versions import Versions

        settings = self.settings
        return Versions(
            settings.datasets_dir,
            Shards(settings.shards_dir),
            csv_links=settings.data_dir,
            keep=settings.keep_datasets,
        )

    @cached_property
    def terms(self) -> "VersionTerms":
        """What the settings ask of the next dataset version."""
        from cs_pipeline.dataset.keys import keys_version
        from cs_pipeline.dataset.manifest import VersionTerms

        settings = self.settings
        return VersionTerms(
            val_share=settings.val_share,
            placeholder_form=settings.placeholder_form,
            context_turns=settings.context_turns,
            max_answer_repeats=settings.max_answer_repeats,
            near_duplicates=settings.near_duplicates,
            keys_version=keys_version(),
        )

    @cached_property
    def models(self) -> ModelStore:
        """The model store."""
        return ModelStore(self._model_objects)

    @cached_property
    def notices(self) -> Notices:
        """What must be known about models in the store."""
        return Notices(self._model_objects)

    @cached_property
    def maintenance(self) -> MaintenanceSwitch:
        """The switch that stops automatic promotion."""
        return MaintenanceSwitch(self._model_objects)

    @cached_property
    def at_work(self) -> AtWork:
        """The lock of those who change the installation."""
        settings = self.settings
        return AtWork(
            settings.work_dir,
            store=self._model_objects if is_s3(settings.model_store_uri) else None,
            lease_seconds=settings.lease_seconds,
            zone=self.zone,
        )

    @property
    def watcher_mark(self) -> Path:
        """A file whose time is that of the watcher's last look into the inbox."""
        return self.settings.work_dir / _WATCHED

    @cached_property
    def announcer(self) -> Announcer:
        """Who tells people, by the channels of the settings."""
        settings = self.settings
        return Announcer(settings.notify_urls, self.told, address=settings.airflow_url)

    @cached_property
    def told(self) -> Told:
        """What people were told, and which channels fail."""
        return Told(self.settings.work_dir / _TOLD)

    @cached_property
    def checkpoint_mirror(self) -> ObjectStore | None:
        """Where checkpoints of running trainings are mirrored to."""
        uri = self.settings.checkpoint_store
        return self.open_store(uri) if uri else None

    @cached_property
    def hand_over_store(self) -> ObjectStore:
        """What is exchanged with a trainer. Raises `SettingsError` where no store is set."""
        if not self.settings.store:
            raise wording.no_store_to_hand_over()
        return self.open_store(self.settings.store)

    @cached_property
    def secret(self) -> str:
        """This installation's salt for digests, made at first use."""
        return private_salt(self.ledger.folder)

    @property
    def masked_values_folder(self) -> Path:
        """Where digests of masked values lie, below the folder of processed exports."""
        return self.ledger.folder / "masked-values"

    @cached_property
    def masked_values(self) -> MaskedValues:
        """Digests of the values that were masked."""
        return MaskedValues(self.masked_values_folder, self.secret)

    @cached_property
    def receipts(self) -> Receipts:
        """Receipts of withdrawals."""
        return Receipts(self.settings.work_dir / _RECEIPTS)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that moments are shown in: the schedule's."""
        return ZoneInfo(self.settings.time_zone)

    def exists(self) -> bool:
        """Whether there is anything of an installation where the settings say that it is."""
        return self.settings.data_dir.is_dir() or self.settings.work_dir.is_dir()

    def require(self) -> None:
        """Raises `SettingsError` where there is no installation."""
        if not self.exists():
            raise wording.no_installation(self.settings.data_dir, self.settings.work_dir)

    @property
    def audits_folder(self) -> Path:
        """Where samples for a person's review are written, if not elsewhere."""
        return self.settings.work_dir / _AUDITS

    @property
    def training_cache(self) -> Path:
        """What the trainer keeps between runs."""
        return self.settings.work_dir / _CACHE

    def cached_tokens(self) -> list[Path]:
        """The files of the trainer's token cache."""
        return sorted((self.training_cache / "tokens").glob("*.npz"))

    @property
    def ops_folder(self) -> Path:
        """What the operator's page keeps: who did what, and uploads that wait for a yes."""
        return self.settings.work_dir / _OPS

    @property
    def live_model_folder(self) -> Path:
        """The live model, fetched to be talked to."""
        return self.settings.work_dir / _LIVE

    @cached_property
    def site_rules(self) -> SiteRules | None:
        """What the site adds to the masking rules. Raises `SettingsError`."""
        return SiteRules.load(self.settings.pii_rules) if self.settings.pii_rules else None

    @cached_property
    def rules_detector(self) -> Detector:
        """The rules and the site's own: for words beside the conversations.

        Names of files and sheets, notes, questions typed in.
        """
        return Detector(site=self.site_rules)

    @cached_property
    def detector(self) -> Detector:
        """The rules, the site's rules, the plug-in model and the name veto. For conversations.

        Raises:
            SettingsError: one of them cannot be used.
        """
        finder = veto = None
        if self.settings.pii_model:
            from cs_pipeline.training.tagger.classifier import TokenClassifier

            finder = TokenClassifier.load(self.settings.pii_model)
        if self.settings.pii_name_veto:
            from cs_pipeline.pii.kiwi_veto import KiwiVeto

            veto = KiwiVeto()
        return Detector(site=self.site_rules, finder=finder, veto=veto)

    def mask_text(self, text: str) -> str:
        """Mask words beside the conversations. Raises `SettingsError`."""
        return mask_text(text, detector=self.rules_detector)

    def conversation_masker(
        self, *, salt: str, people: Iterable[KnownValue] = ()
    ) -> ConversationMasker:
        """What masks the exchanges of one export; `people` are the values of its user sheets."""
        return ConversationMasker(
            salt=salt,
            detector=self.detector,
            export_values=KnownValues(people),
            number_values=self.settings.number_placeholders,
        )

    def find_export(self, sha256: str) -> Path | None:
        """The file with these bytes in processed, quarantine or processing; None: it is gone."""
        for path in (
            *self.ledger.files_of(sha256),
            *self.quarantine.files_of(sha256),
            *self.processing.files(),
        ):
            try:
                if path.is_file() and sha256_file(path) == sha256:
                    return path
            except FileNotFoundError:  # a run has just moved it on
                continue
        return None

    def earlier_profiles(self, sha256: str) -> list[DataProfile]:
        """Profiles of the newest processed exports but for the one with the given sha256."""
        from cs_pipeline.quality.comparison import MOST_EXPORTS

        others = [entry.sha256 for entry in self.ledger.entries() if entry.sha256 != sha256]
        return self.profiles.load(others[-MOST_EXPORTS:])

    @cached_property
    def _model_objects(self) -> ObjectStore:
        return self.open_store(self.settings.model_store_uri)
