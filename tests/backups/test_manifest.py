"""Which folders are backups."""

from videos.backups.manifest import list_backups


def test_only_complete_folders_with_a_time_are_backups(tmp_path):
    for name in ("2026-01-02T03-04-05Z", "2026-01-01T00-00-00Z-2", ".draft-x", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").touch()
    (tmp_path / "2026-01-03T00-00-00Z").mkdir()
    names = [path.name for path in list_backups(tmp_path)]
    assert names == ["2026-01-01T00-00-00Z-2", "2026-01-02T03-04-05Z"]
