"""The settings of a user: from SITROOM_… environment variables, with defaults that work on a laptop."""

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sitroom"


class Settings(BaseSettings):
    """Each can be given as an environment variable, such as SITROOM_WORKERS=4."""

    model_config = SettingsConfigDict(env_prefix="SITROOM_", frozen=True, extra="ignore")

    cache: Path = Field(
        default_factory=_cache_folder, description="folder for what is built once, such as the gazetteer"
    )
    model: str | None = Field(
        None, description="spaCy pipeline to parse with; empty for the best one installed"
    )
    workers: int = Field(0, ge=0, description="processes that code reports; 0 for one per processor")
    catalogues: tuple[Path, ...] = Field(
        (), description="catalogue folders laid over the bundled one, as a JSON list"
    )
    memory: str = Field(
        "2GB", pattern=r"^\d+(\.\d+)?\s*[KMGT]i?B$", description="most memory that the room may use"
    )
    endpoint: str | None = Field(
        None, description="address of the chat-completions server for --coder llm, such as https://HOST/v1"
    )
    api_key: SecretStr | None = Field(
        None, description="key for that server; taken from the environment only, never stored or printed"
    )

    @property
    def processes(self) -> int:
        """The number of worker processes to use."""
        return self.workers or os.cpu_count() or 1
