"""### 상담 챗봇 재학습 · Retraining the customer-service chatbot

상담 엑셀이 인박스에 들어오면 스스로 시작합니다. 매일 03:00(서울, `CS_PIPELINE_RETRAIN_CRON`)에도 남은 일을 확인합니다.
Starts by itself when an export lands in the inbox, and looks again every day at 03:00 (Seoul, `CS_PIPELINE_RETRAIN_CRON`).

`collect → intake[validate → mask] → merge → train → gate → promote | reject | hold → record`

| 보이는 것 · what you see | 뜻 · meaning | 할 일 · what to do |
|---|---|---|
| `collect` 분홍 · pink | 새 파일 없음 · nothing new | 없음 · nothing |
| `validate` 분홍(파일 이름) · pink, named by file | 파일 전체 거부, `quarantine/`에 사유 · export refused, reason in `quarantine/` | 고쳐서 인박스에 다시 · correct it and drop it again |
| `validate` 초록 · green | 쓸 행과 거절된 행, 검사 결과는 `quality/` · rows used and refused, see the page in `quality/` | 거절된 행을 `…-refused.xlsx`에서 고쳐 다시 · correct them in that workbook and drop it |
| `validate`, `mask` 빨강 · red | 프로그램 또는 저장소 오류 · a fault, not bad data | 로그 확인 후 Clear · read the log, then clear it |
| `merge` 빨강 · red | 샤드나 CSV가 기록과 다름 · shards or CSVs are not as recorded | 로그의 안내대로 복원 · restore as the log says |
| `train` 빨강 · red | 학습 실패 (모델, 메모리, 디스크), 파드의 사유는 오류 문장에 · training failed; its error says why a pod ended | 로그 확인 후 Clear, 데이터는 안전 · clear it; the data is safe |
| `gate` 빨강 · red | 학습 결과나 운영 모델을 읽지 못함 · result or live model unreadable | 로그 확인 후 `train`부터 Clear · clear from `train` |
| `train` 보라 · violet | 파드에서 학습 중 · trains in a pod | 없음 · nothing |
| `train` 노랑 · yellow | 중단되어 다시 시도 중, 마지막 체크포인트에서 이어짐 · was stopped and is tried again from its last checkpoint | 없음 · nothing |
| `reject` 초록 · green | 후보가 판정을 통과하지 못함, 운영 모델 유지 · candidate rejected, live model stays | `reject` 로그와 보고서의 사유 · see its log and the report |
| `hold` 초록 · green | 사람의 승인 대기 · waits for a person | `cs-pipeline promote RUN_ID --note 사유` |
| `promote` 초록 · green | 새 모델 운영 시작 · the new model is live | 되돌리기 · undo: `cs-pipeline rollback` |
| `promote` 빨강 · red | 저장소 오류, 또는 그 사이 다른 모델이 승격됨 · store failed, or another model went live | 로그 확인 후 `train`부터 Clear · clear from `train` |
| `record` 빨강 · red | 실행 기록을 쓰지 못함 · the run record was not written | 디스크 확인 후 Clear · check the disk, clear it |

실패한 실행이 남긴 파일은 다음 실행이 이어받습니다. 모든 작업은 몇 번이고 다시 실행해도 됩니다.
What a failed run leaves behind is picked up by the next one. Every task may be run again.
"""

from datetime import timedelta

from airflow.sdk import (
    DAG,
    Asset,
    AssetOrTimeSchedule,
    AssetWatcher,
    CronTriggerTimetable,
    task_group,
)

from cs_airflow import tasks
from cs_airflow.form import retrain_params
from cs_airflow.inbox_trigger import InboxTrigger
from cs_airflow.train import train_operator
from cs_pipeline.config import RunOptions, Settings

settings = Settings.load()

inbox = Asset(
    name="cs_inbox",
    uri="cs-pipeline://inbox",
    watchers=[
        AssetWatcher(
            name="cs_inbox_watcher",
            trigger=InboxTrigger(
                inbox=settings.inbox_uri,
                poll_seconds=settings.poll_seconds,
                reannounce_seconds=settings.reannounce_seconds,
            ),
        )
    ],
)

with DAG(
    dag_id="cs_retrain",
    dag_display_name="상담 챗봇 재학습 · cs_retrain",
    schedule=AssetOrTimeSchedule(
        assets=[inbox],
        timetable=CronTriggerTimetable(
            settings.retrain_cron,
            timezone=settings.time_zone,
            # The default makes up for a time of up to a tenth of a day ago: a fresh installation
            # would begin with an empty run.
            run_immediately=timedelta(0),
        ),
    ),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": 2.0,
    },
    params=retrain_params(RunOptions.from_settings(settings)),
    doc_md=__doc__,
    tags=["cs-pipeline"],
):
    exports = tasks.collect()

    @task_group
    def intake(export: dict[str, object]) -> object:
        """Check and mask one export; each export is its own mapped instance."""
        return tasks.mask(tasks.validate(export))

    dataset = tasks.merge(exports)
    intake.expand(export=exports) >> dataset
    train = train_operator(settings, dataset=dataset)
    gate = tasks.gate(dataset)
    outcomes = [tasks.promote(), tasks.reject(), tasks.hold()]
    # A teardown runs whatever happened before it, and leaves the run's colour to the others.
    record = tasks.record().as_teardown()

    train >> gate >> outcomes >> record
