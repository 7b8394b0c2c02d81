import pytest

from cs_pipeline.pii.finders.names.shape import Shape, shape_of


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("김민수", Shape.LIKELY),
        ("남궁민수", Shape.LIKELY),
        ("황보석", Shape.PLAUSIBLE),
        ("김구", Shape.POSSIBLE),
        ("김짱구", Shape.UNUSUAL),
        ("이미지", Shape.NONE),
        ("고객", Shape.NONE),
        ("배송지", Shape.NONE),
        ("뚜껑이", Shape.NONE),
        ("", Shape.NONE),
    ],
)
def test_shape(name: str, shape: Shape) -> None:
    assert shape_of(name) is shape
