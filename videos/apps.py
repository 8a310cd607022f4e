"""The Django app of Suno Portal."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from videos import checks


class VideosConfig(AppConfig):
    """Registers the system checks when Django starts."""

    name = "videos"
    verbose_name = "Suno Portal"

    def ready(self) -> None:
        """Register the checks that ``manage.py check`` and every start run."""
        register(checks.check_site_url, Tags.urls)
        register(checks.check_server, Tags.security, deploy=True)
        register(checks.check_names_of_variables)
        register(checks.check_s3, Tags.files)
        register(checks.check_hosts, Tags.security)
        register(checks.check_proxies, Tags.security)
        register(checks.check_connections, Tags.database)
        register(checks.check_data_dir, Tags.files)
        register(checks.check_platform)
        register(checks.check_sandbox)
        register(checks.check_mail, Tags.security)
        register(checks.check_accounts, Tags.security, deploy=True)
        register(checks.check_vendors)
        register(checks.check_media_is_reachable, Tags.files)
        register(checks.check_private_hosts, Tags.security)
