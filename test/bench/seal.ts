// A whole sealed sos, made and opened, against the bare CCM of node:crypto on the same octets.
// Ours also builds nonce, associated data, option and both packets; that is what the bound allows for.

import { createCipheriv, createDecipheriv } from "node:crypto";
import { CON, decodePacket, encodePacket, POST, pathOption } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { SOS } from "../../protocol/messages.ts";
import { openRequest, readSealed, sealRequest } from "../../protocol/oscore.ts";
import { aadOf, nonceOf } from "../../protocol/oscore-input.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PAGER, PLATFORM } from "../protocol/contexts.ts";
import { ORDINARY_SOS } from "./codec.ts";
import { compare, type Row } from "./rounds.ts";

const PIV = 70123;
const TAG_OCTETS = 8;

function sealOnce(payload: Bytes): Bytes {
  const request = {
    type: CON,
    code: POST,
    messageId: 513,
    token: Uint8Array.of(7),
    options: [pathOption(nodeMachine, SOS.letter)],
    payload,
  };
  return encodePacket(nodeMachine, sealRequest(nodeMachine, PAGER, PIV, request));
}

/** The code of what is inside, or -1. */
function openOnce(datagram: Bytes): number {
  const packet = decodePacket(nodeMachine, datagram);
  if (isFault(packet)) return -1;
  const sealed = readSealed(nodeMachine, packet);
  if (isFault(sealed)) return -1;
  const opened = openRequest(nodeMachine, PLATFORM, sealed);
  return isFault(opened) ? -1 : opened.code;
}

/** What the cipher alone is given for such a request. */
function cipherInput(payload: Bytes) {
  const piv = encodePiv(nodeMachine, PIV);
  const nonce = nonceOf(nodeMachine, PAGER.commonIv, PAGER.senderId, piv);
  const aad = aadOf(nodeMachine, PAGER.senderId, piv);
  // Inner code, path option, marker.
  const plaintext = Uint8Array.of(POST, 0xb1, 0x73, 0xff, ...(payload as Uint8Array));
  return {
    key: PAGER.senderKey as Uint8Array,
    nonce: nonce as Uint8Array,
    aad: aad as Uint8Array,
    plaintext,
  };
}

function ccmOnce({ key, nonce, aad, plaintext }: ReturnType<typeof cipherInput>): number {
  const cipher = createCipheriv("aes-128-ccm", key, nonce, { authTagLength: TAG_OCTETS });
  cipher.setAAD(aad, { plaintextLength: plaintext.length });
  const text = cipher.update(plaintext);
  cipher.final();
  const tag = cipher.getAuthTag();
  const decipher = createDecipheriv("aes-128-ccm", key, nonce, { authTagLength: TAG_OCTETS });
  decipher.setAuthTag(tag);
  decipher.setAAD(aad, { plaintextLength: text.length });
  const opened = decipher.update(text);
  decipher.final();
  return opened[0];
}

export async function sealRows(): Promise<Row[]> {
  const payload = encodeMessage(nodeMachine, SOS, ORDINARY_SOS);
  const input = cipherInput(payload);
  const octets = sealOnce(payload);
  const packet = decodePacket(nodeMachine, octets);
  if (isFault(packet) || packet.payload.length !== input.plaintext.length + TAG_OCTETS) {
    throw new Error("the two contenders don't seal the same text");
  }
  let sum = 0;
  const rows = await compare({
    subject: "seal and open a request",
    ours: {
      name: "CoAP, OSCORE and CCM",
      run(times) {
        for (let i = 0; i < times; i++) sum += openOnce(sealOnce(payload));
      },
    },
    others: [
      {
        name: "CCM of node:crypto alone",
        run(times) {
          for (let i = 0; i < times; i++) sum += ccmOnce(input);
        },
      },
    ],
    // At most 1.5 times as long.
    wanted: 1 / 1.5,
    rounds: 21,
    times: 3_000,
  });
  if (sum % POST !== 0) throw new Error("something was not opened");
  return rows;
}
