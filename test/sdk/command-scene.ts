// One pager and its platform, for tests of commands: ask, see what leaves, poll, read the log.

import type { AskedCommand } from "../../sdk/api/host.ts";
import type { CommandRow } from "../../sdk/care/commands.ts";
import { type AddedPager, openRig, type Rig } from "./rig.ts";
import type { Obeyed, TestPager } from "./test-pager.ts";

export const BY = "王芳";

export interface Scene {
  rig: Rig;
  pager: AddedPager;
  ask(command: string, more?: Partial<AskedCommand>): Promise<CommandRow>;
  get(id: number): Promise<CommandRow | undefined>;
  /** What the pager can open of what was sent since the last time. */
  heard(by?: TestPager): Obeyed[];
  /** Delivers a poll; what its answer brings. */
  poll(by?: TestPager): Promise<ReturnType<TestPager["open"]>>;
}

export async function scene(rigged?: Rig): Promise<Scene> {
  const rig = rigged ?? (await openRig());
  const pager = await rig.addPager();
  return {
    rig,
    pager,
    async ask(command, more = {}) {
      const row = await rig.platform.commands.send(pager.id, { command, by: BY, ...more });
      await rig.settle();
      return row;
    },
    get: (id) => rig.platform.commands.get(pager.id, id),
    heard: (by = pager) =>
      rig.takeSent().flatMap(({ bytes }) => {
        const obeyed = by.obey(bytes);
        return obeyed === undefined ? [] : [obeyed];
      }),
    async poll(by = pager) {
      const poll = by.poll();
      rig.takeSent();
      await rig.deliver(poll.bytes);
      return rig
        .takeSent()
        .map((one) => by.open(poll, one.bytes))
        .find((one) => one !== undefined);
    },
  };
}

/** The pager was heard once, and nothing is on its way. */
export async function known(rigged?: Rig): Promise<Scene> {
  const made = await scene(rigged);
  await made.rig.deliver(made.pager.report("c", { number: 9 }).bytes);
  made.rig.takeSent();
  return made;
}
