"""The vendors: one table of facts, which settings, providers, checks, forms and the API read.

Pure data: this module imports nothing of ours, so that everybody may import it. A further vendor
of a family that is known here is one more entry of ``VENDORS``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

BUILTIN = "builtin"  # the provider that is no vendor: our own renderer


@dataclass(frozen=True)
class VendorFacts:
    """What distinguishes a vendor from the others of its family."""

    key: str  # its name in rows, addresses and settings
    label: str  # its name on pages
    base_url: str  # of its API
    family: str  # "suno" or "crun": whose paths and field names it uses
    error_code_table: str  # which table gives the codes in its answers their meaning
    credits_path: str  # where it tells the credits of our account
    retention_days: int = 14  # after which it deletes a film
    refuses_repeats: bool = True  # False: a repeated order is made, and billed, as a second video
    has_word_times: bool = True  # whether it tells the times of single words of a song
    signs_callbacks: bool = False  # whether its callbacks can be signed with a key

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables that set it up, by what each holds."""
        prefix = self.key.upper()
        variables = {"api_key": f"{prefix}_API_KEY", "base_url": f"{prefix}_BASE_URL"}
        if self.signs_callbacks:
            variables["callback_key"] = f"{prefix}_CALLBACK_KEY"
        return variables


VENDORS: Mapping[str, VendorFacts] = {
    facts.key: facts
    for facts in (
        VendorFacts(
            key="apikley",
            label="Apikley",
            base_url="https://api.apikley.ru",
            family="suno",
            error_code_table="suno",
            credits_path="/api/v1/chat/credit",
        ),
        VendorFacts(
            key="kie",
            label="kie.ai",
            base_url="https://api.kie.ai",
            family="suno",
            error_code_table="suno",
            credits_path="/api/v1/chat/credit",
            signs_callbacks=True,
        ),
        VendorFacts(
            key="sunoapi",
            label="sunoapi.org",
            base_url="https://api.sunoapi.org",
            family="suno",
            error_code_table="sunoapi",
            credits_path="/api/v1/generate/credit",
            retention_days=15,
        ),
        VendorFacts(
            key="crun",
            label="Crun",
            base_url="https://api.crun.ai",
            family="crun",
            error_code_table="crun",
            credits_path="/api/v1/client/account/balance",
            refuses_repeats=False,  # its documents have no 409: CreateTask makes a second task
            has_word_times=False,
        ),
    )
}
