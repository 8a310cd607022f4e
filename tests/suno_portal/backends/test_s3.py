"""A bucket that is silent holds nobody for long."""

import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from django.core.files.base import ContentFile

from suno_portal.backends import s3
from tests.network import free_port


def storage() -> s3.BoundedS3Storage:
    return s3.BoundedS3Storage(
        bucket_name="portal",
        endpoint_url=f"http://127.0.0.1:{free_port()}",
        region_name="us-east-1",
        access_key="k",
        secret_key="s",
        addressing_style="path",
        signature_version="s3v4",
    )


def test_every_wait_has_an_end():
    config = storage().client_config
    longest = (config.connect_timeout + config.read_timeout) * s3.MAX_ATTEMPTS
    assert longest <= 60
    assert (config.s3["addressing_style"], config.signature_version) == ("path", "s3v4")


def test_a_bucket_that_is_away_is_an_error():
    with pytest.raises((EndpointConnectionError, ConnectTimeoutError, ReadTimeoutError)):
        storage().exists("song.mp3")


def test_a_file_that_the_bucket_does_not_take_is_an_error_as_of_a_disk():
    with pytest.raises(OSError, match=r"does not take song\.mp3"):
        storage().save("song.mp3", ContentFile(b"sound"))
