"""Words of the model give their values and hashes as texts do."""

import pickle

import pytest

from migrator.model import Dialect, Mode, ResourceKind, ScheduleKind, Target


@pytest.mark.parametrize("words", [Dialect, Mode, ResourceKind, ScheduleKind, Target])
def test_a_word_is_its_text_and_itself(words):
    """Value, hash, name, look-up by value and pickling are those of any enumeration of texts."""
    for word in words:
        assert type(word.value) is str
        assert {word.value: 1}[word] == 1
        assert words(word.value) is word
        assert words[word.name] is word
        assert pickle.loads(pickle.dumps(word)) is word
