// Whole exchanges as vectors: requests, bare answers, answers with content, words, Echo, blocks.
// What each end says is as in the rules of the wire; nothing here runs a gateway or a pager.

import {
  CHANGED,
  CON,
  ECHO,
  NON,
  type Packet,
  POST,
  pathOption,
  UNAUTHORIZED,
} from "../../protocol/coap.ts";
import type { Declaration } from "../../protocol/declaration.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  BEAT,
  CHECK_IN,
  FALL,
  LOCATE,
  LOG,
  RESULT,
  SOS,
  TAKEN,
  TIME,
  WAITING,
} from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { pulled, pushed } from "./block-vectors.ts";
import { CONTEXTS, type End, type VectorContext } from "./contexts.ts";
import type { Said } from "./said.ts";
import { type Inner, packetOf, type SealedVector, sealedAnswer, sealedRequest } from "./seal.ts";
import { payloadOf, variantsOf } from "./values.ts";

export interface ExchangeVector {
  name: string;
  /** What a reader of it should notice. */
  note: string;
  steps: SealedVector[];
}

/** Numbers, and message ids, that no vector of a message has: a run for each exchange. */
const FIRST_PIV = 151_552;
const RUN = 16;
const ECHO_VALUE = Uint8Array.from({ length: 12 }, (_, at) => 0xe0 + at);

interface Asked {
  from: End;
  piv: number;
  packet: Packet;
}

/** One exchange in the making: requests and answers in their order, each under a number of its own. */
class Conversation {
  readonly steps: SealedVector[] = [];
  readonly context: VectorContext;
  /** The next number, at either end. */
  piv: number;

  constructor(at: number, context: VectorContext = CONTEXTS[0]) {
    this.context = context;
    this.piv = FIRST_PIV + RUN * at;
  }

  post(message: Declaration, said: Said, options: Packet["options"] = []): Asked {
    return this.postOctets(message, payloadOf(message, said), options);
  }

  postOctets(
    message: Pick<Declaration, "letter" | "direction" | "confirmable">,
    payload: Bytes,
    options: Packet["options"] = [],
  ): Asked {
    const from = message.direction === "up" ? "pager" : "platform";
    const piv = this.piv++;
    const packet = packetOf(message.confirmable ? CON : NON, piv, {
      code: POST,
      options: [pathOption(nodeMachine, message.letter), ...options],
      payload,
    });
    this.steps.push(sealedRequest(this.context, from, piv, packet));
    return { from, piv, packet };
  }

  /** 2.04 and nothing more, under the request's own nonce [wire §1.1]. */
  answerBare(asked: Asked): void {
    this.steps.push(sealedAnswer(this.context, asked, undefined, { code: CHANGED }));
  }

  /** Anything else, under a number of the answering end. */
  answer(asked: Asked, inner: Inner): void {
    this.steps.push(sealedAnswer(this.context, asked, this.piv++, inner));
  }
}

function ordinary(message: Declaration): Said {
  const found = variantsOf(message).find(([variant]) => variant === "ordinary");
  return found === undefined ? {} : found[1];
}

const word = (message: Declaration): Inner => ({
  code: CHANGED,
  payload: payloadOf(message, ordinary(message)),
});
const echo = { number: ECHO, value: ECHO_VALUE };

type Tell = (talk: Conversation) => void;

const bareAnswer: Tell = (talk) => talk.answerBare(talk.post(SOS, ordinary(SOS)));

const timeAnswer: Tell = (talk) => talk.answer(talk.post(SOS, ordinary(SOS)), word(TIME));

const wordAnswer: Tell = (talk) => talk.answer(talk.post(WAITING, ordinary(WAITING)), word(TAKEN));

const beat: Tell = (talk) => talk.answer(talk.post(BEAT, ordinary(BEAT)), word(TIME));

const takenDown: Tell = (talk) => {
  talk.answerBare(talk.post(TAKEN, ordinary(TAKEN)));
  talk.answerBare(talk.post(RESULT, { what: TAKEN.word, number: 300 }));
};

const command: Tell = (talk) => {
  talk.answerBare(talk.post(LOCATE, ordinary(LOCATE)));
  talk.answerBare(talk.post(RESULT, { what: LOCATE.word, number: 7 }));
};

const unprovenAlarm: Tell = (talk) => {
  talk.answer(talk.post(SOS, ordinary(SOS)), { code: CHANGED, options: [echo] });
  talk.answer(talk.post(WAITING, ordinary(WAITING), [echo]), word(TIME));
};

const unprovenCheckIn: Tell = (talk) => {
  const said = ordinary(CHECK_IN);
  talk.answer(talk.post(CHECK_IN, said), { code: UNAUTHORIZED, options: [echo] });
  talk.answerBare(talk.post(CHECK_IN, said, [echo]));
};

const unknownAlarm: Tell = (talk) => {
  const later = { letter: "Q", direction: "up", confirmable: true } as const;
  const payload = payloadOf(FALL, ordinary(FALL));
  talk.answerBare(talk.postOctets(later, payload));
};

const logInBlocks: Tell = (talk) => {
  const rows = Array.from({ length: 90 }, (_, i) => [200_000_000 + 7 * i, 9, 7, 4_001_001]);
  const body = payloadOf(LOG, { id: 7, rows: rows.flat() });
  talk.steps.push(...pushed(talk.context, talk.piv, LOG.letter, body));
};

const imageInBlocks: Tell = (talk) => {
  const image = Uint8Array.from({ length: 700 }, (_, at) => (at * 11) % 256);
  talk.steps.push(...pulled(talk.context, talk.piv, image));
};

interface Story {
  name: string;
  note: string;
  tell: Tell;
  context?: VectorContext;
}

const STORIES: Story[] = [
  {
    name: "an alarm and the bare answer",
    note: "2.04 without payload under the request's nonce: the same 16 octets at every repeat",
    tell: bareAnswer,
  },
  {
    name: "an alarm answered with the time",
    note: "content goes under the platform's own Partial IV",
    tell: timeAnswer,
  },
  {
    name: "a poll answered with taken",
    note: "the answer brings the word; the pager's result ends it",
    tell: wordAnswer,
  },
  {
    name: "a beat answered with the time",
    note: "non-confirmable both ways, the answer with the request's message id",
    tell: beat,
  },
  {
    name: "taken at once, and its result",
    note: "the platform asks, the pager answers bare, and its result goes up by itself",
    tell: takenDown,
  },
  {
    name: "a command and its result",
    note: "the result names the word and the command's id; outcome 0 is absent",
    tell: command,
  },
  {
    name: "an alarm while the replay window is lost",
    note: "stored at once, and asked for a proof; the poll brings the Echo value back",
    tell: unprovenAlarm,
  },
  {
    name: "a check-in while the replay window is lost",
    note: "4.01 with Echo: not stored; said again under a new number with the value it is",
    tell: unprovenCheckIn,
  },
  {
    name: "a capital letter of a later version",
    note: "a call for help all the same: stored, and answered bare",
    tell: unknownAlarm,
  },
  {
    name: "an alarm under the spare context",
    note: "slot 1 has a kid, keys and a counter of its own",
    tell: bareAnswer,
    context: CONTEXTS[1],
  },
  {
    name: "a log pushed in blocks",
    note: "Block1 of 512 octets, Size1 with the first, one Request-Tag for all",
    tell: logInBlocks,
  },
  {
    name: "an image pulled in blocks",
    note: "Block2 of 512 octets; the ETag says that all blocks are of one image",
    tell: imageInBlocks,
  },
];

export function exchangeVectors(): ExchangeVector[] {
  return STORIES.map(({ name, note, tell, context }, at) => {
    const talk = new Conversation(at, context);
    tell(talk);
    return { name, note, steps: talk.steps };
  });
}
