// Judges decoded CBOR by a CDDL file, over the syntax tree of the npm package `cddl`, which only parses.
// As much of RFC 8610 as pager.cddl uses; a construct that is not known here throws.

import type * as cddl from "cddl";

type Entry = cddl.Property | cddl.Property[];
type Type = cddl.PropertyType;

export interface Walker {
  /** Names of all rules. */
  rules: string[];
  /** Whether the item is of the type that the rule names. */
  accepts(rule: string, item: unknown): boolean;
}

class UnknownSyntax extends Error {
  constructor(where: string, node: unknown) {
    super(`${where} is not read by the walker: ${JSON.stringify(node)}`);
  }
}

function numberOf(limit: unknown): number {
  if (typeof limit === "number") return limit;
  const value = (limit as cddl.PropertyReference | undefined)?.Value;
  if (typeof value === "number") return value;
  throw new UnknownSyntax("a bound", limit);
}

function isIn(range: cddl.Range, value: number): boolean {
  const min = numberOf(range.Min);
  const max = numberOf(range.Max);
  return value >= min && (range.Inclusive ? value <= max : value < max);
}

function isInteger(item: unknown): item is number {
  return typeof item === "number" && Number.isInteger(item);
}

/** What `.size` allows: a number or a range of octets. */
function hasSize(operator: cddl.Operator | undefined, item: Uint8Array): boolean {
  if (operator === undefined) return true;
  const value = operator.Value as cddl.PropertyReference;
  if (operator.Type !== "size") throw new UnknownSyntax("an operator", operator);
  if (value.Type === "range") return isIn(value.Value as cddl.Range, item.length);
  return item.length === numberOf(value);
}

export function createWalker(assignments: cddl.Assignment[]): Walker {
  const rules = new Map(assignments.map((one) => [one.Name, one]));

  function isOfPrelude(name: string, item: unknown, operator?: cddl.Operator): boolean {
    if (name === "any") return true;
    if (name === "nil") return item === null;
    if (name === "bstr") return item instanceof Uint8Array && hasSize(operator, item);
    throw new UnknownSyntax("a type", name);
  }

  function isReferred(type: cddl.PropertyReference, item: unknown): boolean {
    if (type.Type === "range") return isInteger(item) && isIn(type.Value as cddl.Range, item);
    if (type.Type === "literal") return item === type.Value;
    if (type.Type === "group") return isOfRule(type.Value as string, item);
    throw new UnknownSyntax("a reference", type);
  }

  function isOf(type: Type, item: unknown): boolean {
    if (typeof type === "string") return isOfPrelude(type, item);
    const node = type as cddl.PropertyReference & cddl.NativeTypeWithOperator;
    if (typeof node.Type === "string" && "Value" in node) return isReferred(node, item);
    if (typeof node.Type === "string" && "Operator" in node) {
      return isOfPrelude(node.Type, item, node.Operator);
    }
    throw new UnknownSyntax("a type", type);
  }

  function isOneOf(types: Type | Type[], item: unknown): boolean {
    return (Array.isArray(types) ? types : [types]).some((type) => isOf(type, item));
  }

  function isOfRule(name: string, item: unknown): boolean {
    const rule = rules.get(name);
    if (rule?.Type === "variable") return isOneOf(rule.PropertyType, item);
    if (rule?.Type === "array") {
      return Array.isArray(item) && endsOf(rule.Values, item, [0]).includes(item.length);
    }
    throw new UnknownSyntax("a rule", name);
  }

  /** The entries of the group that stands here, or undefined where it is a type of one item. */
  function groupOf(type: Type | Type[]): Entry[] | undefined {
    const one = Array.isArray(type) && type.length === 1 ? type[0] : type;
    const node = one as cddl.Group & cddl.PropertyReference;
    if (node.Type === "group" && node.Properties !== undefined) return node.Properties;
    const named = node.Type === "group" ? rules.get(node.Value as string) : undefined;
    return named?.Type === "group" ? named.Properties : undefined;
  }

  /** Where one occurrence may end that begins at `at`. */
  function endsOfOne(entry: cddl.Property, items: unknown[], at: number): number[] {
    if (entry.Operator !== undefined) throw new UnknownSyntax("an entry", entry);
    const group = groupOf(entry.Type);
    if (group !== undefined) return endsOf(group, items, [at]);
    return at < items.length && isOneOf(entry.Type, items[at]) ? [at + 1] : [];
  }

  function endsOfEntry(entry: Entry, items: unknown[], starts: number[]): number[] {
    if (Array.isArray(entry)) return entry.flatMap((one) => endsOfEntry(one, items, starts));
    const { n, m } = entry.Occurrence;
    const found = new Set<number>(n === 0 ? starts : []);
    let ends = starts;
    // No occurrence takes no item, so that more than there are items never match.
    for (let count = 1; count <= Math.min(m, items.length + 1) && ends.length > 0; count++) {
      ends = [...new Set(ends.flatMap((at) => endsOfOne(entry, items, at)))];
      if (count >= n) for (const end of ends) found.add(end);
    }
    return [...found];
  }

  /** Where the entries, one behind the other, may end when they begin at one of `starts`. */
  function endsOf(entries: Entry[], items: unknown[], starts: number[]): number[] {
    return entries.reduce((ends, entry) => endsOfEntry(entry, items, ends), starts);
  }

  return { rules: [...rules.keys()], accepts: isOfRule };
}
