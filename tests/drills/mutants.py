"""Mutants of functions that decide who sees what: each lacks one condition, or has it turned round."""

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

NARROWING = ("filter", "exclude")


@dataclass(frozen=True)
class Mutant:
    """One function with one change."""

    function: Callable[..., Any]
    change: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.function.__module__}.{self.function.__name__}: {self.change}"

    def put_in_place(self) -> None:
        """In the function itself, so that everybody who imported it has the mutant."""
        self.function.__code__ = self.code


def _tree(function: Callable[..., Any]) -> ast.Module:
    tree: ast.Module = _WithoutTypes().visit(ast.parse(textwrap.dedent(inspect.getsource(function))))
    return tree


def tell_of_calls(function: Callable[..., Any], told: Callable[[], None]) -> None:
    """From now on it says so whenever somebody comes by."""
    tree = _tree(function)
    [definition] = tree.body
    definition.body.insert(0, ast.parse("__came_by__()").body[0])  # type: ignore[attr-defined]
    code = _compiled(tree, function)
    name = f"__came_by_{function.__name__}"
    function.__globals__[name] = told
    function.__code__ = code.replace(co_names=tuple(name if one == "__came_by__" else one for one in code.co_names))


def mutants_of(function: Callable[..., Any]) -> Iterator[Mutant]:
    tree = _tree(function)
    for place, node in enumerate(ast.walk(tree)):
        for change, mutate in _changes(node):
            twin = copy.deepcopy(tree)
            mutated = _Replace(_nth(twin, place), mutate).visit(twin)
            yield Mutant(function, f"line {node.lineno}: {change}", _compiled(mutated, function))  # type: ignore[attr-defined]


class _WithoutTypes(ast.NodeTransformer):
    """No test can notice another annotation."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        return ast.copy_location(ast.Assign([node.target], node.value), node) if node.value else node


def _nth(tree: ast.AST, place: int) -> ast.AST:
    return next(node for number, node in enumerate(ast.walk(tree)) if number == place)


class _Replace(ast.NodeTransformer):
    def __init__(self, wanted: ast.AST, mutate: Callable[[Any], ast.AST]) -> None:
        self.wanted, self.mutate = wanted, mutate

    def visit(self, node: ast.AST) -> Any:
        return self.mutate(node) if node is self.wanted else self.generic_visit(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], ast.AST]]]:
    """What can be done to a node, and how."""
    text = ast.unparse(node)[:60] if isinstance(node, ast.expr) else ""
    match node:
        case ast.Call(func=ast.Attribute(attr=name)) if name in NARROWING:
            yield f"without .{name}(…) in {text}", lambda one: one.func.value
        case ast.IfExp():
            yield f"always the first of {text}", lambda one: one.body
            yield f"always the second of {text}", lambda one: one.orelse
        case ast.If(test=test):
            yield f"never {ast.unparse(test)[:60]}", lambda one: _with(one, test=ast.Constant(False))
            yield f"always {ast.unparse(test)[:60]}", lambda one: _with(one, test=ast.Constant(True))
        case ast.BoolOp() | ast.BinOp(op=ast.BitAnd() | ast.BitOr()):
            yield f"only the left of {text}", lambda one: one.values[0] if isinstance(one, ast.BoolOp) else one.left
            yield f"only the right of {text}", lambda one: one.values[-1] if isinstance(one, ast.BoolOp) else one.right
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield f"turned round: {text}", lambda one: one.operand


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    for name, value in fields.items():
        setattr(node, name, value)
    return node


def _compiled(tree: ast.AST, function: Callable[..., Any]) -> CodeType:
    ast.fix_missing_locations(tree)
    module = inspect.getmodule(function)
    assert module is not None
    names = dict(vars(module))
    file = inspect.getsourcefile(function) or ""
    exec(compile(tree, file, "exec"), names)  # type: ignore[arg-type]  # noqa: S102 - our own source with one change
    code: CodeType = inspect.unwrap(names[function.__name__]).__code__
    return code
