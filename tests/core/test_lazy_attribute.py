"""Attributes that are computed on first access."""

from threading import Barrier, Thread

from interviewrelay.core.lazy_attribute import lazy_attribute


def test_it_is_computed_once_for_each_instance():
    calls = []

    class Square:
        def __init__(self, side):
            self.side = side

        @lazy_attribute
        def area(self):
            """Side times side."""
            calls.append(self.side)
            return self.side**2

    two, three = Square(2), Square(3)
    assert [two.area, two.area, three.area] == [4, 4, 9]
    assert calls == [2, 3]
    assert Square.area.__doc__ == "Side times side."


def test_one_instance_does_not_wait_for_another():
    both = Barrier(2, timeout=60)

    class Meeting:
        @lazy_attribute
        def place(self):
            both.wait()
            return "here"

    found = []
    threads = [Thread(target=lambda: found.append(Meeting().place)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["here", "here"]
