"""Static files of a server: each script has one address, also where another one imports it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[3]
BACKENDS = ("ManifestStorage", "CompressedManifestStorage")
IMPORT = re.compile(r'^import [^"]*"\./([^"]+)";', re.MULTILINE)


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_import_names_the_file_that_pages_load(settings, tmp_path, backend):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [ROOT / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    static = {"BACKEND": f"suno_portal.backends.static_files.{backend}"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": static}
    call_command("collectstatic", interactive=False, verbosity=0)
    imports = set()
    for script in (ROOT / "static/js").glob("*.js"):
        name = Path(staticfiles_storage.url(f"js/{script.name}")).name
        plain, hashed = (
            IMPORT.findall(file.read_text()) for file in (script, tmp_path / "js" / name)
        )
        addresses = [Path(staticfiles_storage.url(f"js/{each}")).name for each in plain]
        assert hashed == addresses
        assert all(re.search(r"\.[0-9a-f]{12}\.js$", each) for each in hashed)
        imports |= set(plain)
    assert len(imports) > 2
