"""What is said where there is no installation."""

from cs_pipeline.config import Settings
from cs_pipeline.language import Words


def no_installation(settings: Settings) -> Words:
    """Nothing is where an installation should be."""
    data, work = settings.data_dir, settings.work_dir
    return Words(
        ko=f"설치를 찾지 못했습니다: {data}과(와) {work}이(가) 없습니다. CS_PIPELINE_DATA_DIR과 "
        "CS_PIPELINE_WORK_DIR을 확인하거나, 설치가 있는 폴더에서 실행하세요.",
        en=f"There is no installation: neither {data} nor {work} exists. Check "
        "CS_PIPELINE_DATA_DIR and CS_PIPELINE_WORK_DIR, or run where the installation is.",
    )


NO_STORE = Words(
    ko="넘겨주기에 쓸 저장소가 없습니다. CS_PIPELINE_STORE를 지정하세요 (예: s3://bucket/cs).",
    en="There is no store to hand trainings over with. Set CS_PIPELINE_STORE, such as "
    "s3://bucket/cs.",
)
