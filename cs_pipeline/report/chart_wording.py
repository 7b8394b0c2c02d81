"""What the report calls its charts and their axes."""

from cs_pipeline.language import Words

TITLES = {
    "loss": Words(ko="손실", en="Loss"),
    "gradient": Words(ko="기울기 크기", en="Gradient norm"),
    "rate": Words(ko="학습률", en="Learning rate"),
    "speed": Words(ko="학습 속도", en="Training speed"),
    "memory": Words(ko="GPU 메모리", en="GPU memory"),
    "interval": Words(ko="운영 모델 대비 개선", en="Improvement over the live model"),
}
UNITS = {
    "loss": Words(ko="nats/토큰", en="nats/token"),
    "gradient": Words(ko="L2", en="L2"),
    "rate": Words(ko="", en=""),
    "speed": Words(ko="토큰/초", en="tokens/s"),
    "memory": Words(ko="GiB", en="GiB"),
}
