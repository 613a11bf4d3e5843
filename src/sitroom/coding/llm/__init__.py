"""The language model as a coder: what it is asked, what of its answer stands in the text, and events made of that."""

from sitroom.coding.llm.coder import MADE, Ask, ModelCoder
from sitroom.coding.llm.prompt import Prompt, load_prompt

__all__ = ["MADE", "Ask", "ModelCoder", "Prompt", "load_prompt"]
