"""Files on S3 or what speaks its language, with an end to every wait."""

from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

CONNECT_TIMEOUT, READ_TIMEOUT = 5, 20  # seconds; boto3's are 60 each
MAX_ATTEMPTS = 2


class BoundedS3Storage(S3Storage):
    """The storage of django-storages: a bucket that is silent holds a page for a minute at most."""

    def __init__(self, **options: object) -> None:
        config = Config(
            s3={"addressing_style": options["addressing_style"]},
            signature_version=str(options["signature_version"]),
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
            retries={"total_max_attempts": MAX_ATTEMPTS, "mode": "standard"},
        )
        super().__init__(**{**options, "client_config": config})

    def _save(self, name: str, content: Any) -> str:  # noqa: ANN401 - as Django has it
        """Store a file; raises OSError where the bucket does not take it, as a disk does."""
        try:
            saved: str = super()._save(name, content)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise OSError(f"The bucket does not take {name}: {error}") from error
        return saved
