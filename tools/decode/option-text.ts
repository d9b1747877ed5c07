// The value of a CoAP option as people read it: texts, numbers, blocks, or octets. Pure.

import { octetsOfBlock, readBlock } from "../../protocol/block.ts";
import * as coap from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import { isFault } from "../../protocol/fault.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import { optionName } from "./coap-names.ts";
import { quoted } from "./notation.ts";

const TEXTS = [
  coap.URI_HOST,
  coap.LOCATION_PATH,
  coap.URI_PATH,
  coap.URI_QUERY,
  coap.LOCATION_QUERY,
  coap.PROXY_URI,
  coap.PROXY_SCHEME,
];
const NUMBERS = [
  coap.URI_PORT,
  coap.CONTENT_FORMAT,
  14,
  coap.HOP_LIMIT,
  coap.ACCEPT,
  coap.SIZE_1,
  coap.SIZE_2,
];

/** Name and value: "Uri-Path s", "Block1 2, more, 512". */
export function optionText(option: Option): string {
  return `${optionName(option.number)} ${valueText(option)}`.trim();
}

// internal

function valueText({ number, value }: Option): string {
  if (TEXTS.includes(number)) {
    const text = new TextDecoder("utf-8").decode(toOctets(value));
    return /^[\w./-]+$/.test(text) ? text : quoted(text);
  }
  const uint = NUMBERS.includes(number) ? coap.uintOf(value) : -1;
  if (uint >= 0) return String(uint);
  if (number === coap.BLOCK_1 || number === coap.BLOCK_2) return blockText({ number, value });
  return hexOf(value);
}

/** Which block, whether others follow, and its octets [RFC 7959 §2.2]. */
function blockText(option: Option): string {
  const packet = { type: 0, code: 0, messageId: 0, token: [], payload: [], options: [option] };
  const block = readBlock(packet, option.number);
  if (block === undefined || isFault(block)) return hexOf(option.value);
  return `${block.number}${block.more ? ", more" : ""}, ${octetsOfBlock(block.exponent)}`;
}
