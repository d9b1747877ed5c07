// A serial line at 115200, raw, one character an octet; a pseudo-terminal's end is one too.
// Knows nothing of what is said on it.

import { SerialPort } from "serialport";
import { OnekeyError } from "../../sdk/error.ts";

const BAUD_RATE = 115200;

export interface SerialLine {
  write(text: string): void;
  close(): Promise<void>;
}

export interface SerialPorts {
  onText(text: string): void;
  /** The line went away: unplugged, or the other program ended it. */
  onLost(reason: string): void;
}

/** Opens the line. Error "serial-failed" when it isn't there, is busy, or is no serial line. */
export async function openPort(path: string): Promise<SerialPort> {
  const port = new SerialPort({ path, baudRate: BAUD_RATE, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (!error) return resolve();
      const reason = error.message.replace(/^Error:? /, "").replace(/, cannot open .*$/, "");
      const advice = "name a serial line that is there and that no other program has open";
      reject(new OnekeyError("serial-failed", `cannot open ${path}: ${reason}; ${advice}`));
    });
  });
  return port;
}

export function closePort(port: SerialPort): Promise<void> {
  return new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
}

/** The same as text; see `openPort` for its error. */
export async function openSerialLine(path: string, ports: SerialPorts): Promise<SerialLine> {
  const port = await openPort(path);
  let closing = false;
  port.on("data", (octets: Buffer) => ports.onText(octets.toString("latin1")));
  port.on("error", (error: Error) => ports.onLost(error.message));
  port.on("close", (error: Error | null) => {
    if (!closing) ports.onLost(error?.message ?? "closed");
  });
  return {
    write: (text) => void port.write(Buffer.from(text, "latin1")),
    async close() {
      closing = true;
      await closePort(port);
    },
  };
}
