// A command as the wire says it: its values become octets. Pure.
// The keys of a renewal are put in here, for one sending, and stand in no row and no log.

import type { Declaration, List, Many, Values } from "../../protocol/declaration.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { RENEW } from "../../protocol/messages.ts";
import { commandNamed, RENEW_COMMAND } from "../care/command-names.ts";
import type { CommandRow } from "../care/commands.ts";
import type { ToldValues } from "../events.ts";
import { octetsOf } from "../octets.ts";
import type { Line } from "./lines.ts";

/**
 * The octets of a command. `renewed` is the line that a renewal makes. Undefined where it can't be
 * said: by a row of a newer version, or while that line is not at hand.
 */
export function commandOctets(
  machine: Machine,
  row: Pick<CommandRow, "id" | "command" | "values">,
  renewed?: Line,
): Bytes | undefined {
  const declaration = commandNamed(row.command);
  if (declaration === undefined) return undefined;
  const { id } = row;
  if (row.command === RENEW_COMMAND) {
    return renewed === undefined ? undefined : renewalOctets(machine, id, renewed);
  }
  const said = { what: declaration.word, id, ...wireValues(declaration, row.values) };
  return encodeMessage(machine, declaration, said as unknown as Values<Declaration>);
}

// internal

/** The context as the pager has it: its sender is our recipient. */
function renewalOctets(machine: Machine, id: number, { context, slot }: Line): Bytes {
  return encodeMessage(machine, RENEW, {
    what: RENEW.word,
    id,
    slot,
    kid: context.recipientId,
    platformId: context.senderId,
    senderKey: context.recipientKey,
    recipientKey: context.senderKey,
    commonIv: context.commonIv,
  });
}

/** Hexadecimal text becomes octets again. */
function wireValues(declaration: Declaration, values: ToldValues): Record<string, number | Many> {
  const wire: Record<string, number | Many> = {};
  for (const { name } of declaration.fields) {
    const value = values[name];
    if (value === undefined) continue;
    wire[name] = Array.isArray(value) ? (value.map(cellOf) as List) : cellOf(value);
  }
  return wire;
}

function cellOf(cell: number | string): number | Bytes {
  return typeof cell === "number" ? cell : octetsOf(cell);
}
