"""The language model as a coder: what it is asked, what of its answer stands in the text, and events made of that."""

from sitroom.coding.llm.coder import Ask, ModelCoder
from sitroom.coding.llm.prompt import Prompt, load_prompt

__all__ = ["Ask", "ModelCoder", "Prompt", "load_prompt"]
