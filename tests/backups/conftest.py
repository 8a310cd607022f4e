"""A site with a song, a film and a webhook, whose backups are tried."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from videos.models import Video


@pytest.fixture
def site(transactional_db, settings, tmp_path: Path) -> "Video":
    """Return the film of a site that has a little of everything."""
    # Not at the top, because this file may be read before Django is set up
    from tests import factories

    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    factories.an_operator()
    owner = factories.a_user("ada@example.com")
    video = factories.a_finished_video(owner, factories.a_playable_track(owner))
    factories.a_delivery(video)
    return video
