// Sockets of the simulated modem: three ways to send, reading, errors, and whom it hears.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AtLine, createReadyLine } from "./at-line.ts";

function openPeer(line: AtLine, port: number) {
  const got: { text: string; port: number }[] = [];
  const socket = line.network.open({
    port,
    peer: true,
    onDatagram: (octets, from) =>
      got.push({ text: Buffer.from(octets).toString(), port: from.port }),
    onFault: () => assert.unreachable(),
  });
  return {
    got,
    send: (text: string, port: number) =>
      socket.send(Uint8Array.from(Buffer.from(text)), { host: "127.0.0.1", port }),
  };
}

function openSocket(line: AtLine): void {
  assert.is(line.ask('AT+QIOPEN=1,0,"UDP","127.0.0.1",5683,0,0'), "OK / +QIOPEN: 0,0");
}

test("hexadecimal and prompted octets arrive as they are", () => {
  const line = createReadyLine();
  const peer = openPeer(line, 5683);
  openSocket(line);
  assert.is(line.ask('AT+QISENDEX=0,"68656c6c6f"'), "SEND OK");
  assert.is(line.ask("AT+QISEND=0,6"), "> ");
  line.write("O");
  line.write("K\r\n\x1a");
  line.write("!");
  line.clock.advanceBy(1000);
  assert.is(line.heard(), "SEND OK");
  assert.equal(
    peer.got.map((one) => one.text),
    ["hello", "OK\r\n\x1a!"],
  );
  assert.match(
    line.ask("AT+QISTATE=1,0"),
    /^\+QISTATE: 0,"UDP","127.0.0.1",5683,\d+,2,1,0,0,"uart1" \/ OK$/,
  );
});

test("recv is said once, until a read says 0", () => {
  const line = createReadyLine();
  const peer = openPeer(line, 5683);
  openSocket(line);
  line.ask('AT+QISENDEX=0,"00"');
  const port = peer.got[0].port;
  for (const text of ["one", "two", "three"]) peer.send(text, port);
  line.clock.advanceBy(1000);
  assert.is(line.heard(), '+QIURC: "recv",0');
  assert.is(line.ask("AT+QIRD=0,0"), "+QIRD: 11,0,11 / OK");
  assert.is(line.ask("AT+QIRD=0,2"), "+QIRD: 2 / on / OK");
  assert.is(line.ask("AT+QIRD=0,1500"), "+QIRD: 1 / e / OK");
  peer.send("four", port);
  line.clock.advanceBy(1000);
  assert.is(line.heard(), "", "not said again");
  for (const text of ["two", "three", "four"]) {
    assert.is(line.ask("AT+QIRD=0,1500"), `+QIRD: ${text.length} / ${text} / OK`);
  }
  assert.is(line.ask("AT+QIRD=0,1500"), "+QIRD: 0 / OK");
  peer.send("five", port);
  line.clock.advanceBy(1000);
  assert.is(line.heard(), '+QIURC: "recv",0');
});

test("a UDP socket hears its own peer only, a UDP SERVICE socket anybody with his address", () => {
  const line = createReadyLine();
  const peer = openPeer(line, 5683);
  const stranger = openPeer(line, 7000);
  openSocket(line);
  assert.is(line.ask('AT+QIOPEN=1,1,"UDP SERVICE","127.0.0.1",0,3030,0'), "OK / +QIOPEN: 1,0");
  line.ask('AT+QISENDEX=0,"00"');
  stranger.send("let me in", peer.got[0].port);
  line.clock.advanceBy(1000);
  assert.is(line.heard(), "");
  stranger.send("hello", 3030);
  line.clock.advanceBy(1000);
  assert.is(line.heard(), '+QIURC: "recv",1');
  assert.is(line.ask("AT+QIRD=1,1500"), '+QIRD: 5,"127.0.0.1",7000 / hello / OK');
  assert.is(line.ask('AT+QISEND=1,2,"127.0.0.1",7000'), "> ");
  line.write("hi");
  line.clock.advanceBy(1000);
  assert.equal(stranger.got, [{ text: "hi", port: 3030 }]);
});

test("push mode gives length and octets behind the line", () => {
  const line = createReadyLine();
  const peer = openPeer(line, 5683);
  assert.is(line.ask('AT+QIOPEN=1,0,"UDP","127.0.0.1",5683,0,1'), "OK / +QIOPEN: 0,0");
  line.ask('AT+QISENDEX=0,"00"');
  peer.send("pushed", peer.got[0].port);
  line.clock.advanceBy(1000);
  assert.is(line.heard(), '+QIURC: "recv",0,6 / pushed');
});

test("errors: id in use, no context, bad length, bad digits, closed id", () => {
  const line = createReadyLine();
  openSocket(line);
  assert.is(line.ask('AT+QIOPEN=1,0,"UDP","127.0.0.1",5683,0,0'), "OK / +QIOPEN: 0,563");
  assert.is(line.ask("AT+QIGETERROR"), "+QIGETERROR: 563,socket identity has been used / OK");
  for (const command of [
    "AT+QISEND=0,1461",
    'AT+QISENDEX=0,"abc"',
    'AT+QISENDEX=0,"xx"',
    'AT+QISENDEX=5,"00"',
    "AT+QIRD=5,1500",
    'AT+QIOPEN=1,12,"UDP","127.0.0.1",5683,0,0',
  ]) {
    assert.is(line.ask(command), "ERROR", command);
  }
  assert.is(line.ask("AT+QICLOSE=0,0"), "OK");
  assert.is(line.ask('AT+QISENDEX=0,"00"'), "ERROR");
  line.ask("AT+QIDEACT=1");
  assert.is(line.ask('AT+QIOPEN=1,0,"UDP","127.0.0.1",5683,0,0'), "OK / +QIOPEN: 0,561");
});

test("what is sent while the receiver is on leaves when it is off", () => {
  const line = createReadyLine();
  const peer = openPeer(line, 5683);
  openSocket(line);
  line.ask("AT+QGPS=1");
  assert.is(line.ask('AT+QISENDEX=0,"00"', 30000), "SEND OK");
  assert.is(peer.got.length, 0);
  line.ask("AT+QGPSEND");
  assert.is(peer.got.length, 1);
});

test("a name leads to an address by unasked lines", () => {
  const line = createReadyLine();
  assert.is(
    line.ask('AT+QIDNSGIP=1,"platform.example"'),
    'OK / +QIURC: "dnsgip",0,1,600 / +QIURC: "dnsgip","127.0.0.1"',
  );
});

test.run();
