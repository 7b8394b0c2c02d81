"""What the page about several runs calls their figures, and why some cannot be compared."""

from cs_pipeline.language import Words

MEASURES: dict[str, Words] = {
    "verdict": Words(ko="판정", en="Verdict"),
    "dataset_version": Words(ko="데이터셋", en="Dataset"),
    "base_model": Words(ko="기반 모델", en="Base model"),
    "licence": Words(ko="라이선스", en="Licence"),
    "recipe": Words(ko="레시피", en="Recipe"),
    "method": Words(ko="방법", en="Method"),
    "epochs": Words(ko="에폭 수", en="Epochs"),
    "learning_rate": Words(ko="학습률", en="Learning rate"),
    "batch_tokens": Words(ko="스텝당 토큰", en="Tokens per step"),
    "context_turns": Words(ko="이전 대화 (쌍)", en="Context turns"),
    "bits_per_character": Words(ko="글자당 비트", en="Bits per character"),
    "loss_nats_per_token": Words(ko="토큰당 nats", en="Nats per token"),
    "perplexity": Words(ko="퍼플렉서티", en="Perplexity"),
    "chrf": Words(ko="chrF", en="chrF"),
    "golden_share": Words(ko="골든 질문", en="Golden questions"),
    "stop_rate": Words(ko="스스로 끝낸 답변", en="Answers that end"),
    "empty_rate": Words(ko="빈 답변", en="Empty answers"),
    "repetition_rate": Words(ko="되풀이하는 답변", en="Repeating answers"),
    "leak_exact_hits": Words(ko="유출: 가린 값", en="Leak: masked values"),
    "leak_suspicious": Words(ko="유출: 의심", en="Leak: suspicious"),
    "parameters": Words(ko="매개변수", en="Parameters"),
    "size_mib": Words(ko="크기 (MiB)", en="Size (MiB)"),
    "train_seconds": Words(ko="학습 시간 (초)", en="Training (s)"),
    "total_seconds": Words(ko="전체 시간 (초)", en="Whole job (s)"),
    "cost": Words(ko="비용", en="Cost"),
    "tokens_per_second": Words(ko="초당 토큰", en="Tokens per second"),
    "peak_gpu_gib": Words(ko="GPU 메모리 (GiB)", en="GPU memory (GiB)"),
    "device": Words(ko="장치", en="Device"),
}
"""By the name of the measure."""
HOW_WELL = Words(ko="얼마나 잘 답하나", en="How well they answer")
SAFETY = Words(ko="안전과 권리", en="Safety and rights")
SIZE = Words(ko="크기와 비용", en="Size and cost")
TRAINING = Words(ko="어떻게 학습했나", en="How they were trained")
OTHER_DATA = Words(
    ko="데이터셋이 다른 실행들입니다. 평가한 행이 달라 수치를 비교할 수 없으므로 가장 좋은 값을 "
    "표시하지 않았습니다. 같은 데이터셋으로 다시 학습해 비교하세요.",
    en="These runs were judged on different datasets. Their figures cannot be compared, so none is "
    "marked. Train again on one dataset to compare.",
)
OTHER_TOKENIZERS = Words(
    ko="토크나이저가 다른 실행들입니다. 토큰당 nats와 퍼플렉서티 대신 글자당 비트를 비교하세요.",
    en="These runs have different tokenizers. Compare bits per character, not nats per token or "
    "perplexity.",
)
LIVE_MODEL = Words(ko="운영 모델", en="Live model")
