// The file in which Wireshark and tshark look for OSCORE contexts, one line a direction.
// Holds master secrets in the clear, since Wireshark derives keys by itself: write it for its owner only.

import { hexOf } from "../../sdk/octets.ts";
import type { Master } from "./key-file.ts";

/** The name under which Wireshark looks for it, in its folder of settings. */
export const WIRESHARK_FILE = "oscore_contexts";

const ALGORITHM = "AES-CCM-16-64-128 (CCM*)";

/**
 * Columns: sender id, recipient id, master secret, master salt, id context, algorithm. A line opens
 * the sender's requests and the answers to them, so that each context needs one for each end.
 */
export function wiresharkText(masters: Master[]): string {
  const lines = masters.flatMap(({ master, ids }) => {
    const { senderId, recipientId, idContext } = ids;
    const keys = [hexOf(master.secret), hexOf(master.salt), hexOf(idContext ?? []), ALGORITHM];
    return [
      [hexOf(senderId), hexOf(recipientId), ...keys],
      [hexOf(recipientId), hexOf(senderId), ...keys],
    ];
  });
  const head = "# Master secrets of pagers, for Wireshark. Delete this file when it has served.";
  const rows = lines.map((columns) => columns.map((text) => `"${text}"`).join(","));
  return `${[head, ...rows].join("\n")}\n`;
}

/** Platform ids that several contexts share: Wireshark opens requests under them for the first only. */
export function sharedPlatformIds(masters: Master[]): string[] {
  const ids = masters.map(({ ids: { recipientId } }) => hexOf(recipientId));
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
}
