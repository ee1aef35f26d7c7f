"""Lazy attribute: computed on first access, then stored on the instance; takes no lock.

`functools.cached_property` holds one lock for all instances of a class until Python 3.12. Threads then
wait for each other over values that have nothing in common, and a process that is forked while another
thread holds the lock waits for ever. Here two threads may compute the same value at once; the last one
stays.
"""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class lazy_attribute(Generic[Value]):  # noqa: N801 - used as a decorator, like `property`
    """Descriptor of an attribute that its method computes on first access."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object | None, owner: type) -> Value | Self:
        if instance is None:
            return self
        value = self._compute(instance)
        instance.__dict__[self._name] = value
        return value
