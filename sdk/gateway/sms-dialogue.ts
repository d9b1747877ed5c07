// AT commands to a modem, one at a time, each with its limit; and the lines that come unasked.
// Knows no short message but the line behind `+CMT:`; never sends anything by itself.

import type { Clock } from "../clock.ts";
import type { ByteLine } from "./serial-carrier.ts";

export interface AtCommand {
  text: string;
  limitMs: number;
  /** Written at the prompt, with its end. */
  body?: string;
  /** How a line begins that must come before OK counts: an older command's OK may still come. */
  wants?: string;
}

export interface SmsDialogue {
  /** The lines of the answer; undefined when it was an error, came too late, or the line ended. */
  run(command: AtCommand): Promise<string[] | undefined>;
  close(): Promise<void>;
}

export interface SmsDialogueOptions {
  line: ByteLine;
  clock: Clock;
  /** A short message that was handed through at once: its line of hex. */
  handed(pdu: string): void;
  /** Another line that no command waits for. */
  unasked(line: string): void;
  /** The serial line has failed or ended. */
  ended(): void;
}

/** Longer than any line of a short message; what is longer is cut, and then no message. */
const LINE_MAX = 600;
const LINES_MAX = 200;
const END_OF_BODY = "\x1a";
const ESCAPE = "\x1b";

interface Running {
  command: AtCommand;
  lines: string[];
  prompted: boolean;
  end(lines: string[] | undefined): void;
}

export function openSmsDialogue(options: SmsDialogueOptions): SmsDialogue {
  const { line, clock } = options;
  let running: Running | undefined;
  let partial = "";
  let pduFollows = false;
  let closed = false;

  const write = (text: string): void => {
    if (line.output.writable) line.output.write(text, "latin1");
  };

  const prompt = (command: AtCommand): void => {
    if (running === undefined) return;
    running.prompted = true;
    partial = "";
    write(`${command.body}${END_OF_BODY}`);
  };

  const hear = (octets: Buffer): void => {
    for (const letter of octets.toString("latin1")) {
      if (letter === "\r" || letter === "\n") {
        if (partial !== "") takeLine(partial);
        partial = "";
      } else if (partial.length < LINE_MAX) partial += letter;
      const command = running?.command;
      if (partial === ">" && command?.body !== undefined && running?.prompted === false) {
        prompt(command);
      }
    }
  };

  const takeLine = (text: string): void => {
    if (pduFollows) {
      pduFollows = false;
      options.handed(text);
    } else if (text.startsWith("+CMT:")) pduFollows = true;
    else if (running === undefined) options.unasked(text);
    else answerLine(running, text, options.unasked);
  };

  const fail = (): void => {
    running?.end(undefined);
    if (!closed) options.ended();
  };
  line.input.on("data", hear).on("error", fail).on("end", fail);
  if (line.output !== (line.input as unknown)) line.output.on("error", fail);

  return {
    run(command) {
      if (closed || running !== undefined) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const cancel = clock.after(command.limitMs, () => {
          // A prompt that comes late would take the next command for a message.
          if (command.body !== undefined) write(ESCAPE);
          end(undefined);
        });
        const end = (lines: string[] | undefined): void => {
          cancel();
          running = undefined;
          resolve(lines);
        };
        running = { command, lines: [], prompted: false, end };
        write(`${command.text}\r`);
      });
    },
    async close() {
      closed = true;
      running?.end(undefined);
      line.input.off("data", hear).off("end", fail);
      await line.close();
    },
  };
}

// internal

/** What a modem says of itself, in the middle of an answer too. */
const UNASKED = /^(RDY|APP RDY|POWERED DOWN|NORMAL POWER DOWN|\+CMTI:|\+CPIN:|\+QIND:)/;

function answerLine(running: Running, text: string, unasked: (line: string) => void): void {
  const { command, lines, end } = running;
  if (text === "ERROR" || /^\+CM[ES] ERROR/.test(text)) end(undefined);
  else if (text === "OK") {
    const { wants } = command;
    if (wants === undefined || lines.some((one) => one.startsWith(wants))) end(lines);
  } else if (UNASKED.test(text)) {
    // It has started anew and knows nothing of this command.
    if (text === "RDY") end(undefined);
    unasked(text);
  }
  // The rest is the answer's, but for the command's own echo.
  else if (text !== command.text && lines.length < LINES_MAX) lines.push(text);
}
