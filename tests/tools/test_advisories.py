"""What is said of packages with known faults."""

from tools.advisories import NOT_CHECKED, summarise

CLEAN = {"name": "django", "version": "5.2.9", "vulns": []}
FAULTY = {
    "name": "pillow",
    "version": "9.0",
    "vulns": [
        {"id": "PYSEC-2023-175", "fix_versions": ["10.0.1"]},
        {"id": "CVE-2022-22815", "fix_versions": []},
    ],
}
SKIPPED = {"name": "av", "skip_reason": "Dependency not found on PyPI"}


def test_packages_without_a_fault_are_counted():
    assert summarise("a.txt", [CLEAN]) == (0, "a.txt: no fault is known of its 1 packages")


def test_a_fault_is_named_with_the_version_that_mends_it():
    code, text = summarise("a.txt", [CLEAN, FAULTY])
    assert code == 1
    assert text == ("pillow 9.0 has known faults: PYSEC-2023-175, CVE-2022-22815; mended in 10.0.1")


def test_what_could_not_be_checked_is_not_called_clean():
    code, text = summarise("a.txt", [CLEAN, SKIPPED])
    assert code == NOT_CHECKED
    assert "NOT CHECKED" in text
    assert text.endswith(": 1 of 2 packages, from av to av")
