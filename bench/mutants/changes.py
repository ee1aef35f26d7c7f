"""Mutants of a module: its syntax tree with one node changed."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from types import CodeType

from bench.mutants.patterns import is_pattern, thinned

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ADDED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_LISTS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.BoolOp: ("values",),
    ast.Call: ("keywords",),
    ast.Dict: ("values",),
    ast.List: ("elts",),
    ast.Tuple: ("elts",),
    ast.comprehension: ("ifs",),
}
"""Lists of a node from which one item can be removed."""
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
_WITHOUT_EFFECT = ("annotation", "returns", "decorator_list", "keys")
_HOLE = "\ue000"
"""First of the characters that stand for the values in an f-string."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """Mutant; `change` names it independently of its line."""

    change: str
    line: int
    code: CodeType


def mutants(source: str, module: str) -> Iterator[Mutant]:
    """Mutants of `module`, in the order of its text."""
    tree, seen = ast.parse(source), Counter[str]()
    for top in tree.body:
        scope = _name(top)
        if scope is None:
            continue
        for owner, field, place, node in _slots(top):
            for other, told in _others(node, owner, field):
                _put(owner, field, place, other)
                code = compile(ast.fix_missing_locations(tree), module, "exec")
                _put(owner, field, place, node)
                change = f"{module}.{scope}: {told}"
                seen[change] += 1
                again = f" ({seen[change]})" if seen[change] > 1 else ""
                yield Mutant(change + again, getattr(node, "lineno", top.lineno), code)


def _name(top: ast.stmt) -> str | None:
    """Name that a module's statement defines, None if there is none."""
    match top:
        case ast.FunctionDef() | ast.ClassDef():
            return top.name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return None


Slot = tuple[ast.AST, str, int | None, ast.AST]


def _slots(owner: ast.AST) -> Iterator[Slot]:
    """Nodes under `owner`, with their positions."""
    for field, value in ast.iter_fields(owner):
        if field in _WITHOUT_EFFECT:
            continue
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST):
                yield owner, field, place, node
                if not isinstance(node, ast.JoinedStr):
                    yield from _slots(node)


def _put(owner: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[place] = node


def _others(node: ast.AST, owner: ast.AST, field: str) -> Iterator[tuple[ast.AST, str]]:
    """Replacements for `node`, each with a description."""
    text = _text(node)
    if text is not None and is_pattern(text):
        for lesser, out in thinned(text):
            yield _filled(lesser, node), f"without `{_shown(out, node)}`"
        return
    for other in _changed(node, owner, field):
        yield other, f"`{_told(node)}` → `{_told(other)}`"
    for name in _LISTS.get(type(node), ()):
        for at, part in enumerate(getattr(node, name)):
            yield _without(node, name, at), f"`{_told(node)}` without `{_told(part)}`"


def _changed(node: ast.AST, owner: ast.AST, field: str) -> Iterator[ast.AST]:
    if isinstance(node, ast.stmt):
        yield from _other_statements(node)
    elif isinstance(node, ast.Constant):
        if not isinstance(owner, ast.Expr):  # a docstring
            yield from map(ast.Constant, _other_values(node.value))
    else:
        yield from _other_expressions(node)
    if field == "test":
        yield from (ast.Constant(value=True), ast.Constant(value=False))


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise():
            yield ast.Pass()
        case ast.Continue():
            yield from (ast.Pass(), ast.Break())
        case ast.Break():
            yield from (ast.Pass(), ast.Continue())
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))


def _other_values(value: object) -> tuple[bool | int | str, ...]:
    match value:
        case bool():
            return (not value,)
        case int():
            return (value + 1, value - 1)
        case str():
            return ("" if value else "other",)
    return ()


def _other_expressions(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[op], left=left, comparators=right):
            yield from (ast.Compare(left, [kind()], right) for kind in _COMPARED[type(op)])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _ADDED:
            yield ast.BinOp(left, _ADDED[type(op)](), right)
        case ast.Call(func=ast.Name(id=name), args=given, keywords=named) if name in _NAMES:
            yield ast.Call(ast.Name(_NAMES[name], ast.Load()), given, named)


def _without(node: ast.AST, name: str, at: int) -> ast.AST:
    fewer = copy(node)
    for field in (name, "keys") if name == "values" and isinstance(node, ast.Dict) else (name,):
        kept = getattr(node, field)
        setattr(fewer, field, kept[:at] + kept[at + 1 :])
    alone = isinstance(fewer, ast.BoolOp) and len(fewer.values) == 1
    return fewer.values[0] if alone else fewer  # type: ignore[attr-defined]


def _text(node: ast.AST) -> str | None:
    """Text of a string; private characters stand for the values in an f-string."""
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=values):
            return "".join(
                str(part.value) if isinstance(part, ast.Constant) else chr(ord(_HOLE) + at)
                for at, part in enumerate(values)
            )
    return None


def _filled(text: str, node: ast.AST) -> ast.expr:
    """`text` as a string node, with the values of `node`."""
    if not isinstance(node, ast.JoinedStr):
        return ast.Constant(text)
    parts = re.split(f"([{_HOLE}-\uf8ff])", text)
    return ast.JoinedStr(
        [
            node.values[ord(part) - ord(_HOLE)] if at % 2 else ast.Constant(part)
            for at, part in enumerate(parts)
        ]
    )


def _shown(text: str, node: ast.AST) -> str:
    """`text` with the names of its values."""
    parts = node.values if isinstance(node, ast.JoinedStr) else ()
    for at, part in enumerate(parts):
        if isinstance(part, ast.FormattedValue):
            text = text.replace(chr(ord(_HOLE) + at), f"{{{ast.unparse(part.value)}}}")
    return text


def _told(node: ast.AST) -> str:
    """Code in one line."""
    return " ".join(ast.unparse(node).split())
