"""The command that keeps the catalogues."""

from tools.translations.__main__ import main


def test_missing_texts_go_into_a_file_and_come_back(settings, tmp_path, capsys):
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "templates").mkdir()
    template = '{% load i18n %}{% translate "Copy link" %}{% translate "Copy" %}'
    (tmp_path / "templates" / "a.html").write_text(template)
    path = tmp_path / "missing.toml"
    assert main(["missing", str(path)], tmp_path) == 0
    text = path.read_text(encoding="utf-8")
    row = 'en = "Copy link"\nru = ""\nzh-hans = ""\n'
    assert row in text
    filled = row.replace('ru = ""', 'ru = "Ссылка"').replace('zh-hans = ""', 'zh-hans = "链接"')
    path.write_text(text.replace(row, filled), encoding="utf-8")
    assert main(["take", str(path)], tmp_path) == 1  # the other text is still missing
    assert "“Copy”" in capsys.readouterr().out
    assert "Ссылка" in (tmp_path / "locale/ru/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    main(["missing", str(path)], tmp_path)
    assert "Copy link" not in path.read_text(encoding="utf-8")
