"""Static files of a server: one address for each script, and one stylesheet for each page."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[3]
BACKENDS = ("ManifestStorage", "CompressedManifestStorage")
IMPORT = re.compile(r'^import [^"]*"(\.{1,2}/[^"]+)";', re.MULTILINE)


@pytest.fixture(params=BACKENDS)
def collected(request, settings, tmp_path) -> Path:
    """Collect our static files for a server, and return the folder."""
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [ROOT / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    static = {"BACKEND": f"suno_portal.backends.static_files.{request.param}"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": static}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def rules(css: str) -> str:
    """Return what a browser reads of a stylesheet, without addresses."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "".join(re.sub(r"url\([^)]*\)", "", without_comments).split())


@pytest.mark.parametrize(("name", "count"), [("css/site.css", 5), ("css/creator.css", 3)])
def test_a_stylesheet_has_all_of_its_parts_in_their_order(collected, name, count):
    names = re.findall(r'url\("(\w+\.css)"\);', (ROOT / "static" / name).read_text())
    assert len(names) == count
    bundle = (collected / staticfiles_storage.stored_name(name)).read_text()
    assert "@import" not in bundle
    parts = [rules((ROOT / "static/css" / name).read_text()) for name in names]
    assert rules(bundle) == "".join(parts)
    assert "/*" not in bundle
    fonts = re.findall(r'url\("\.\./fonts/([^"]+)"\)', bundle)
    assert bool(fonts) == (name == "css/site.css")
    assert all((collected / "fonts" / font).is_file() for font in fonts)


def test_it_is_made_anew_when_a_part_changes(collected, settings, tmp_path_factory):
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT / "static/css", source / "css")
    shutil.copytree(ROOT / "static/fonts", source / "fonts")
    settings.STATICFILES_DIRS = [source]
    before = staticfiles_storage.stored_name("css/creator.css")
    with (source / "css/songs.css").open("a") as file:
        file.write(".quite-new { color: red; }")
    call_command("collectstatic", interactive=False, verbosity=0)
    after = staticfiles_storage.stored_name("css/creator.css")
    assert after != before
    assert ".quite-new" in (collected / after).read_text()


def test_an_import_names_the_file_that_pages_load(collected):
    imports = set()
    for script in (ROOT / "static/js").rglob("*.js"):
        name = str(script.relative_to(ROOT / "static"))
        file = collected / staticfiles_storage.stored_name(name)
        plain, hashed = (IMPORT.findall(each.read_text()) for each in (script, file))
        paths = [os.path.relpath(script.parent / each, ROOT / "static") for each in plain]
        addresses = [Path(staticfiles_storage.stored_name(path)).name for path in paths]
        assert [Path(each).name for each in hashed] == addresses
        assert all(re.search(r"\.[0-9a-f]{12}\.js$", each) for each in hashed)
        imports |= set(plain)
    assert len(imports) > 2


@pytest.mark.nightly  # to compress all of them takes ten seconds
def test_a_server_compresses_the_files_of_all_packages(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "s" * 60,
        "SITE_URL": "https://testserver",
        "CACHE_URL": "locmemcache://",
    }
    command = [sys.executable, "-W", "ignore", "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    for folder in ("css", "js", "admin/css", "admin/js"):
        names = [path.name for path in (tmp_path / "static" / folder).iterdir()]
        assert [name for name in names if re.search(r"\.[0-9a-f]{12}\.(css|js)\.gz$", name)]
