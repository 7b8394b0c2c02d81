"""The tasks of `cs_promote`: ask a person about a candidate, or do what a form says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param, TriggerRule, task
from airflow.sdk.exceptions import AirflowSkipException

from cs_airflow import wording_forms as forms
from cs_airflow.manual import task_name
from cs_airflow.task_errors import task_errors
from cs_airflow.tasks import HELD_MODEL_ASSET, MODEL_ASSET
from cs_airflow.wording import CANDIDATE, judged_candidate
from cs_pipeline import stages
from cs_pipeline.config import Settings, refuse_unknown_options
from cs_pipeline.stages import Installation, Question
from cs_pipeline.stages.deciding import wording

ACTIONS = {
    "ask": forms.ASK,
    "promote": wording.PROMOTE,
    "hold": wording.HOLD,
    "discard": wording.DISCARD,
    "rollback": forms.ROLL_BACK,
    "candidate": CANDIDATE,
}
_CHOICES: dict[str, stages.Choice] = {
    word: choice
    for words, choice in (
        (wording.PROMOTE, "promote"),
        (wording.HOLD, "hold"),
        (wording.DISCARD, "discard"),
    )
    for word in (words.ko, words.en)
}


def promote_params() -> dict[str, Param]:
    """The form: every field has a default, so that an event needs none."""
    return {
        "action": Param(
            "ask",
            **forms.ACTION.shown,
            type="string",
            enum=list(ACTIONS),
            values_display={name: forms.heading(words) for name, words in ACTIONS.items()},
        ),
        "run": Param(
            "last",
            **forms.RUN.shown,
            type="string",
            minLength=1,
        ),
        "version": Param(
            "",
            **forms.VERSION.shown,
            type=["string", "null"],
        ),
        "note": Param(
            "",
            **forms.why(wording.NOTE_HELP).shown,
            type=["string", "null"],
            maxLength=500,
        ),
        "override": Param(
            False,
            **forms.OVERRIDE.shown,
            type="boolean",
        ),
    }


class Decision(HITLOperator):
    """Asks about the candidate that `question` prepared; no answer in time means `보류`.

    The text is made when the question is put and is not kept elsewhere. It is never put by a retry.
    """

    def execute(self, context: Any) -> Any:
        """Put the question."""
        asked = Question.model_validate(context["ti"].xcom_pull(task_ids="question"))
        with task_errors():
            title, text = stages.question_words(Installation.load(), asked)
        self.subject, self.body = str(title), str(text)
        return super().execute(context)


def decide(settings: Settings) -> Decision:
    """The task that asks."""
    note = Param(
        "",
        type=["string", "null"],
        title=str(wording.NOTE),
        description=str(wording.NOTE_HELP),
        maxLength=500,
    )
    return Decision(
        task_id="decide",
        task_display_name=task_name("decide"),
        subject=str(wording.QUESTION),
        options=[str(wording.PROMOTE), str(wording.HOLD), str(wording.DISCARD)],
        defaults=str(wording.HOLD),
        params={"note": note},
        response_timeout=timedelta(hours=settings.approval_timeout_hours),
        retries=0,
    )


@task.branch(task_display_name=task_name("begin"))
def begin(*, params: dict[str, Any]) -> str:
    """Ask, unless the form says what to do.

    A field that there is not, or a note with personal data, fails the run before anything is done.
    """
    with task_errors():
        refuse_unknown_options(params, promote_params())
        stages.check_note(Installation.load(), params["note"] or "")
    return "question" if params["action"] == "ask" else "act"


@task(task_display_name=task_name("question"))
def question(*, params: dict[str, Any], triggering_asset_events: Any) -> dict[str, Any]:
    """Find the candidate that waits, and compare it again where the live model changed."""
    with task_errors():
        asked = stages.question(
            Installation.load(), _run_of(triggering_asset_events) or params["run"]
        )
    if asked is None:
        raise AirflowSkipException(str(wording.nothing_to_ask()))
    return asked.model_dump(mode="json")


@task.branch(task_display_name=task_name("follow"))
def follow(asked: dict[str, Any], answer: dict[str, Any]) -> str | None:
    """Do what was answered.

    Goes on to `live` after a promotion, to `ask_again` where another model went live meanwhile.
    """
    wanted = Question.model_validate(asked)
    choice, by = _CHOICES[answer["chosen_options"][0]], _name(answer.get("responded_by_user"))
    installation = Installation.load()
    with task_errors():
        followed = stages.follow_answer(
            installation,
            wanted,
            choice,
            by=by,
            note=(answer.get("params_input") or {}).get("note") or "",
            answered_at=answer["responded_at"],
        )
    if followed:
        _say(stages.answer_words(wanted, choice, by))
        return "live" if choice == "promote" and by else None
    _say(stages.outdated_words(installation, wanted))
    return "ask_again"


@task(outlets=[HELD_MODEL_ASSET], task_display_name=task_name("ask_again"))
def ask_again(asked: dict[str, Any], *, outlet_events: Any) -> None:
    """Start `cs_promote` anew with the same candidate."""
    outlet_events[HELD_MODEL_ASSET].extra = {"run_id": asked["run_id"]}


@task.branch(task_display_name=task_name("act"))
def act(*, params: dict[str, Any], dag_run: Any) -> str | None:
    """Do what the form says, as the person who sent it.

    A model of an experiment that is made the candidate goes to the gate, which decides on it.
    """
    by = getattr(dag_run, "triggering_user_name", None)
    with task_errors():
        installation = Installation.load()
        if params["action"] == "candidate":
            judged = stages.judge_candidate(installation, params["run"])
            _say(judged_candidate(judged.run.run_id, judged.verdict))
            return "live" if judged.model else None
        _say(_acted(installation, params, by))
    return "live" if params["action"] in ("promote", "rollback") else None


@task(
    outlets=[MODEL_ASSET],
    trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS,
    task_display_name=task_name("live"),
)
def live(*, outlet_events: Any) -> None:
    """Announce the model that is live now to whatever listens to `cs_live_model`."""
    with task_errors():
        version = Installation.load().models.live_version()
    if version is not None:
        outlet_events[MODEL_ASSET].extra = version.model_dump(mode="json")


def _acted(installation: Installation, params: Mapping[str, Any], by: str | None) -> str:
    action, run, note = params["action"], params["run"], params["note"] or ""
    if action == "hold":
        return stages.hold(installation, run_id=run, note=note, by=by).run_id
    if action == "discard":
        return stages.discard_held(installation, run_id=run, note=note, by=by).run_id
    if action == "rollback":
        return stages.rollback(
            installation,
            to=params["version"] or None,
            note=note,
            by=by,
            override=params["override"],
        ).version_id
    outlook = stages.promotion_outlook(installation, run)
    if outlook.live_changed and outlook.recomparison is None:
        stages.recompare(installation, outlook.run_id)
    return stages.promote_held(
        installation, run_id=outlook.run_id, note=note, by=by, override=params["override"]
    ).version_id


def _run_of(events: Any) -> str | None:
    """The run of the newest event that started this one; None: no event did."""
    held = [event for one in (events or {}).values() for event in one]
    newest = max(held, key=lambda event: event.timestamp, default=None)
    return (newest.extra or {}).get("run_id") if newest else None


def _name(user: Any) -> str | None:
    """Who answered; None: nobody did in time."""
    return (user.get("name") or user.get("id")) if user else None


def _say(line: object) -> None:
    print(line)  # noqa: T201 - a task's stdout is its log
