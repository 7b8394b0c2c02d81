"""What the commands of `cli/metrics.py` say."""

from cs_pipeline.language import Words

PORT = Words(ko="출력하는 대신 이 포트에서 HTTP로 응답", en="Answer over HTTP instead")

HOST = Words(ko="응답할 주소", en="Address to answer at")


HELP = {
    "metrics": "Prometheus 형식의 지표를 출력합니다. --port가 있으면 HTTP로 응답합니다.",
}
"""Korean help of each command; the English is its docstring."""
