"""Talking with the live model."""

from collections import deque

from cs_pipeline.stages.installation import Installation


class Chat:
    """The live model, loaded from the store. What is said to it is masked first.

    Args:
        installation: whose live model it is.

    Raises:
        ObjectNotFound: nothing is live.
        DamagedObject: its files are not what the manifest says.
        BaseModelError: it cannot be loaded.
    """

    def __init__(self, installation: Installation) -> None:
        from cs_pipeline.training.appraisal.evaluate import load_for_chat
        from cs_pipeline.training.rows.prompt_template import context_turns

        folder = installation.live_model_folder
        self._mask_text = installation.mask_text
        self.version_id = installation.models.pull(folder)
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
