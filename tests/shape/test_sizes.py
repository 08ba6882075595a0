"""The sizes of the house: no module, function or class grows past its maximum, and each module says what it is for."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_MODULE, MAX_FUNCTION, MAX_BRANCHES, MAX_METHODS = 450, 60, 10, 20
IGNORES_PER_LINES = 1_000  # one `type: ignore` a thousand lines
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.Assert, ast.match_case)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
FORBIDDEN_NAMES = ("utils", "helpers", "manager", "common")


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the program, parsed."""
    files = sorted((ROOT / "pmo_desktop").rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function and method, with its address."""
    return [
        (f"{path}:{node.lineno} {node.name}", node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    ]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last one."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def branches(function: ast.AST) -> int:
    """Forks of a function's own body; a function within it counts its own."""
    count = 0
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, (*FUNCTIONS, ast.Lambda)):
            count += isinstance(child, BRANCHES) + branches(child)
    return count


def lines_of(path: Path) -> int:
    """Lines of a file."""
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def test_every_module_opens_with_a_sentence() -> None:
    silent = [str(path) for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    tests = sorted(ROOT.joinpath("tests").rglob("*.py")) + sorted(ROOT.joinpath("migrations").rglob("*.py"))
    silent += [str(path) for path in tests if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent


def test_init_files_are_empty() -> None:
    assert not [str(path) for path, tree in modules().items() if path.name == "__init__.py" and tree.body]


def test_modules_stay_small() -> None:
    assert not [f"{path}: {lines_of(path)}" for path in modules() if lines_of(path) > MAX_MODULE]


def test_modules_are_named_by_a_noun() -> None:
    stems = {path.stem for path in modules()}
    assert not {stem for stem in stems if stem.startswith("base_") or set(stem.split("_")) & set(FORBIDDEN_NAMES)}


def test_functions_stay_small() -> None:
    assert not [f"{where}: {length(node)} lines" for where, node in functions() if length(node) > MAX_FUNCTION]


def test_functions_fork_seldom() -> None:
    assert not [f"{where}: {branches(node)} branches" for where, node in functions() if branches(node) > MAX_BRANCHES]


def test_classes_stay_small() -> None:
    crowded = []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                methods = sum(isinstance(child, FUNCTIONS) for child in node.body)
                crowded += [f"{path}:{node.lineno} {node.name}: {methods}"] if methods > MAX_METHODS else []
    assert not crowded


def test_types_are_seldom_ignored() -> None:
    texts = [(ROOT / path).read_text(encoding="utf-8") for path in modules()]
    allowed = max(1, sum(text.count("\n") for text in texts) // IGNORES_PER_LINES)
    assert sum(text.count("type: ignore") for text in texts) <= allowed


def test_most_functions_and_modules_are_far_smaller_than_the_maximum() -> None:
    sizes = sorted(length(node) for _, node in functions())
    files = sorted(lines_of(path) for path in modules() if path.name != "__init__.py")
    said = (
        f"functions: median {sizes[len(sizes) // 2]} (goal 6), 95 % {sizes[len(sizes) * 95 // 100]} (goal 28), "
        f"largest {sizes[-1]}; modules: median {files[len(files) // 2]} (goal 110), largest {files[-1]}"
    )
    print(said)
    assert sizes[len(sizes) // 2] <= 2 * 6, said
    assert sizes[len(sizes) * 95 // 100] <= 28, said
