"""Many cases in one test: what fails is named, and none of it is lost."""

import pytest

from tests.each import each_of


@each_of("limit", [3, 4])
@each_of(("n", "square"), [(1, 1), (2, 4)])
def test_every_case_is_tried(n: int, square: int, limit: int, tmp_path):
    assert n * n == square and n < limit and tmp_path.is_dir()


def test_each_case_that_fails_is_named():
    @each_of("n", [1, 20, 3, 40])
    def below_ten(n: int) -> None:
        assert n < 10

    with pytest.raises(pytest.fail.Exception) as told:
        below_ten()
    first, *failed = str(told.value).splitlines()
    assert first == "cases that fail:"
    assert [line.split(":")[0] for line in failed if "Error" in line] == ["20", "40"]
    with pytest.raises(pytest.fail.Exception):
        each_of("n", [])(lambda n: None)()
