// What a stranger remembers: bounded, nothing twice, and each datagram under its pager.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createOverheard } from "../../tools/simulator/storm/overheard.ts";
import { exchangeOf } from "./sealed-exchange.ts";

test("64 datagrams are kept of each pager and direction, none twice and none of our own", () => {
  const heard = createOverheard(["p1", "p2"]);
  const exchanges = Array.from({ length: 100 }, (_, at) => exchangeOf("p1", at + 1));
  for (const { up, down } of exchanges) {
    for (let i = 0; i < 3; i++) {
      heard.take({ atMs: 0, kind: "left", pager: "p1", bytes: up });
      heard.take({ atMs: 0, kind: "came", pager: "p1", bytes: down.slice() });
    }
  }
  const forged = Uint8Array.of(96, 0, 1, 2);
  heard.disown(forged);
  heard.take({ atMs: 0, kind: "came", pager: "p1", bytes: forged.slice() });
  const last = exchanges.slice(-64);
  assert.equal(
    heard.datagrams("p1", "up"),
    last.map(({ up }) => up),
  );
  assert.equal(
    heard.datagrams("p1", "down"),
    last.map(({ down }) => down),
  );
  assert.equal(heard.datagrams("p2", "up"), []);
});

test("an answer is its pager's by the newest address, and a stranger's address is nobody's", () => {
  const heard = createOverheard(["p1", "p2"]);
  const { up, down } = exchangeOf("p1", 1);
  heard.take({ atMs: 0, kind: "left", pager: "p1", bytes: up });
  heard.take({ atMs: 0, kind: "answered", bytes: down, to: "192.0.2.1:5" });
  assert.not.ok(heard.has("p1", "down"));
  for (const from of ["192.0.2.1:5", "192.0.2.1:6", "203.0.113.9:7"]) {
    heard.take({ atMs: 0, kind: "received", bytes: up, from });
  }
  assert.equal(heard.source("p1"), { carrier: "udp", address: "192.0.2.1", port: 6 });
  for (const to of ["192.0.2.1:5", "203.0.113.9:7"]) {
    heard.take({ atMs: 0, kind: "answered", bytes: down, to });
    assert.not.ok(heard.has("p1", "down"));
  }
  heard.take({ atMs: 0, kind: "answered", bytes: down, to: "192.0.2.1:6" });
  assert.equal(heard.datagrams("p1", "down"), [down]);
});

test.run();
