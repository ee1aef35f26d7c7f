"""Routes whose addresses are seldom built."""

from collections.abc import Callable
from functools import cache, partial

from werkzeug.routing import Rule


class Route(Rule):
    """One that compiles what builds its address when that is first asked for. Most are never asked,
    and compiling them took a tenth of a server's start.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))
        return lambda rule, /, **values: compiled()(rule, **values)
