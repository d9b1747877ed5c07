// An honest pager among the strangers: it calls for help, is answered, and hears what an operator did.
// Proof that nothing which came before or beside has shut a wearer out.

import { ACK, CON, EMPTY } from "../../protocol/coap.ts";
import { WORD_CLOSED, WORD_TAKEN } from "../../protocol/messages.ts";
import { alarmIdOf } from "../../sdk/events.ts";
import { hexOf } from "../../sdk/octets.ts";
import { type Answers, isSealed, isWord } from "./answer-check.ts";
import { type Judge, textOfError } from "./rules.ts";
import type { FuzzWorld, Sent } from "./world.ts";

/** Of the type in the first octet of a packet. */
const TYPE_UNIT = 16;
const EMPTY_ACK = 0x60;

/** Its own port, below those of the cases. */
export const HONEST_PORT = 9000;

export interface Flow {
  /** Calls for help; what the platform says to it is handed in by `hear`. */
  call(): void;
  hear(sent: Sent): void;
  /** After the call was answered: an operator takes and closes, and the pager is told. */
  follow(): Promise<void>;
  readonly told: number;
}

type Said = ReturnType<FuzzWorld["honest"]["pager"]["report"]>;

export function honestFlow(world: FuzzWorld, judge: Judge, answers: Answers): Flow {
  const { id, pager } = world.honest;
  const words = new Map<number, number>();
  let said: Said | undefined;
  let answered = 0;
  let number = 0;
  let lastWord = "";
  let lastClear = "";
  let told = 0;

  /** An acknowledgement of a word's answer, once. */
  const hearClear = (bytes: Sent["bytes"]): void => {
    const text = hexOf(bytes);
    if (text !== lastClear) judge.broken("one answer", `the honest pager got ${text} in the clear`);
    lastClear = "";
  };

  const hearAnswer = (bytes: Sent["bytes"]): void => {
    if (!isSealed(bytes)) {
      hearClear(bytes);
      return;
    }
    const heard = said === undefined ? undefined : pager.open(said, bytes);
    if (heard === undefined) return;
    answered += 1;
    if (heard.piv !== undefined && answers.isUsed(pager.kid, heard.piv)) {
      judge.broken("number", `${heard.piv} in an answer to the honest pager`);
    }
  };

  const hearWord = (bytes: Sent["bytes"]): void => {
    const text = hexOf(bytes);
    const obeyed = pager.obey(bytes);
    if (obeyed === undefined) {
      judge.broken("heard", `a word that can't be opened: ${text}`);
      return;
    }
    // The same octets leave three times.
    if (text !== lastWord && answers.isUsed(pager.kid, obeyed.piv)) {
      judge.broken("number", `${obeyed.piv} in a word`);
    }
    lastWord = text;
    words.set(obeyed.word.value, obeyed.word.what);
    const answer = Uint8Array.from(obeyed.answer);
    // Every other one comes separately, and is acknowledged: the type is not under the seal.
    if (obeyed.word.what === WORD_CLOSED) {
      answer[0] -= (ACK - CON) * TYPE_UNIT;
      lastClear = hexOf([EMPTY_ACK, EMPTY, answer[2], answer[3]]);
    }
    world.deliver(answer, HONEST_PORT);
  };

  const hear = ({ bytes }: Sent): void => (isWord(bytes) ? hearWord(bytes) : hearAnswer(bytes));

  /** All that is on its way arrives. */
  const settle = async (): Promise<void> => {
    for (let sent = world.takeSent(); ; sent = world.takeSent()) {
      for (const one of sent) if (one.to.port === HONEST_PORT) hear(one);
      await world.settle();
      if (sent.length === 0) return;
    }
  };

  const step = async (what: number, act: Promise<unknown>): Promise<void> => {
    await act;
    await world.settle();
    await settle();
    if (words.get(number) !== what) {
      judge.broken("heard", `the pager was not told word ${what} of alarm ${number}`);
    }
    world.deliver(pager.result(what, number).bytes, HONEST_PORT);
    await world.settle();
    await settle();
  };

  return {
    call() {
      number += 1;
      answered = 0;
      said = pager.report("s", { number, battery: 80 });
      world.deliver(said.bytes, HONEST_PORT);
    },
    hear,
    async follow() {
      if (answered !== 1) judge.broken("heard", `call ${number} got ${answered} answers`);
      const alarm = alarmIdOf(id, pager.kid, number);
      try {
        await step(WORD_TAKEN, world.platform.alarms.take(alarm, "operator"));
        await step(WORD_CLOSED, world.platform.alarms.close(alarm, "operator", "real"));
      } catch (error) {
        judge.broken("heard", `call ${number}: ${textOfError(error)}`);
      }
      words.clear();
      told += 1;
    },
    get told() {
      return told;
    },
  };
}
