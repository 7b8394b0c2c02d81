"""What the commands of `cli/doctor.py` say."""

HELP = {
    "doctor": "설정, 폴더, 디스크, 저장소, 기반 모델, 파드를 점검합니다. 문제가 있으면 종료 코드 "
    "1입니다.",
}
"""Korean help of each command; the English is its docstring."""
