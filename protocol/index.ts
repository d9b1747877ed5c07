// The public entry "onekey-pager/protocol": the wire for whoever writes the other end of it.
// Re-exports only. The machine that Node lends to it is `nodeMachine` of "onekey-pager".

export * from "./bytes.ts";
export * from "./cbor.ts";
export * from "./ccm.ts";
export * from "./coap.ts";
export * from "./codes.ts";
export * from "./crc.ts";
export type * from "./declaration.ts";
export * from "./exchange.ts";
export * from "./fault.ts";
export * from "./limits.ts";
export type * from "./machine.ts";
export * from "./message-codec.ts";
export * from "./messages.ts";
export * from "./oscore.ts";
export * from "./oscore-option.ts";
export * from "./replay.ts";
