// Names of CoAP's types, codes and options, as its documents and Wireshark write them. Tables only.

import * as coap from "../../protocol/coap.ts";

const TYPES = ["CON", "NON", "ACK", "RST"];

/** By class and detail [RFC 7252 §12.1, RFC 7959 §2.9]. */
const CODES: Record<string, string> = {
  "0.00": "Empty",
  "0.01": "GET",
  "0.02": "POST",
  "0.03": "PUT",
  "0.04": "DELETE",
  "0.05": "FETCH",
  "2.01": "Created",
  "2.02": "Deleted",
  "2.03": "Valid",
  "2.04": "Changed",
  "2.05": "Content",
  "2.31": "Continue",
  "4.00": "Bad Request",
  "4.01": "Unauthorized",
  "4.02": "Bad Option",
  "4.03": "Forbidden",
  "4.04": "Not Found",
  "4.05": "Method Not Allowed",
  "4.06": "Not Acceptable",
  "4.08": "Request Entity Incomplete",
  "4.09": "Conflict",
  "4.12": "Precondition Failed",
  "4.13": "Request Entity Too Large",
  "4.15": "Unsupported Content-Format",
  "4.29": "Too Many Requests",
  "5.00": "Internal Server Error",
  "5.01": "Not Implemented",
  "5.02": "Bad Gateway",
  "5.03": "Service Unavailable",
  "5.04": "Gateway Timeout",
  "5.05": "Proxying Not Supported",
};

const OPTIONS: Record<number, string> = {
  [coap.IF_MATCH]: "If-Match",
  [coap.URI_HOST]: "Uri-Host",
  [coap.ETAG]: "ETag",
  5: "If-None-Match",
  6: "Observe",
  [coap.URI_PORT]: "Uri-Port",
  [coap.LOCATION_PATH]: "Location-Path",
  [coap.OSCORE]: "OSCORE",
  [coap.URI_PATH]: "Uri-Path",
  [coap.CONTENT_FORMAT]: "Content-Format",
  14: "Max-Age",
  [coap.URI_QUERY]: "Uri-Query",
  [coap.HOP_LIMIT]: "Hop-Limit",
  [coap.ACCEPT]: "Accept",
  [coap.LOCATION_QUERY]: "Location-Query",
  [coap.BLOCK_2]: "Block2",
  [coap.BLOCK_1]: "Block1",
  [coap.SIZE_2]: "Size2",
  [coap.PROXY_URI]: "Proxy-Uri",
  [coap.PROXY_SCHEME]: "Proxy-Scheme",
  [coap.SIZE_1]: "Size1",
  [coap.ECHO]: "Echo",
  [coap.REQUEST_TAG]: "Request-Tag",
};

export function typeName(type: number): string {
  return TYPES[type] ?? String(type);
}

/** Class and detail, as in "2.04". */
export function codeNumber(code: number): string {
  return `${code >> 5}.${String(code & 31).padStart(2, "0")}`;
}

/** With its name where it has one: "2.04 Changed". */
export function codeText(code: number): string {
  const number = codeNumber(code);
  return CODES[number] === undefined ? number : `${number} ${CODES[number]}`;
}

export function optionName(number: number): string {
  return OPTIONS[number] ?? `option ${number}`;
}
