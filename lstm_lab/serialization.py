"""Dataclasses to plain JSON values and back by cattrs: their fields are the format, every type and size is checked.

cattrs is imported at the first use, not with this module.
"""

from __future__ import annotations

import dataclasses
import enum
import math
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from lstm_lab.text import describe_value

if TYPE_CHECKING:
    from cattrs import Converter

Hook = Callable[[Any, Any], Any]  # of cattrs: the value that a JSON value stands for, given the type wanted

LONGEST = 100_000  # characters of a text, and elements of a list: no run writes more, a damaged file may


@dataclasses.dataclass(frozen=True)
class Range:
    """The smallest and the largest number that a field takes: `Annotated[int, Range(0, 9)]`."""

    low: float
    high: float


def strict_converter() -> Converter:
    """A converter that takes JSON values of the types that dataclasses declare, no others, and writes such values."""
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
    converter.register_structure_hook_factory(lambda _: True, _hook)
    for scalar, (fits, wanted) in _SCALARS.items():
        converter.register_structure_hook(scalar, _checked(fits, wanted))
    return converter


def register_tagged(converter: Converter, family: Any, kinds: Mapping[str, type]) -> None:
    """Write each member of a family of dataclasses with its tag "kind" before its fields, and read it by that.

    Args:
        converter: of `strict_converter`.
        family: the union or the base class that fields are declared with.
        kinds: the members by their tags, each with its tag as class attribute `kind`; one may be added later.
    """
    from cattrs.gen import make_dict_unstructure_fn

    def read(plain: Any, _: Any) -> Any:
        kind = plain.get("kind") if type(plain) is dict else None
        if type(kind) is not str or kind not in kinds:
            raise _wrong(plain, f"an object of kind {', '.join(kinds)}")
        return converter.structure({name: one for name, one in plain.items() if name != "kind"}, kinds[kind])

    def writer(member: Any) -> Callable[[Any], dict[str, Any]]:
        fields_of = make_dict_unstructure_fn(member, converter)
        return lambda value: {"kind": value.kind, **fields_of(value)}

    converter.register_structure_hook_func(lambda kind: kind == family, read)
    converter.register_unstructure_hook_func(lambda kind: kind == family, converter.unstructure)
    converter.register_unstructure_hook_factory(lambda kind: kind in kinds.values(), writer)


def first_mistake(error: BaseException, path: str) -> str:
    """The first of the mistakes that a converter found, in one line: the path of the field, what was got and wanted.

    Args:
        error: that the converter raised.
        path: what the whole value is called.
    """
    from cattrs import ForbiddenExtraKeysError
    from cattrs.errors import AttributeValidationNote

    for note in getattr(error, "__notes__", ()):
        path += f".{note.name}" if isinstance(note, AttributeValidationNote) else f"[{repr(note.index)[:60]}]"
    if isinstance(error, ExceptionGroup):
        return first_mistake(error.exceptions[0], path)
    if isinstance(error, ForbiddenExtraKeysError):
        return f"{path}: got {describe_value(min(error.extra_fields))} as well, wanted no such field"
    return f"{path}: {'got none, wanted this field' if isinstance(error, KeyError) else error}"


def is_number(value: object) -> bool:
    """Whether a value is a finite number, also as a float; a bool is none."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # an int beyond the floats
        return False


def _wrong(value: object, wanted: str) -> ValueError:
    return ValueError(f"got {describe_value(value)}, wanted {wanted}")


def _checked(fits: Callable[[Any], bool], wanted: str, convert: Hook = lambda value, _: value) -> Hook:
    """A hook that refuses a JSON value that does not fit, and converts any other."""

    def hook(value: Any, kind: Any) -> Any:
        if not fits(value):
            raise _wrong(value, wanted)
        return convert(value, kind)

    return hook


# Of each scalar: which JSON values are one, and what those are called.
_SCALARS: dict[Any, tuple[Callable[[Any], bool], str]] = {
    bool: (lambda value: type(value) is bool, "true or false"),
    int: (lambda value: isinstance(value, int) and is_number(value), "a whole number"),
    float: (is_number, "a finite number"),
    str: (lambda value: isinstance(value, str) and len(value) <= LONGEST, f"a text of at most {LONGEST} characters"),
    NoneType: (lambda value: value is None, "null"),
}


def _hook(kind: Any, converter: Converter) -> Hook:
    """How a type that is no scalar is read: the JSON type and the size are checked, then cattrs converts."""
    from cattrs import cols, gen

    origin, members = get_origin(kind), get_args(kind)
    if origin is Annotated:
        number, bounds = converter.get_structure_hook(members[0]), members[1]
        wanted = f"a number from {bounds.low} to {bounds.high}"
        return _checked(lambda value: bounds.low <= number(value, kind) <= bounds.high, wanted)
    if origin in (Union, UnionType):
        return _union_hook(kind, members, converter)
    if origin is Literal or issubclass(kind, enum.Enum):
        options = {one: one for one in members} or {one.value: one for one in kind}
        return _checked(
            lambda value: type(value) is str and value in options,
            f"one of {', '.join(options)}",
            lambda value, _: options[value],
        )
    if origin is tuple and members[-1] is not Ellipsis:
        hooks = [converter.get_structure_hook(member) for member in members]
        return _checked(
            lambda value: type(value) is list and len(value) == len(members),
            f"a list of {len(members)}",
            lambda value, _: tuple(hook(*one) for hook, *one in zip(hooks, value, members, strict=True)),
        )
    if origin in (tuple, list):
        factory = cols.homogenous_tuple_structure_factory if origin is tuple else cols.list_structure_factory
        return _checked(
            lambda value: type(value) is list and len(value) <= LONGEST,
            f"a list of at most {LONGEST}",
            factory(kind, converter),
        )
    if origin is dict:
        return _checked(
            lambda value: type(value) is dict and len(value) <= LONGEST,
            f"an object of at most {LONGEST} fields",
            gen.mapping_structure_factory(kind, converter),
        )
    # A dataclass; by itself cattrs would drop what `Annotated` says of its fields.
    hints = get_type_hints(kind, include_extras=True)
    overrides: dict[str, Any] = {
        one.name: gen.override(struct_hook=converter.get_structure_hook(hints[one.name]))
        for one in dataclasses.fields(kind)
    }
    return _checked(
        lambda value: type(value) is dict, "an object", gen.make_dict_structure_fn(kind, converter, **overrides)
    )


def _union_hook(kind: Any, members: tuple[Any, ...], converter: Converter) -> Hook:
    """A scalar is chosen by the JSON type of the value; the other member, if there is one, takes all else."""
    scalars = {one: converter.get_structure_hook(one) for one in members if one in _SCALARS}
    if float in scalars:
        scalars.setdefault(int, scalars[float])
    others = [converter.get_structure_hook(one) for one in members if one not in _SCALARS]
    rest = others[0] if others else _checked(lambda _: False, str(kind))
    return lambda value, _: scalars.get(type(value), rest)(value, kind)
