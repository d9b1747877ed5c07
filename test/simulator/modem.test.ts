// The simulated BG96 at its serial line: commands, power, unasked lines.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { isFault } from "../../protocol/fault.ts";
import { fromPduLine, phoneOf } from "../../protocol/sms-pdu.ts";
import { decodeDeliver } from "../../protocol/sms-reader.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createAtLine, createReadyLine } from "./at-line.ts";

/** Command and answer, in an order that a ready modem goes through. */
const DIALOGUE: [string, string][] = [
  ["AT", "OK"],
  ["at+cmee=1", "OK"],
  ["ATI", "Quectel / BG96 / Revision: BG96MAR02A07M1G / OK"],
  ["AT+CGSN", "866425030000012 / OK"],
  ["AT+CPIN?", "+CPIN: READY / OK"],
  ["AT+QSIMSTAT?", "+QSIMSTAT: 1,1 / OK"],
  ["AT+CFUN?", "+CFUN: 1 / OK"],
  ["AT+IPR?", "+IPR: 115200 / OK"],
  ["AT+IPR=115200;&W", "OK"],
  ['AT+QCFG="nwscanseq"', '+QCFG: "nwscanseq",020301 / OK'],
  ['AT+QCFG="nwscanseq",0203,1', "OK"],
  ['AT+QCFG="nwscanseq"', '+QCFG: "nwscanseq",0203 / OK'],
  ['AT+QCFG="nosuch"', "ERROR"],
  ["AT+CEREG?", "+CEREG: 0,1 / OK"],
  ["AT+CEREG=2", "OK"],
  ["AT+CEREG?", '+CEREG: 2,1,"5650","29A7DF4",8 / OK'],
  ["AT+COPS?", '+COPS: 0,0,"Test, mobile",8 / OK'],
  ["AT+CSQ", "+CSQ: 23,0 / OK"],
  ["AT+QNWINFO", '+QNWINFO: "CAT-M1","46000","LTE BAND 3",1300 / OK'],
  ['AT+QICSGP=1,1,"care.iot","","",1', "OK"],
  ["AT+QICSGP=1", '+QICSGP: 1,"care.iot","","",1 / OK'],
  ["AT+QIACT?", '+QIACT: 1,1,1,"10.43.0.7" / OK'],
  ["AT+QIACT=1", "ERROR"],
  ["AT+CBC", "+CBC: 0,80,3800 / OK"],
  ["AT+QGPS?", "+QGPS: 0 / OK"],
  ["AT+QGPSEND", "+CME ERROR: 505"],
  ["AT+QGPS=1", "OK"],
  ["AT+QGPS=1", "+CME ERROR: 504"],
  ["AT+QGPSLOC=2", "+CME ERROR: 516"],
  ["AT+CMEE=2", "OK"],
  ["AT+QGPSLOC=2", "+CME ERROR: Not fixed now"],
  ["AT+CMEE=0", "OK"],
  ["AT+QGPSLOC=2", "ERROR"],
  ["AT+QGPSEND", "OK"],
  ["AT+QGPSXTRADATA?", "ERROR"],
  ["AT+CLCC", '+CLCC: 1,0,0,1,0,"",128 / OK'],
  ["AT+CMEE=1", "OK"],
  ["AT+CLIP=1", "+CME ERROR: 4"],
  ["ATD+8610086000001;", "+CME ERROR: 4"],
  ["AT+CMEE=0", "OK"],
  ["ATD+8610086000001", "ERROR"],
  ["AT+NOSUCH", "ERROR"],
  ["AT+NOSUCH=1", "ERROR"],
  ["AT$", "ERROR"],
];

test("each command of the reference is answered in its form, and no other is", () => {
  const line = createReadyLine();
  for (const [command, answer] of DIALOGUE) assert.is(line.ask(command, 500), answer, command);
});

test("a call that is dialled rings, is picked up, and ends with a word; one that comes rings and is named", () => {
  const line = createReadyLine({ callee: () => ({ answersMs: 4000, talksMs: 5000 }) });
  const called = (state: number, ours: boolean) =>
    `+CLCC: 1,0,0,1,0,"",128 / +CLCC: 2,${ours ? 0 : 1},${state},0,0,"+8610086000001",145 / OK`;
  assert.is(line.ask("AT+CLIP=1"), "OK");
  assert.is(line.ask("ATD+8610086000001;"), "OK");
  assert.is(line.ask("AT+CLCC"), called(2, true));
  assert.is(line.ask("AT+CLCC"), called(3, true));
  line.clock.advanceBy(3000);
  assert.is(line.ask("AT+CLCC"), called(0, true));
  line.heard();
  line.clock.advanceBy(5000);
  assert.is(line.heard(), "NO CARRIER");
  line.modem.callIn("+8610086000001");
  line.clock.advanceBy(100);
  assert.is(line.heard(), 'RING / +CLIP: "+8610086000001",145');
  assert.is(line.ask("AT+CLCC"), called(4, false));
  assert.is(line.ask("ATA"), "OK");
  assert.is(line.ask("AT+CLCC"), called(0, false));
  assert.equal(line.modem.violations, []);
  assert.is(line.ask("ATH"), "OK");
  assert.equal(line.modem.violations, ["hung up on +8610086000001"]);
});

test("time before the first registration is the year 80, then local with its zone", () => {
  const line = createAtLine({ power: "on" });
  assert.is(line.ask("AT+CCLK?", 100), '+CCLK: "80/01/06,00:00:00+00" / OK');
  line.clock.advanceBy(3900);
  assert.is(line.ask("AT+CCLK?"), '+CCLK: "26/09/01,08:00:04+32" / OK');
  assert.is(line.ask("AT+QLTS=1"), '+QLTS: "2026/09/01,00:00:05+32,0" / OK');
});

test("echo is on after every start and off after ATE0", () => {
  const line = createAtLine({ power: "on" });
  let octets = "";
  line.modem.onToPager((text) => {
    octets += text;
  });
  line.write("AT\r");
  line.clock.advanceBy(100);
  assert.is(octets, "AT\r\r\nOK\r\n");
  line.write("ATE0\r");
  line.clock.advanceBy(100);
  octets = "";
  line.write("AT\r");
  line.clock.advanceBy(100);
  assert.is(octets, "\r\nOK\r\n");
});

test("off, a pulse under 500 ms does nothing and one of 600 brings RDY and what follows it", () => {
  const line = createAtLine();
  line.modem.powerKey(400);
  line.clock.advanceBy(30000);
  assert.is(line.heard(), "");
  assert.is(line.ask("AT"), "", "nobody hears it");
  line.modem.powerKey(600);
  line.clock.advanceBy(4000);
  assert.is(line.ask("AT", 500), "", "not yet");
  line.clock.advanceBy(10000);
  assert.is(line.heard(), "RDY / +CPIN: READY / +QIND: SMS DONE / APP RDY");
});

test("on, a pulse of 650 ms switches off", () => {
  const line = createReadyLine();
  line.modem.powerKey(650);
  line.clock.advanceBy(5000);
  assert.is(line.heard(), "NORMAL POWER DOWN");
  assert.is(line.modem.power, "off");
});

test("CFUN=1,1 answers, says POWERED DOWN and is ready again, with its echo", () => {
  const line = createReadyLine();
  assert.is(line.ask("AT+CFUN=1,1", 2900), "OK / POWERED DOWN");
  line.clock.advanceBy(1000);
  assert.match(line.heard(), /^RDY/);
  line.clock.advanceBy(2000);
  line.heard();
  line.ask("ATE0");
  assert.is(line.ask("AT+QIACT?"), "OK", "its context is gone");
});

test("QPOWD switches off", () => {
  const line = createReadyLine();
  assert.is(line.ask("AT+QPOWD=1", 5000), "OK / POWERED DOWN");
  assert.is(line.modem.power, "off");
});

test("asleep, a pulse within a second is ignored, a later one of 200 ms wakes it", () => {
  const line = createReadyLine();
  line.ask("AT+CEREG=2");
  line.ask('AT+QCFG="nwscanmode",3,1');
  assert.is(line.ask('AT+QCFG="psm/enter",1', 500), "ERROR", "nobody asked the network for it");
  line.ask('AT+CPSMS=1,,,"00111111","00100010"');
  assert.is(line.ask("AT+CPSMS?"), '+CPSMS: 1,,,"00111111","00100010" / OK');
  assert.is(line.ask('AT+QCFG="psm/enter",1', 500), "OK / PSM POWER DOWN");
  line.modem.powerKey(200);
  line.clock.advanceBy(10000);
  assert.is(line.modem.power, "asleep");
  line.modem.powerKey(200);
  line.clock.advanceBy(10000);
  assert.is(line.modem.power, "on");
  line.ask("ATE0");
  assert.is(line.ask("AT+CEREG?"), "+CEREG: 0,1 / OK");
  assert.is(line.ask('AT+QCFG="nwscanmode"'), '+QCFG: "nwscanmode",3 / OK');
});

test("another cell is told by an unasked line where it was asked for, and by each answer", () => {
  const line = createReadyLine();
  line.ask("AT+CEREG=2");
  line.modem.setCell(0x1a2b3c);
  line.clock.advanceBy(100);
  assert.is(line.heard(), '+CEREG: 1,"5650","1A2B3C",8');
  assert.is(line.ask("AT+CEREG?"), '+CEREG: 2,1,"5650","1A2B3C",8 / OK');
  line.modem.setCell(0x1a2b3c);
  line.ask("AT+CEREG=1");
  line.modem.setCell(0x1a2b3d);
  line.clock.advanceBy(100);
  assert.is(line.heard(), "");
});

test("on GSM a cell has 16 bits, and the network is named with its band", () => {
  const line = createAtLine({ power: "on", air: "gsm" });
  line.ask("AT+CGREG=2");
  line.clock.advanceBy(5000);
  assert.is(line.ask("AT+CGREG?"), '+CGREG: 2,1,"5650","7DF4",0 / OK');
  assert.is(line.ask("AT+QNWINFO"), '+QNWINFO: "EDGE","46000","GSM 900",62 / OK');
});

test("a modem whose key nobody can press comes back by itself", () => {
  const line = createAtLine({ power: "on", selfPowered: true });
  line.clock.advanceBy(4000);
  line.ask("AT+QPOWD=1", 30000);
  assert.is(line.modem.power, "on");
});

test("registration lines come as asked for: none, state, or state with cell", () => {
  for (const [mode, last] of [
    ["0", ""],
    ["1", "+CEREG: 1"],
    ["2", '+CEREG: 1,"5650","29A7DF4",8'],
  ]) {
    const line = createAtLine({ power: "on" });
    line.ask(`AT+CEREG=${mode}`, 500);
    line.clock.advanceBy(5000);
    assert.is(line.heard(), last);
  }
});

test("QIACT fails before registration", () => {
  const line = createAtLine({ power: "on" });
  assert.is(line.ask("AT+QIACT=1"), "ERROR");
});

test("a command sent while an answer is owed is written down as a violation", () => {
  const line = createReadyLine({ faults: scriptFaults([{ name: "answerLate", skip: 3 }]) });
  assert.equal(line.modem.violations, []);
  line.ask("AT+CSQ", 100);
  line.ask("AT+CSQ", 100);
  line.ask("AT+CSQ", 100);
  line.ask("AT+CSQ", 100);
  assert.is(line.modem.violations.length > 0, true);
  line.clock.advanceBy(20000);
  assert.match(line.heard(), /^\+CSQ.*OK \/ \+CSQ.*OK/);
});

test("a command sooner than 20 ms after a line is written down as a violation", () => {
  const line = createReadyLine();
  line.write("AT\r");
  while (line.heard() === "") line.clock.advanceBy(1);
  line.write("AT\r");
  assert.is(line.modem.violations.length, 1);
});

test("a short message is announced, read once as unread, and its index is used again", () => {
  const line = createReadyLine();
  line.ask("AT+CMGF=1");
  assert.ok(line.modem.deliverMessage("+8613800000000", "where are you"));
  line.clock.advanceBy(100);
  assert.is(line.heard(), '+CMTI: "ME",0');
  assert.match(
    line.ask("AT+CMGR=0"),
    /^\+CMGR: "REC UNREAD","\+8613800000000",,".*" \/ where are you \/ OK$/,
  );
  assert.match(line.ask("AT+CMGR=0"), /REC READ/);
  line.ask("AT+CMGD=0");
  line.modem.deliverMessage("+8613800000000", "again");
  line.clock.advanceBy(100);
  assert.is(line.heard(), '+CMTI: "ME",0');
});

test("a full store keeps nothing and says nothing; after a restart the form is PDU", () => {
  const line = createReadyLine();
  for (let count = 0; count < 10; count++) line.modem.deliverMessage("+1", `text ${count}`);
  line.clock.advanceBy(100);
  line.heard();
  assert.not.ok(line.modem.deliverMessage("+1", "one too many"));
  line.clock.advanceBy(100);
  assert.is(line.heard(), "");
  assert.match(line.ask("AT+CPMS?"), /^\+CPMS: "ME",10,10/);
  assert.match(line.ask("AT+CMGR=0"), /^\+CMGR: 0,,\d+ \/ [0-9A-F]+ \/ OK$/);
});

test("in PDU form a message is what the network's own form says, with the length of its TPDU", () => {
  const line = createReadyLine();
  line.modem.deliverMessage("+8613800000000", "where are you");
  line.clock.advanceBy(100);
  line.heard();
  line.ask("AT+CMGF=0");
  const [head, pdu] = line.ask("AT+CMGR=0").split(" / ");
  const tpdu = fromPduLine(nodeMachine, pdu);
  if (isFault(tpdu)) throw new Error(tpdu.fault);
  const sms = decodeDeliver(nodeMachine, tpdu);
  if (isFault(sms)) throw new Error(sms.fault);
  assert.is(phoneOf(sms), "+8613800000000");
  assert.is(Buffer.from(sms.data as Uint8Array).toString("latin1"), "where are you");
  assert.is(head, `+CMGR: 0,,${tpdu.length}`);
});

test("sending a message waits at its prompt for Ctrl-Z, and Escape leaves it", () => {
  const line = createReadyLine({ faults: scriptFaults([{ name: "smsSlow" }]) });
  line.ask("AT+CMGF=1");
  assert.is(line.ask('AT+CMGS="+8613800000000"'), "> ");
  line.write("help\x1b");
  line.clock.advanceBy(100);
  assert.is(line.heard(), "OK");
  line.ask('AT+CMGS="+8613800000000"');
  line.write("help\x1a");
  line.clock.advanceBy(29000);
  assert.is(line.heard(), "", "slow");
  line.clock.advanceBy(100000);
  assert.is(line.heard(), "+CMGS: 1 / OK");
});

test.run();
