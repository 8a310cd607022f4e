"""Files on S3 or what speaks its language, with an end to every wait."""

from botocore.config import Config
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
