import re

import pytest

from benchmarks.edits import EDITS, main

pytestmark = pytest.mark.nightly


def test_an_edit_of_each_kind_is_seen_while_make_dev_runs(capfd: pytest.CaptureFixture[str]):
    main()
    seconds = dict(re.findall(r"^(\S.*\S) +([\d.]+) s$", capfd.readouterr().out, re.MULTILINE))
    assert list(seconds) == list(EDITS)
