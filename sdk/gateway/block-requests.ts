// A request that is a block of something longer: of a log on its way up, of an image on its way down.
// Its answer has content, so it always goes under the platform's own number [wire §1.1].

import { partAnswer } from "./answer.ts";
import type { BodyAnswer } from "./bodies.ts";
import { hear } from "./heard.ts";
import { nextPiv } from "./lines.ts";
import { answer, type GatewayParts, keep, type Opened, type Refuse, readOpened } from "./opened.ts";

/** What is to be answered, or undefined for a request that has nothing to do with blocks. */
export function blockOf(parts: GatewayParts, { line, packet }: Opened): BodyAnswer | undefined {
  return parts.bodies.answer({ pager: line.pager, kid: line.kid }, packet);
}

/** With its last block a body is stored like the one message that it is, and then answered. */
export async function takeBlock(
  parts: GatewayParts,
  refuse: Refuse,
  opened: Opened,
  block: BodyAnswer,
): Promise<void> {
  const { line, request, packet } = opened;
  const { whole } = block;
  const reading = whole === undefined ? undefined : readOpened(parts, { ...opened, packet: whole });
  if (typeof reading === "string") return refuse(reading, request);
  const fact = reading?.fact;
  hear(line, request, fact, parts.clock.nowMs());
  parts.texts.note(request);
  const piv = nextPiv(line);
  const stored = piv === undefined ? undefined : await keep(parts, { fact, line });
  if (piv === undefined || stored === undefined) return refuse("not-stored");
  if (stored.receipt !== undefined && "event" in stored.receipt) parts.counters.stored += 1;
  block.stored();
  const own = { piv, reply: block.reply };
  const bytes = partAnswer(parts.machine, line.context, request.origin, packet, own);
  answer(parts, opened, { name: line.pager, what: "block", bytes });
}
