"""What the commands of `cli/confirm.py` say."""

from cs_pipeline.language import Words

YES = Words(ko="묻지 않고 진행", en="Do not ask")

BY = Words(ko="결정한 사람 (기본: 이 프로세스의 사용자)", en="Who decides this")
