"""Talking with the live model, or with a candidate."""

import tempfile
from collections import deque
from pathlib import Path

from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import find_run
from cs_pipeline.stages.deciding.candidates import candidate_folder
from cs_pipeline.stages.installation import Installation


class Chat:
    """A model, loaded from the store. What is said to it is masked first.

    Args:
        installation: whose live model it is.
        run: the run whose candidate it is, as `find_run` knows it; None: the live model.

    Raises:
        ObjectNotFound: nothing is live.
        SettingsError: there is no such run.
        GateNotMet: the candidate is neither in the store nor in the run's folder.
        DamagedObject: its files are not what the manifest says.
        BaseModelError: it cannot be loaded.
    """

    def __init__(self, installation: Installation, run: str | None = None) -> None:
        from cs_pipeline.training.appraisal.evaluate import load_for_chat
        from cs_pipeline.training.rows.prompt_template import context_turns

        self._mask_text = installation.mask_text
        if run is None:
            folder = installation.live_model_folder
            self.version_id = installation.models.pull(folder)
            self._model, self._tokenizer = load_for_chat(folder)
        else:
            result = installation.runs.result(find_run(installation.runs, run))
            self.version_id = candidate_version(result)
            with tempfile.TemporaryDirectory(prefix="cs-chat-") as fetched:
                folder = candidate_folder(installation, result, Path(fetched) / "candidate")
                self._model, self._tokenizer = load_for_chat(folder)
        self._said: deque[str] = deque(maxlen=2 * context_turns(self._tokenizer))

    def ask(self, question: str) -> str:
        """The answer to one question by itself."""
        return self._answer(self._mask_text(question), ())

    def go_on(self, question: str) -> str:
        """The answer to a question in the conversation so far."""
        masked = self._mask_text(question)
        reply = self._answer(masked, tuple(self._said))
        self._said.extend((masked, reply))
        return reply

    def _answer(self, masked: str, context: tuple[str, ...]) -> str:
        from cs_pipeline.training.appraisal.generation import answer

        return answer(self._model, self._tokenizer, masked, context=context)
