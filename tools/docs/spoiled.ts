// Payloads that no reader takes, made from good ones by rule: each with its fault and the path to it.
// The fault is what the rule of the spoiling demands, not what a decoder was seen to say.

import type { Declaration, Field } from "../../protocol/declaration.ts";
import type { FaultCode } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { arrayOf, type Good, goodOf, hex, numberItem, octetsItem } from "./items.ts";

export interface SpoiledVector {
  name: string;
  message: string;
  payload: string;
  fault: FaultCode;
  path: string;
  /** Whether pager.cddl refuses it too; the rest is about octets that CDDL doesn't see. */
  inCddl: boolean;
}

const NULL = "f6";

function withItem(good: Good, field: Field, item: Bytes): string {
  const at = good.message.fields.indexOf(field);
  return arrayOf(good.items.map((one, place) => (place === at ? item : one)));
}

interface Spoiling {
  name: string;
  payload: string;
  fault: FaultCode;
  /** The field that the fault is in; absent where it is about the whole. */
  field?: Field;
  inCddl: boolean;
}

function missing({ message, ...good }: Good): Spoiling {
  const needed = message.fields.filter((field) => field.needed).at(-1);
  if (needed === undefined) {
    // Where nothing is needed, nothing is said by no octets, and never by an array.
    return { name: "an array of nothing", payload: "80", fault: "not-canonical", inCddl: true };
  }
  return {
    name: `null for ${needed.name}`,
    payload: withItem({ message, ...good }, needed, hex(NULL)),
    fault: "missing-field",
    field: needed,
    inCddl: true,
  };
}

/** The field whose bounds are tried: the last number that is not the word. */
function boundedOf(message: Declaration): Field {
  const numbers = message.fields.filter((field) => field.kind === undefined);
  return numbers[numbers.length - 1];
}

function lastCode(field: Field): number {
  return field.table === undefined ? field.max : field.table.length - 1;
}

function bounds(good: Good): Spoiling[] {
  const field = boundedOf(good.message);
  const over = lastCode(field) + 1;
  const under = field.flag === undefined ? field.min - 1 : -1 - over;
  const both: [string, number][] = [
    [`${field.name} above its bound`, over],
    [`${field.name} below its bound`, under],
  ];
  const numbers = both.map(([name, value]): Spoiling => {
    const payload = withItem(good, field, numberItem(value));
    return { name, payload, fault: "out-of-bounds", field, inCddl: true };
  });
  const ofOctets = good.message.fields
    .filter((one) => one.kind?.of === "octets" && one.min > 0)
    .slice(0, 1)
    .map((one): Spoiling => {
      const payload = withItem(good, one, octetsItem(one.min - 1));
      const name = `${one.name} one octet short`;
      return { name, payload, fault: "out-of-bounds", field: one, inCddl: true };
    });
  const ofLists = good.message.fields
    .filter((one) => one.kind?.of === "list")
    .map((one): Spoiling => {
      const payload = withItem(good, one, hex("8101"));
      const name = `${one.name} with a row cut off`;
      return { name, payload, fault: "out-of-bounds", field: one, inCddl: true };
    });
  return [...numbers, ...ofOctets, ...ofLists];
}

function typed(good: Good): Spoiling[] {
  const last = good.message.fields[good.message.fields.length - 1];
  const number = boundedOf(good.message);
  return [
    {
      name: `text for ${last.name}`,
      payload: withItem(good, last, hex("6131")),
      fault: "bad-type",
      field: last,
      inCddl: true,
    },
    {
      name: `a float for ${number.name}`,
      payload: withItem(good, number, hex("f93e00")),
      fault: "bad-type",
      field: number,
      inCddl: true,
    },
    { name: "no array", payload: "07", fault: "bad-type", inCddl: true },
  ];
}

function forms(good: Good): Spoiling[] {
  const number = boundedOf(good.message);
  const whole = arrayOf(good.items);
  const optional = good.message.fields.find((field, at) => {
    return !field.needed && good.message.fields.slice(at).every((one) => !one.needed);
  });
  const at = optional === undefined ? 0 : good.message.fields.indexOf(optional);
  const ended: Spoiling[] =
    optional === undefined
      ? []
      : [
          {
            name: "a null at the end",
            payload: arrayOf([...good.items.slice(0, at), hex(NULL)]),
            fault: "not-canonical",
            field: optional,
            inCddl: true,
          },
        ];
  return [
    ...ended,
    {
      name: `${number.name} in more octets than it needs`,
      payload: withItem(good, number, hex("1805")),
      fault: "not-canonical",
      field: number,
      inCddl: false,
    },
    {
      name: "a null at the end of an unknown tail",
      payload: arrayOf([...good.items, hex("05"), hex(NULL)]),
      fault: "not-canonical",
      inCddl: false,
    },
    {
      name: "fewer items than announced",
      payload: whole.slice(0, 2),
      fault: "truncated",
      inCddl: false,
    },
    {
      name: "an octet behind the end",
      payload: `${whole}00`,
      fault: "trailing-octets",
      inCddl: false,
    },
  ];
}

function spoiledOf(message: Declaration): SpoiledVector[] {
  const good = goodOf(message);
  const all = [missing(good), ...typed(good), ...bounds(good), ...forms(good)];
  return all.map(({ name, payload, fault, field, inCddl }) => ({
    name: `${message.name}, ${name}`,
    message: message.name,
    payload,
    fault,
    path: field === undefined ? message.name : `${message.name}.${field.name}`,
    inCddl,
  }));
}

/** At least three a message that CDDL refuses too. */
export function spoiledVectors(): SpoiledVector[] {
  return MESSAGES.flatMap(spoiledOf);
}
