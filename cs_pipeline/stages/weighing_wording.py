"""What people read about rows that weigh more."""

from cs_pipeline.language import Words

NOT_COUNTED = Words(
    ko="이 데이터셋에는 파일별 행 수가 없어 레시피의 가중치를 쓸 수 없습니다. 새 엑셀을 한 "
    "번 합치거나, new_export_weight와 export_weights 없이 학습하세요.",
    en="This dataset does not say how many rows come from which export, so the recipe's weights "
    "cannot be used. Merge a new export once, or train without new_export_weight and "
    "export_weights.",
)
