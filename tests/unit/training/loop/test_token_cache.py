import logging
import os
import stat

import pytest

from cs_pipeline.training.loop.token_cache import encode_cached
from cs_pipeline.training.rows.encoding import ExampleEncoder

SHA = "a" * 64


@pytest.fixture
def encode(tmp_path, tokenizer, rows):
    """Encode through the cache; counts how often rows were really encoded."""

    class Counting(ExampleEncoder):
        encoded = 0

        def encode(self, given):
            type(self).encoded += list(given) == chosen
            return super().encode(given)

    chosen = []

    def run(*, folder=tmp_path / "tokens", given=rows, sha=SHA, limit=128, tokenizer=tokenizer):
        chosen[:] = given
        examples = encode_cached(
            Counting(tokenizer, limit),
            tokenizer,
            given,
            folder=folder,
            data_sha256=sha,
            max_example_tokens=limit,
        )
        assert examples == ExampleEncoder(tokenizer, limit).encode(given)
        return Counting.encoded

    return run


def entries(tmp_path):
    return sorted((tmp_path / "tokens").iterdir())


def test_same_rows_are_encoded_once(encode, tmp_path):
    assert [encode(), encode()] == [1, 1]
    assert len(entries(tmp_path)) == 1


def test_no_folder_keeps_nothing(encode, tmp_path):
    assert [encode(folder=None), encode(folder=None)] == [1, 2]
    assert list(tmp_path.iterdir()) == []


def test_what_the_ids_depend_on_is_in_the_key(encode, rows):
    encode()
    assert encode(sha="b" * 64) == 2
    assert encode(limit=20) == 3
    assert encode(given=rows[::-1]) == 4


def test_other_tokenizer_and_template(encode, tokenizer, tmp_path):
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    from cs_pipeline.training.models.tiny_base import make_base

    base = make_base(
        ["다른 말뭉치입니다."] * 9, tmp_path / "base", vocab_size=3000, width=8, heads=1
    )
    other = AutoTokenizer.from_pretrained(base)
    assert isinstance(other, PreTrainedTokenizerFast)
    encode()
    assert encode(tokenizer=other) == 2


def test_changed_code_encodes_anew(encode, monkeypatch, tmp_path):
    from cs_pipeline.masked import placeholders

    encode()
    changed = tmp_path / "placeholders.py"
    changed.write_text("# another version\n")
    monkeypatch.setattr(placeholders, "__file__", str(changed))
    assert encode() == 2


def test_encoder_with_another_template_is_told_apart(tmp_path, tokenizer, rows):
    for template in ("kogpt2", "plain", "kogpt2"):
        encoder = ExampleEncoder(tokenizer, 128, template)
        examples = encode_cached(
            encoder, tokenizer, rows, folder=tmp_path, data_sha256=SHA, max_example_tokens=128
        )
        assert examples == encoder.encode(rows)
    assert len(list(tmp_path.iterdir())) == 2


def test_no_rows(encode):
    assert [encode(given=[]), encode(given=[])] == [1, 1]


def flip_a_token(data):
    middle = data.index(b"ids.npy") + 400
    return data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"not an archive",
        flip_a_token,
    ],
)
def test_damaged_entry_is_replaced(encode, tmp_path, damage):
    encode()
    (entry,) = entries(tmp_path)
    entry.write_bytes(damage(entry.read_bytes()))
    assert [encode(), encode()] == [2, 2]
    assert entries(tmp_path) == [entry]


def test_entry_with_other_rows_is_not_believed(encode, tmp_path, rows):
    encode(given=rows[:5])
    (short,) = entries(tmp_path)
    encode()
    (whole,) = set(entries(tmp_path)) - {short}
    short.replace(whole)
    assert encode() == 3


def test_three_entries_are_kept_those_used_last(encode, tmp_path):
    for index, letter in enumerate("abc"):
        encode(sha=letter * 64)
        for entry in entries(tmp_path):
            if entry.stat().st_mtime > 1e9:
                os.utime(entry, (index, index))
    encode(sha="a" * 64)  # used again, so "b" is the oldest now
    assert encode(sha="d" * 64) == 4
    assert len(entries(tmp_path)) == 3
    assert encode(sha="a" * 64) == 4
    assert encode(sha="b" * 64) == 5


def test_only_the_owner_may_look(encode, tmp_path):
    encode()
    assert stat.S_IMODE((tmp_path / "tokens").stat().st_mode) == 0o700


def test_entry_holds_no_text(encode, tmp_path, rows):
    encode()
    (entry,) = entries(tmp_path)
    data = entry.read_bytes()
    assert all(text.encode() not in data for row in rows for text in row)


def test_unusable_folder_costs_time_not_the_run(encode, tmp_path, caplog):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with caplog.at_level(logging.WARNING):
        assert encode(folder=in_the_way / "tokens") == 1
    assert "not kept" in caplog.text
