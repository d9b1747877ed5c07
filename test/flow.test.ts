// One alarm from the key to the desk and back, as golden text. Read it first.
// The built bundle, a simulated modem, real UDP on loopback, SQLite on disk; time is stepped.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { linuxBundle } from "./flow-pager.ts";
import { createWorld } from "./flow-world.ts";
import { matchGolden } from "./golden.ts";
import { ran } from "./need.ts";

/** What a modem says of sockets and satellites; its housekeeping is left out. */
const TOLD_OF_MODEM = /^(command AT\+(QISENDEX|QIOPEN|QGPS=|QGPSEND)|sent|received|fix)/;

function createTrace() {
  const lines: string[] = [];
  const names = new Map<string, string>();
  let nowMs = () => 0;
  return {
    lines,
    /** A value that differs from run to run, such as a port, under a name that does not. */
    rename: (value: string, name: string) => void names.set(value, name),
    start(clock: () => number) {
      const startMs = clock();
      nowMs = () => clock() - startMs;
    },
    say(who: string, text: string) {
      if (who === "modem" && !TOLD_OF_MODEM.test(text)) return;
      let told = text;
      for (const [value, name] of names) told = told.replaceAll(value, name);
      const seconds = (nowMs() / 1000).toFixed(3);
      lines.push(`${seconds.padStart(8)}  ${who.padEnd(8)} ${told}`.trimEnd());
    },
  };
}

/** The same datagram with one bit of its tag turned over. */
function forge(octets: Uint8Array): Uint8Array {
  const forged = Uint8Array.from(octets);
  forged[forged.length - 1] ^= 1;
  return forged;
}

test("an alarm goes from the key to the desk, and 'somebody has it' comes back", async () => {
  const trace = createTrace();
  const world = await createWorld({ seed: 1, onLine: trace.say });
  trace.rename(`:${world.platform.udp.port}`, ":gateway");
  trace.rename(`,${world.platform.udp.port}`, ",gateway");
  trace.start(world.clock.nowMs);
  try {
    const { alarms } = world.platform;
    const pager = await world.addPager("Pager 1", { person: { name: "Wang Xiulan", age: 84 } });
    await world.run(10_000);

    trace.say("-", "the wearer holds the key");
    await pager.press(3200);
    await world.runUntil(() => pager.cues.includes("delivered"), 60_000);
    const [alarm] = await alarms.list();

    trace.say("-", "a stranger sends the same datagram, and one with another tag");
    const sos = sealedSos(trace.lines);
    world.attack(sos);
    world.attack(forge(sos));
    await world.run(0);

    trace.say("-", "Li takes it at the desk");
    await alarms.take(alarm.id, "Li");
    await world.runUntil(() => pager.cues.includes("taken"), 60_000);
    await world.run(12_000);

    trace.say("-", "Li closes it");
    await alarms.close(alarm.id, "Li", "accidental");
    await world.runUntil(() => pager.cues.includes("closed"), 60_000);
    await world.run(2_000);

    const [row] = await alarms.list();
    assert.is((await alarms.list()).length, 1);
    assert.is(row.stage, "closed");
    assert.is(row.told, "closed");
    assert.ok(row.positions.length > 0, "a position came while the alarm was open");
    assert.is(world.platform.counters()["bad-tag"], 1);
    assert.is(world.platform.counters().replayed, 1);
    const { sha256 } = await linuxBundle;
    ran({ engine: "espruino host", version: pager.version, bundle: sha256, tests: 1 });
  } finally {
    await world.close();
  }
  matchGolden(import.meta.url, trace.lines.join("\n"));
});

/** The first datagram of the trace, as it went over the serial line. */
function sealedSos(lines: string[]): Uint8Array {
  const line = lines.find((text) => text.includes("AT+QISENDEX")) ?? "";
  return Uint8Array.from(Buffer.from(/"([0-9a-f]+)"/.exec(line)?.[1] ?? "", "hex"));
}

test.run();

/* golden
   0.000  pager    console open
   0.000  pager    0 started, never provisioned
   0.000  pager    ready
   0.000  pager    piece 0 0 good
   0.000  pager    piece 0 64 good
   0.000  pager    piece 0 128 good
   0.000  pager    piece 2 0 good
   0.000  pager    console closed
   0.000  pager    0 started, 2 records
   0.000  pager    ready
   0.037  pager    0 radio starting
   0.411  modem    command AT+QGPSEND
   1.429  pager    0 radio searching
   3.024  pager    0 radio starting
   3.535  modem    command AT+QIOPEN=1,0,"UDP","127.0.0.1",gateway,0,0
   3.693  pager    0 radio ready
   3.693  pager    0 sent a, try 1.1
   3.731  modem    command AT+QISENDEX=0,"4102cd282895090193afcfff05a058aa2eac15bf415b8eb6879270e4d5ae76e185843ce16b500750ad004eb6510a8f56c2668d63e140cc1159f47c8c8982cd569cdc"
   3.731  modem    sent 66 octets to 127.0.0.1:gateway
   3.731  gateway  - received 66 octets
   3.731  gateway  P-000001 opened activation piv 1
   3.731  gateway  P-000001 stored seq 2 pagerBound
   3.731  gateway  P-000001 answered bare 16 octets
   3.731  modem    received 16 octets from 127.0.0.1:gateway
   3.787  pager    0 delivered a
  10.000  -        the wearer holds the key
  10.000  key      down
  10.030  cue      tick
  10.500  cue      tick
  11.000  cue      tick
  11.500  cue      tick
  12.000  cue      tick
  12.500  cue      tick
  13.000  cue      raised
  13.000  pager    2 raised
  13.000  modem    command AT+QISENDEX=0,"4102cd292995090393afcfff1fc282c7ce6a60adc16f37b213db4abaef8d255198d3bb9463b802e01227c80c"
  13.000  modem    sent 44 octets to 127.0.0.1:gateway
  13.000  pager    2 sent s, try 1.1
  13.000  gateway  - received 44 octets
  13.000  gateway  P-000001/93afcf/2 opened alarm s piv 3
  13.000  gateway  P-000001/93afcf/2 stored seq 3 alarmRaised
  13.000  gateway  P-000001/93afcf/2 answered bare 16 octets
  13.000  modem    received 16 octets from 127.0.0.1:gateway
  13.056  cue      delivered
  13.056  pager    2 delivered
  13.115  modem    command AT+QGPS=1
  13.200  key      up
  13.200  -        a stranger sends the same datagram, and one with another tag
  13.200  gateway  - received 66 octets
  13.200  gateway  - received 66 octets
  13.200  gateway  - refused replayed
  13.200  gateway  - refused bad-tag
  13.200  gateway  P-000001 answered bare 16 octets
  13.200  -        Li takes it at the desk
  13.200  gateway  P-000001/93afcf/2 word taken sealed piv 0
  13.200  gateway  P-000001/93afcf/2 word taken sent 28 octets
  13.200  modem    received 28 octets from 127.0.0.1:gateway
  13.246  pager    0 refused datagram, unfresh: not shown fresh yet
  13.246  pager    2 sent w, try 1.1
  13.267  modem    command AT+QGPSEND
  13.304  modem    command AT+QISENDEX=0,"4102cd2a2a95090493afcfffbb88a078956c27c5fcd1b3ec6380"
  13.304  modem    sent 26 octets to 127.0.0.1:gateway
  13.304  gateway  - received 26 octets
  13.304  gateway  P-000001/93afcf/2 opened poll piv 4
  13.304  gateway  P-000001/93afcf/2 stored already
  13.304  gateway  P-000001/93afcf/2 answered taken 22 octets
  13.304  modem    received 22 octets from 127.0.0.1:gateway
  13.360  pager    2 delivered w
  13.360  cue      taken
  13.360  pager    2 taken
  13.360  pager    2 sent o, try 1.1
  13.381  modem    command AT+QISENDEX=0,"4102cd2b2b95090593afcfff573bbc6d102898b2f48322af4f4ec5"
  13.381  modem    sent 27 octets to 127.0.0.1:gateway
  13.381  gateway  - received 27 octets
  13.381  gateway  P-000001/93afcf/2 opened result taken piv 5
  13.381  gateway  P-000001/93afcf/2 stored seq 5 wordObeyed
  13.381  gateway  P-000001/93afcf/2 answered bare 16 octets
  13.381  modem    received 16 octets from 127.0.0.1:gateway
  13.437  pager    2 delivered o
  13.496  modem    command AT+QGPS=1
  18.512  modem    fix 000018.0,36.68011,117.06535,1.1,62.2,3,156.00,3.0,1.6,010926,09
  19.512  modem    fix 000019.0,36.68010,117.06535,1.1,62.2,3,156.00,3.0,1.6,010926,09
  19.535  pager    2 sent r, try 1.1
  19.556  modem    command AT+QGPSEND
  19.593  modem    command AT+QISENDEX=0,"4102cd2c2c95090693afcfff577be7f55ecb401ee22aade30d903ad90d03bcb04653dbd649bc101dab54693c"
  19.593  modem    sent 44 octets to 127.0.0.1:gateway
  19.593  gateway  - received 44 octets
  19.593  gateway  P-000001/93afcf/2 opened alarm r piv 6
  19.593  gateway  P-000001/93afcf/2 stored seq 6 alarmReported
  19.593  gateway  P-000001/93afcf/2 answered bare 16 octets
  19.593  modem    received 16 octets from 127.0.0.1:gateway
  19.649  pager    2 delivered r
  19.708  modem    command AT+QGPS=1
  24.724  modem    fix 000024.0,36.68006,117.06537,1.1,62.2,3,156.00,3.0,1.6,010926,09
  25.360  -        Li closes it
  25.360  gateway  P-000001/93afcf/2 word closed sealed piv 2
  25.360  gateway  P-000001/93afcf/2 word closed sent 28 octets
  25.360  modem    received 28 octets from 127.0.0.1:gateway
  25.403  cue      closed
  25.403  pager    2 closed
  25.403  pager    2 sent o, try 1.1
  25.424  modem    command AT+QGPSEND
  25.461  modem    command AT+QISENDEX=0,"644493c632de003390ffd394908232bc442c83"
  25.461  modem    sent 19 octets to 127.0.0.1:gateway
  25.461  gateway  - received 19 octets
  25.461  gateway  P-000001/93afcf/2 word closed answered
  25.498  modem    command AT+QISENDEX=0,"4102cd2d2d95090793afcfff206bdac34522049f11944175978a37"
  25.498  modem    sent 27 octets to 127.0.0.1:gateway
  25.498  gateway  - received 27 octets
  25.498  gateway  P-000001/93afcf/2 opened result closed piv 7
  25.498  gateway  P-000001/93afcf/2 stored seq 8 wordObeyed
  25.498  gateway  P-000001/93afcf/2 answered bare 16 octets
  25.498  modem    received 16 octets from 127.0.0.1:gateway
  25.554  pager    2 delivered o
*/
