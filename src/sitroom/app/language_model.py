"""A language model as the coder of a run: made from settings, asked on request only, and what it took in the end."""

from collections import Counter
from collections.abc import Callable, Iterator
from time import sleep
from typing import TYPE_CHECKING

from sitroom.app.chat import Chat, LanguageModel
from sitroom.app.settings import Settings

if TYPE_CHECKING:
    from sitroom.coding.llm import ModelCoder


class ModelRun:
    """Makes the coder when called, as `make_coder` of a room's `read`, and keeps count of what the run takes.

    Give it to the engine "serial" only: what other processes take is not counted. `pause` waits so many seconds.
    """

    def __init__(
        self, model: LanguageModel, settings: Settings | None = None, pause: Callable[[float], None] = sleep
    ) -> None:
        self.model, self.settings = model, settings or Settings()
        self.chat = Chat(model, self.settings.api_key, pause)
        self._coders: list[ModelCoder] = []

    def __call__(self) -> "ModelCoder":
        """The coder. Raises CatalogueFault, BadInput."""
        from sitroom.catalogues import bundled
        from sitroom.coding import load_coder
        from sitroom.coding.llm import ModelCoder, load_prompt

        settings, model = self.settings, self.model
        rules = load_coder(settings.catalogues, model=settings.model, cache=settings.cache)
        prompt = load_prompt([bundled(), *settings.catalogues], rules.ontology)
        rule = f"llm:{model.name}@{prompt.version}"
        self._coders.append(ModelCoder(rules, self.chat.ask, prompt, rule, model.length))
        return self._coders[-1]

    @property
    def tally(self) -> Counter[str]:
        """How many proposals of the language model made an event (`MADE`), and by reason those that made none."""
        return sum((coder.tally for coder in self._coders), Counter[str]())

    def words(self) -> Iterator[str]:
        """What the run took, line by line, for the end of a summary."""
        from sitroom.coding.llm import MADE

        usage = self.chat.usage
        yield f"language model {self.model.name}: {usage.asked} requests, {usage.kept} answers kept from before"
        tokens = [str(n) if n is not None else "unknown" for n in (usage.tokens_in, usage.tokens_out)]
        cost = "unknown" if self.cost is None else f"{self.cost:.4f}"
        yield f"tokens in {tokens[0]}, out {tokens[1]}; cost {cost}; {usage.seconds:.1f} seconds"
        tally = self.tally
        reasons = ", ".join(f"{tally[reason]} {reason}" for reason in sorted(set(tally) - {MADE}))
        yield f"proposals that made an event: {tally[MADE]}; dropped: {reasons or 'none'}"
        yield from usage.notes

    @property
    def cost(self) -> float | None:
        """What the requests of this run cost by the price given, None where price or tokens are unknown."""
        usage, price = self.chat.usage, self.model.price
        if usage.asked == 0:
            return 0.0
        if price is None or usage.tokens_in is None or usage.tokens_out is None:
            return None
        return (usage.tokens_in * price[0] + usage.tokens_out * price[1]) / 1000
