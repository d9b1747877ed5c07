// What is said of faults and of input that can't be read, in Chinese and English: what is wrong,
// where, and what to do about it. Never names what stands in a key.

import type { FaultCode } from "../../protocol/fault.ts";
import type { Words } from "../desk/words/words.ts";
import type { CborFault } from "./cbor-head.ts";
import type { Trouble, TroubleCode } from "./found.ts";
import type { ClosedWhy } from "./open.ts";

function w(zh: string, en: string): Words {
  return { zh, en };
}

export const faultWords: Record<FaultCode | CborFault, Words> = {
  truncated: w("不完整", "ends too early"),
  "too-long": w("过长", "too long"),
  "trailing-octets": w("末尾有多余字节", "octets behind the end"),
  "bad-version": w("不是 CoAP 版本 1", "not version 1 of CoAP"),
  "bad-token": w("令牌长度错误", "token too long"),
  "bad-code": w("代码保留或不符", "code that can't be"),
  "bad-option": w("选项错误", "option that can't be"),
  "too-many-options": w("选项过多", "too many options"),
  "bad-marker": w("标记后无载荷", "marker without payload"),
  "bad-empty": w("空报文不空", "empty message with octets"),
  "no-oscore-option": w("没有 OSCORE 选项", "no OSCORE option"),
  "bad-oscore-option": w("OSCORE 选项错误", "OSCORE option that can't be"),
  "unknown-kid": w("密钥标识不符", "another kid"),
  "not-authentic": w("标签错误", "tag wrong"),
  "missing-field": w("缺少必需字段", "needed field missing"),
  "bad-type": w("类型错误", "wrong type"),
  "out-of-bounds": w("超出范围", "out of bounds"),
  "not-canonical": w("不是唯一编码形式", "not the one form"),
  "bad-block": w("分块不连续", "block out of order"),
  "bad-character": w("字符错误", "character that can't be"),
  "bad-checksum": w("校验和错误", "checksum wrong"),
  reserved: w("保留的长度编码", "reserved length"),
  "bad-simple": w("简单值错误", "simple value that can't be"),
  "bad-break": w("多余的结束符", "break that ends nothing"),
  "bad-piece": w("分段类型不符", "piece of another type"),
  "bad-text": w("不是 UTF-8", "text that is no UTF-8"),
  "too-deep": w("嵌套过深", "nested too deep"),
};

export const closedWords: Record<ClosedWhy, (kid: string) => Words> = {
  "no-keys": () => w("未给密钥：用 --key 或 --data", "no key given: use --key or --data"),
  "no-key": (kid) => w(`没有 ${kid} 的密钥`, `no key for kid ${kid}`),
  "no-request": () =>
    w("其请求不在输入中：用 --request", "its request is not in the input: give it with --request"),
  "wrong-tag": (kid) =>
    w("标签错误：伪造、损坏或密钥不对", `tag wrong: forged, damaged, or not the key of ${kid}`),
};

/** A character as it can be shown: what is not printed is told by its number. */
function sign(of: Trouble): string {
  const text = String(of.is ?? "");
  const isPlain = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(text);
  return isPlain ? `"${text}"` : `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
}

export const troubleWords: Record<TroubleCode, (trouble: Trouble) => Words> = {
  "bad-digit": (t) =>
    w(
      `第 ${t.at} 个字符 ${sign(t)} 不是十六进制数字`,
      `character ${t.at}, ${sign(t)}, is no hex digit: mend it, or say with --as what it is`,
    ),
  "odd-digits": (t) =>
    w(`${t.is} 个数字，缺半个字节`, `${t.is} digits make half an octet: copy all of the line`),
  "bad-base64": (t) =>
    w(`第 ${t.at} 个字符 ${sign(t)} 不是 base64`, `character ${t.at}, ${sign(t)}, is no base64`),
  "cut-base64": (t) =>
    w(
      `base64 ${t.is} 个字符，不完整或过长`,
      `${t.is} characters of base64 make no datagram: copy all of it`,
    ),
  "nothing-here": (t) =>
    w("没有可解读的内容", `nothing of the kind ${t.is} is here: say with --as what it is`),
  "dump-gap": (t) =>
    w(`偏移 ${t.is}，应为 ${t.of}：缺行`, `offset ${t.is} where ${t.of} is due: a line is missing`),
  "not-ours": () =>
    w("不是本系统的短信", "a message of somebody else: ours are 8-bit data or begin with OK1:"),
  "bad-line": () => w("串口行已损坏", "a line of ours was damaged: have it sent again"),
  "bad-sms": () => w("短信无法解读", "a short message that can't be read"),
  "file-cut": (t) =>
    w(
      `文件在第 ${t.at} 字节处中断`,
      `the file ends in the middle, at octet ${t.at}: copy all of it`,
    ),
  "bad-length": (t) =>
    w(
      `第 ${t.at} 字节的长度 ${t.is} 不可能`,
      `length ${t.is} at octet ${t.at} can't be: the file is damaged from there on`,
    ),
  "bad-capture": (t) => w("不是 pcap 或 pcapng", `no pcap and no pcapng at octet ${t.at}`),
  "bad-version": (t) =>
    w(`文件版本 ${t.is} 未知`, `version ${t.is} is not known: convert it with editcap -F pcap`),
  "bad-link": (t) =>
    w(
      `链路类型 ${t.is} 不支持`,
      `link type ${t.is} is not read: capture Ethernet, raw IP, Linux cooked or loopback`,
    ),
  "no-interface": (t) => w(`接口 ${t.is} 未说明`, `interface ${t.is} is not described before it`),
  "packet-cut": (t) =>
    w(
      `抓包只留了 ${t.of} 字节中的 ${t.is}`,
      `the capture kept ${t.is} of ${t.of} octets: capture with -s 0`,
    ),
  "in-parts": () => w("IP 分片，未重组", "in parts (IP fragments), which are not put together"),
  "bad-packet": () => w("IP 或 UDP 头部错误", "lengths of IP or UDP don't fit the packet"),
};
