import json

import pytest

from benchmarks.render import main


@pytest.mark.nightly
def test_it_measures_a_film_and_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--seconds", "2", "--times", "1", "--look", "glow", "--ffmpeg", "", "--json"]
    assert main(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    ours, portal, another, floor = report["ways"]
    assert (ours["way"], floor["way"]) == ("ours, glow", "floor, glow")
    assert (portal["way"], another["way"]) == ("in the portal, glow", "another of the song, glow")
    assert floor["of_floor"] == 1
    assert ours["of_floor"] == pytest.approx(ours["speed"] / floor["speed"], abs=0.02)
    assert ours["speed"] == pytest.approx(2 / ours["runs"][0], abs=0.1)
    assert 20 < ours["peak_mb"] < 400
    assert 0 < ours["file_mb"] < 2
    assert ours["quality"]["measure"] == "SSIM"
    assert 0.9 < ours["quality"]["worst"] <= ours["quality"]["mean"] < 1
