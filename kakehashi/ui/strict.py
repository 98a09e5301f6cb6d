"""Strict components: a function's signature is the contract of a template tag.

A component is a function that takes the declared props and returns what its template needs
besides them. What the signature does not name is a TemplateSyntaxError when the template is
compiled, and so is a value outside a prop's `Literal`.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from django.forms.utils import flatatt
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from django.template import Library, Template
    from django.template.base import FilterExpression, Parser, Token

PASSED = re.compile(r"(id|(hx|data|aria)-[a-z][a-z0-9-]*)\Z")
NAMED = re.compile(r"([A-Za-z_][\w:-]*)=(.+)\Z", re.DOTALL)


@dataclass(frozen=True)
class Component:
    """A tag's contract: its props, whether it has a body, its slots, what it passes through."""

    name: str
    build: Callable[..., Mapping[str, Any]]
    body: bool
    slots: tuple[str, ...]
    passes: bool
    repeats: bool = False

    @property
    def tag(self) -> str:
        return f"ui_{self.name}"

    @property
    def template(self) -> str:
        return f"ui/components/{self.name}.html"

    @cached_property
    def signature(self) -> inspect.Signature:
        return inspect.signature(self.build)

    @cached_property
    def defaults(self) -> dict[str, Any]:
        props = self.signature.parameters.items()
        return {name: prop.default for name, prop in props if prop.default is not prop.empty}

    @cached_property
    def choices(self) -> dict[str, tuple[Any, ...]]:
        """The closed lists among the props, by prop."""
        hints = get_type_hints(self.build)
        return {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Literal}

    def check(self, name: str, value: Any) -> None:
        allowed = self.choices.get(name)
        if allowed is not None and value not in allowed:
            known = ", ".join(map(repr, allowed))
            raise TemplateSyntaxError(f"{self.tag}: {name} is one of {known}, not {value!r}")


REGISTRY: dict[str, Component] = {}

# What repeats and is said in plain words looks the same on every page of the process: icons, pills.
Kept = dict[tuple[Any, ...], SafeString]
KEPT: Kept = {}
MOST_KEPT = 2000
PLAIN = (str, bool, type(None))


def component(
    *, body: bool = False, slots: tuple[str, ...] = (), passes: bool = False, repeats: bool = False
) -> Callable[[Callable[..., Mapping[str, Any]]], Callable[..., Mapping[str, Any]]]:
    """Declare a component; `passes` lets id, hx-, data- and aria- attributes through.

    `repeats` says that a page has many of the same and that its props alone decide how it looks:
    with the same props it is rendered once a page, with plain ones once a process.
    """

    def declare(
        build: Callable[..., Mapping[str, Any]],
    ) -> Callable[..., Mapping[str, Any]]:
        name = build.__name__
        REGISTRY[name] = Component(name, build, body or bool(slots), slots, passes, repeats)
        return build

    return declare


@dataclass(frozen=True)
class Call:
    """What one tag in one template says, checked: props by name, attributes passed through.

    What is `written` in the template itself is read once; the rest is `asked` of each page.
    """

    written: dict[str, SafeString]
    asked: dict[str, FilterExpression]
    passed: dict[str, FilterExpression]
    unsure: tuple[str, ...]  # props with a closed list whose value only the page knows


def read_call(component: Component, parser: Parser, bits: list[str]) -> Call:
    """Refuse unknown and missing props, and literals outside a closed list."""
    positional, named, passed = sort_bits(component, parser, bits)
    try:
        props = component.signature.bind(*positional, **named).arguments
    except TypeError as error:
        raise TemplateSyntaxError(f"{component.tag}: {error}") from error
    unsure = []
    for name in component.choices.keys() & props.keys():
        if is_literal(props[name]):
            component.check(name, props[name].var)
        else:
            unsure.append(name)
    written = {name: value.var for name, value in props.items() if is_literal(value)}
    asked = {name: value for name, value in props.items() if name not in written}
    return Call(written, asked, passed, tuple(unsure))


def is_literal(expression: FilterExpression) -> bool:
    return not expression.filters and isinstance(expression.var, str)


def sort_bits(
    component: Component, parser: Parser, bits: list[str]
) -> tuple[list[FilterExpression], dict[str, FilterExpression], dict[str, FilterExpression]]:
    """The words of a tag as positional values, props by name, attributes to pass through."""
    positional: list[FilterExpression] = []
    named: dict[str, FilterExpression] = {}
    passed: dict[str, FilterExpression] = {}
    for bit in bits:
        match = NAMED.match(bit)
        if match is None:
            positional.append(parser.compile_filter(bit))
            continue
        target = passed if component.passes and PASSED.match(match[1]) else named
        if match[1] in target:
            raise TemplateSyntaxError(f"{component.tag}: {match[1]} is given twice")
        target[match[1]] = parser.compile_filter(match[2])
    return positional, named, passed


def rendered_safe(source: NodeList | Template, context: Context) -> SafeString:
    """Rendered without the space around it; stripping forgets that it was escaped already."""
    return SafeString(source.render(context).strip())


class SlotNode(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:  # noqa: ARG002 - a node's signature
        raise TemplateSyntaxError(f"ui_slot {self.name!r} stands directly inside a component")

    def fill(self, context: Context) -> SafeString:
        return rendered_safe(self.nodelist, context)


class ComponentNode(Node):
    child_nodelists = ("nodelist",)

    def __init__(
        self,
        component: Component,
        call: Call,
        nodelist: NodeList,
        slots: dict[str, SlotNode],
        target: str | None,
    ) -> None:
        self.component = component
        self.call = call
        self.nodelist = nodelist
        self.slots = slots
        self.target = target

    def render(self, context: Context) -> SafeString:
        html = self.render_with(context)
        if self.target is None:
            return html
        context[self.target] = html
        return SafeString("")

    def render_with(self, context: Context) -> SafeString:
        given = {name: value.resolve(context) for name, value in self.call.asked.items()}
        given |= self.call.written
        for name in self.call.unsure:
            self.component.check(name, given[name])
        if not self.component.repeats or "request" not in context:
            return self.render_as(context, given)
        page: Kept = vars(context["request"]).setdefault("rendered_components", {})
        kept = KEPT if all(type(value) in PLAIN for value in given.values()) else page
        key = (self.component.name, get_language(), *given.items())
        html = kept.get(key)
        if html is None:
            html = self.render_as(context, given)
            if len(kept) >= MOST_KEPT:
                kept.clear()  # another thread may be reading: nothing is looked up twice
            kept[key] = html
        return html

    def render_as(self, context: Context, given: dict[str, Any]) -> SafeString:
        values = {**self.component.defaults, **given}
        values.update(self.component.build(**values))
        values["attributes"] = self.attributes(context)
        if self.component.body:
            values["body"] = rendered_safe(self.nodelist, context)
            values["slots"] = {name: slot.fill(context) for name, slot in self.slots.items()}
        return self.fill(context, values)

    def attributes(self, context: Context) -> str:
        if not self.call.passed:
            return ""
        passed = {name: value.resolve(context) for name, value in self.call.passed.items()}
        return flatatt({k: v for k, v in passed.items() if v not in (None, "")})

    def fill(self, context: Context, values: dict[str, Any]) -> SafeString:
        """Render the component's template; it sees its values and the request, nothing else."""
        inner = Context(values, context.autoescape, context.use_l10n, context.use_tz)
        for shared in ("request", "csrf_token"):
            if shared in context:
                inner[shared] = context[shared]
        assert context.template is not None, "components are rendered inside a template"
        template = context.template.engine.get_template(self.component.template)
        return rendered_safe(template, inner)


def compile_component(component: Component) -> Callable[[Parser, Token], ComponentNode]:
    def compile_tag(parser: Parser, token: Token) -> ComponentNode:
        bits = token.split_contents()[1:]
        target = None
        if len(bits) > 1 and bits[-2] == "as":
            target = bits[-1]
            bits = bits[:-2]
        call = read_call(component, parser, bits)
        nodelist = NodeList()
        slots: dict[str, SlotNode] = {}
        if component.body:
            nodelist = parser.parse((f"end{component.tag}",))
            parser.delete_first_token()
            nodelist, slots = take_slots(component, nodelist)
        return ComponentNode(component, call, nodelist, slots, target)

    return compile_tag


def take_slots(component: Component, nodelist: NodeList) -> tuple[NodeList, dict[str, SlotNode]]:
    """Part a body from its slots; a slot anywhere but directly in the body is an error."""
    body = NodeList()
    slots: dict[str, SlotNode] = {}
    for node in nodelist:
        if not isinstance(node, SlotNode):
            body.append(node)
        elif node.name not in component.slots:
            known = ", ".join(component.slots) or "none"
            raise TemplateSyntaxError(f"{component.tag}: no slot {node.name!r}; it has: {known}")
        elif node.name in slots:
            raise TemplateSyntaxError(f"{component.tag}: slot {node.name!r} is filled twice")
        else:
            slots[node.name] = node
    if body.get_nodes_by_type(SlotNode):
        raise TemplateSyntaxError(f"{component.tag}: ui_slot stands directly inside it")
    return body, slots


def compile_slot(parser: Parser, token: Token) -> SlotNode:
    bits = token.split_contents()
    if len(bits) != 2:  # noqa: PLR2004 - the tag and its one word
        raise TemplateSyntaxError("ui_slot takes one name: {% ui_slot actions %}")
    nodelist = parser.parse(("endui_slot",))
    parser.delete_first_token()
    return SlotNode(bits[1], nodelist)


def register_all(register: Library, declarations: ModuleType) -> None:
    """Make a tag of every component that a module declares."""
    for declared in REGISTRY.values():
        if declared.build.__module__ == declarations.__name__:
            register.tag(declared.tag, compile_component(declared))
    register.tag("ui_slot", compile_slot)
