"""Many cases in one test: what fails is named, and none of it is lost."""

import pytest

from tests.each import each_of


def test_each_case_that_fails_is_named():
    @each_of(("n", "limit"), [(1, 10), (20, 10), (3, 10), (40, 10)])
    def below(n: int, limit: int) -> None:
        assert n < limit

    with pytest.raises(pytest.fail.Exception, match=r"(?s)20, .*\(40, ") as told:
        below()
    assert "(3, " not in str(told.value)
