// The AT channel: lines, counted octets, late answers. No modem; only octets in and events out.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Channel,
  expireCommand,
  feedChannel,
  newChannel,
  nextEvent,
  startCommand,
} from "../../firmware/modem/at.ts";
import { settleMs } from "../../firmware/modem/limits.ts";

function ask(channel: Channel, tag: string, text: string, prefix: string): void {
  startCommand(channel, 0, { tag, phase: "ready", text, prefix, limitMs: 5000 });
}

/** What came out, in words. */
function eventsOf(channel: Channel, text: string, pieceLength: number): string[] {
  const seen: string[] = [];
  for (let from = 0; from < text.length; from += pieceLength) {
    feedChannel(channel, 0, text.slice(from, from + pieceLength));
    for (let event = nextEvent(channel); event !== undefined; event = nextEvent(channel)) {
      if (event.kind === "line") seen.push(`line ${event.line}`);
      else if (event.kind === "prompt") seen.push("prompt");
      else {
        const { command, final, error, lines, payload } = event.answer;
        const parts = [command.tag, final, error > 0 ? String(error) : "", ...lines, payload];
        seen.push(parts.filter((part) => part !== "").join(" | "));
      }
    }
  }
  return seen;
}

const PAYLOAD = '\r\nOK\r\n> +QIURC: "recv",0\r\nERROR\r\n';

const TABLE: {
  name: string;
  tag: string;
  text: string;
  prefix: string;
  come: string;
  events: string[];
}[] = [
  {
    name: "echo and answer",
    tag: "probe",
    text: "AT",
    prefix: "",
    come: "AT\r\r\nOK\r\n",
    events: ["probe | ok"],
  },
  {
    name: 'a payload that holds "OK", a prompt and an unasked line is counted, not searched',
    tag: "read",
    text: "AT+QIRD=0,1500",
    prefix: "+QIRD",
    come: `\r\n+QIRD: ${PAYLOAD.length}\r\n${PAYLOAD}\r\n\r\nOK\r\n`,
    events: [`read | ok | +QIRD: ${PAYLOAD.length} | ${PAYLOAD}`],
  },
  {
    name: "an unasked line inside an answer goes past it",
    tag: "signal",
    text: "AT+QCSQ",
    prefix: "+QCSQ",
    come: '\r\n+QCSQ: "GSM",-70\r\n\r\n+QIURC: "recv",0\r\n\r\nOK\r\n',
    events: ['line +QIURC: "recv",0', 'signal | ok | +QCSQ: "GSM",-70'],
  },
  {
    name: "the unasked form of a registration is not taken for the read one",
    tag: "+CEREG",
    text: "AT+CEREG?",
    prefix: "+CEREG",
    come: '\r\n+CEREG: 1,"5650","29A7DF4",8\r\n\r\n+CEREG: 2,5,"5650","29A7DF4",8\r\n\r\nOK\r\n',
    events: ['line +CEREG: 1,"5650","29A7DF4",8', '+CEREG | ok | +CEREG: 2,5,"5650","29A7DF4",8'],
  },
  {
    name: "an error number",
    tag: "fix",
    text: "AT+QGPSLOC=2",
    prefix: "+QGPSLOC",
    come: "\r\n+CME ERROR: 516\r\n",
    events: ["fix | error | 516"],
  },
  {
    name: "a late OK does not end a send",
    tag: "send",
    text: 'AT+QISENDEX=0,"00"',
    prefix: "",
    come: "\r\nOK\r\n\r\nSEND OK\r\n",
    events: ["line OK", "send | sent"],
  },
  {
    name: "a refused send",
    tag: "send",
    text: 'AT+QISENDEX=0,"00"',
    prefix: "",
    come: "\r\nSEND FAIL\r\n",
    events: ["send | refused"],
  },
  {
    name: "a rubbish octet before a line",
    tag: "",
    text: "",
    prefix: "",
    come: "\xff\r\nRDY\r\n\x00APP RDY\r\n",
    events: ["line RDY", "line APP RDY"],
  },
];

for (const row of TABLE) {
  test(`${row.name}, cut anywhere`, () => {
    for (const pieceLength of [1, 2, 3, 7, 1000]) {
      const channel = newChannel(0);
      if (row.tag !== "") ask(channel, row.tag, row.text, row.prefix);
      assert.equal(
        eventsOf(channel, row.come, pieceLength),
        row.events,
        `pieces of ${pieceLength}`,
      );
    }
  });
}

test("the prompt of a text has no end of line, and comes once", () => {
  for (const pieceLength of [1, 2, 3, 1000]) {
    const channel = newChannel(0);
    ask(channel, "smsText", 'AT+CMGS="+1"', "+CMGS");
    assert.equal(eventsOf(channel, "\r\n> ", pieceLength), ["prompt"]);
    const rest = eventsOf(channel, "> \r\n+CMGS: 4\r\n\r\nOK\r\n", pieceLength);
    assert.is(rest.pop(), "smsText | ok | +CMGS: 4");
    assert.not.ok(rest.includes("prompt"));
  }
});

test("a message ends with silence behind a final line, whatever its own lines say", () => {
  const channel = newChannel(0);
  ask(channel, "smsRead", "AT+CMGR=0", "+CMGR");
  const come = '\r\n+CMGR: "REC UNREAD","+1",,"x"\r\nOK\r\nRDY\r\n+CMTI: "ME",9\r\n\r\nOK\r\n';
  assert.equal(eventsOf(channel, come, 7), []);
  assert.is(expireCommand(channel, settleMs - 1), undefined);
  const answer = expireCommand(channel, settleMs);
  assert.is(answer?.final, "ok");
  assert.equal(answer?.lines.slice(1, 3), ["OK", "RDY"]);
});

test("a line of a command that is not running is nobody's answer", () => {
  const channel = newChannel(0);
  ask(channel, "probe", "AT", "");
  assert.equal(eventsOf(channel, "\r\n+QIRD: 4\r\nRDY\r\n\r\nOK\r\n", 5), [
    "line +QIRD: 4",
    "line RDY",
    "probe | ok",
  ]);
});

test("a command is silent when its own limit passed, also where the counter wraps", () => {
  for (const start of [0, 2147483000, -2147483648]) {
    const channel = newChannel(start);
    startCommand(channel, start, {
      tag: "x",
      phase: "probe",
      text: "AT",
      prefix: "",
      limitMs: 5000,
    });
    assert.is(expireCommand(channel, (start + 4999) | 0), undefined);
    assert.is(expireCommand(channel, (start + 5000) | 0)?.final, "silent");
    assert.is(channel.running, undefined);
  }
});

test("a payload that never came whole is given up with its command", () => {
  const channel = newChannel(0);
  ask(channel, "read", "AT+QIRD=0,1500", "+QIRD");
  assert.equal(eventsOf(channel, "\r\n+QIRD: 900\r\nonly this", 4), []);
  assert.is(expireCommand(channel, 5000)?.final, "silent");
  assert.equal(eventsOf(channel, "\r\nRDY\r\n", 100), ["line RDY"]);
});

test("a line without an end does not grow for ever", () => {
  const channel = newChannel(0);
  for (let count = 0; count < 100; count++) eventsOf(channel, "x".repeat(100), 100);
  assert.ok(channel.text.length <= 1124);
});

test.run();
