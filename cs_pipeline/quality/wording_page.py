"""What the page about an export and the workbook of its refused rows call things."""

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.language import Words

PASSED = Words(ko="✓ 통과", en="✓ passed")
FILE_REFUSED = Words(ko="✗ 파일 거절", en="✗ file refused")
ROWS_LEFT_OUT = Words(ko="– 행 제외", en="– rows left out")
WARNING = Words(ko="! 경고", en="! warning")
REFUSED_ROWS = Words(ko="거절된 행", en="Refused rows")


def not_evaluated(expectation: str) -> CsPipelineError:
    """Great Expectations could not run a check."""
    return CsPipelineError(
        ko=f"품질 검사를 실행하지 못했습니다: {expectation}. 설치된 패키지 버전을 확인하세요.",
        en=f"A quality check could not be run: {expectation}. Check the installed packages.",
    )
