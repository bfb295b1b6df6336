"""Write a tree as one line of text, so that a test can state what it expects."""

from __future__ import annotations

from migrator.shell.tree import (
    AndOr,
    Assignment,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Node,
    Opaque,
    Pipeline,
    Redirect,
    Script,
    Test,
    While,
    Word,
)


def shape(here: Node | Script | Word | Assignment | Redirect) -> str:
    """Give a tree's structure: `a && b` as `(a && b)`, a pipeline as `(a | b)`, commands in brackets."""
    match here:
        case Script(items=items):
            return "; ".join(shape(item.node) + (" &" if item.background else "") for item in items)
        case Word(raw=raw):
            return raw if here.literal is None else here.literal
        case Assignment(name=name, value=value, elements=elements, append=append):
            given = "" if value is None else shape(value)
            if elements is not None:
                given = "(" + " ".join(map(shape, elements)) + ")"
            return f"{name}{'+' if append else ''}={given}"
        case Redirect(operator=operator, descriptor=descriptor, target=target):
            return f"{'' if descriptor is None else descriptor}{operator}{'' if target is None else shape(target)}"
        case Command(assignments=assignments, words=words, redirects=redirects):
            return "[" + " ".join(map(shape, (*assignments, *words, *redirects))) + "]"
        case Pipeline(stages=stages, negated=negated, timed=timed):
            return ("!" if negated else "") + ("T" if timed else "") + "(" + " | ".join(map(shape, stages)) + ")"
        case AndOr(first=first, rest=rest):
            return "(" + shape(first) + "".join(f" {operator} {shape(node)}" for operator, node in rest) + ")"
        case Function(name=name, body=body):
            return f"{name}() {shape(body)}"
        case Opaque(text=text):
            return f"?{text}?"
        case _:
            return _compound(here) + "".join(" " + shape(redirect) for redirect in here.redirects)


def _compound(here: Group | If | For | While | Case | Test) -> str:
    match here:
        case Group(body=body, subshell=subshell):
            return f"<{shape(body)}>" if subshell else "{" + shape(body) + "}"
        case If(arms=arms, otherwise=otherwise):
            text = " elif ".join(f"{shape(condition)} then {shape(body)}" for condition, body in arms)
            return f"if {text}" + ("" if otherwise is None else f" else {shape(otherwise)}") + " fi"
        case For(name=name, words=words, body=body, header=header):
            listed = "" if words is None else " in " + " ".join(map(shape, words))
            return f"for {name}{header}{listed} do {shape(body)} done"
        case While(condition=condition, body=body, until=until):
            return f"{'until' if until else 'while'} {shape(condition)} do {shape(body)} done"
        case Case(word=word, arms=arms):
            text = " ".join("|".join(map(shape, patterns)) + f") {shape(body)} ;;" for patterns, body in arms)
            return f"case {shape(word)} in {text} esac"
        case Test(words=words, operator=operator):
            return f"{operator} " + " ".join(map(shape, words))
