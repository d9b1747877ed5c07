// The public entry "onekey-pager/protocol": the wire for whoever writes the other end of it.
// Re-exports only. The machine that Node lends to it is `nodeMachine` of "onekey-pager".

export * from "./base64.ts";
export * from "./block.ts";
export * from "./block-assembly.ts";
export * from "./block-pull.ts";
export * from "./block-push.ts";
export * from "./bytes.ts";
export * from "./cbor.ts";
export * from "./ccm.ts";
export * from "./coap.ts";
export type { Option } from "./coap-body.ts";
export * from "./coap-matching.ts";
export * from "./codes.ts";
export * from "./crc.ts";
export type * from "./declaration.ts";
export * from "./exchange.ts";
export * from "./fault.ts";
export * from "./fault-answer.ts";
export * from "./limits.ts";
export type * from "./machine.ts";
export * from "./message-codec.ts";
export * from "./message-lookup.ts";
export * from "./messages.ts";
export * from "./oscore.ts";
export * from "./oscore-option.ts";
export * from "./replay.ts";
export * from "./serial-line.ts";
export * from "./setting-check.ts";
export { SETTING_NAMES, type SettingName } from "./settings.ts";
export * from "./sms-pdu.ts";
export * from "./sms-reader.ts";
