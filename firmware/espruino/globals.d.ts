// The part of Espruino that the boards use; nothing else of the interpreter is declared.

type Pin = { readonly pin: never };

interface Uint8Array {
  readonly length: number;
  readonly buffer: ArrayBuffer;
  [index: number]: number;
}
interface ArrayBuffer {
  readonly byteLength: number;
}
declare const Uint8Array: {
  new (length: number): Uint8Array;
  new (buffer: ArrayBuffer, offset: number, length: number): Uint8Array;
};

declare const Int16Array: { new (buffer: ArrayBuffer): { [index: number]: number } };

interface EspruinoSerial {
  setup(baud: number, options: { tx?: Pin; rx?: Pin; cts?: Pin; path?: string }): void;
  on(event: "data", run: (text: string) => void): void;
  unsetup(): void;
  write(text: string): void;
  removeAllListeners(): void;
}
declare const Serial1: EspruinoSerial;
declare const Bluetooth: Pick<EspruinoSerial, "on" | "write">;
declare const USB: Pick<EspruinoSerial, "on" | "write">;
declare const NRF: {
  /** Stops advertising, and ends a connection. */
  sleep(): void;
  wake(): void;
};

interface EspruinoStorage {
  read(name: string, offset?: number, octets?: number): string | undefined;
  readArrayBuffer(name: string): ArrayBuffer | undefined;
  write(name: string, data: string | Uint8Array, offset: number, size?: number): boolean;
  erase(name: string): void;
  list(): string[];
}
interface EspruinoFlash {
  getFree(): { addr: number; length: number }[];
  read(length: number, address: number): Uint8Array;
  write(data: Uint8Array, address: number): void;
  erasePage(address: number): void;
}
interface EspruinoAes {
  /** Undefined when an argument does not fit: nothing is thrown. */
  encrypt(
    data: Uint8Array,
    key: Uint8Array,
    options: { mode: "CBC"; iv: Uint8Array } | { mode: "ECB" },
  ): ArrayBuffer;
}
declare function require(name: "Storage"): EspruinoStorage;
declare function require(name: "Flash"): EspruinoFlash;
declare function require(name: "crypto"): {
  AES: EspruinoAes;
  SHA256(data: Uint8Array | string): ArrayBuffer;
};

declare const E: {
  hwRand(): number;
  reboot(): void;
  toArrayBuffer(text: string): ArrayBuffer;
  /** Octets of their own, of the low eight bits of each character. */
  toUint8Array(text: string): Uint8Array;
  /** The octets as one flat text. */
  toString(octets: Uint8Array): string;
  /** What stands at this address, where it stands. */
  memoryArea(address: number, octets: number): string;
  enableWatchdog(seconds: number, automatic: boolean): void;
  kickWatchdog(): void;
  /** Volts of the supply that `analogRead` takes as 1. */
  getAnalogVRef(): number;
  setConsole(port: string | null, options?: { force: boolean }): void;
};
declare const global: {
  /** What the loader tells, see image-facts.ts. */
  image?: (number | { readonly length: number; [index: number]: number })[];
  [name: string]: unknown;
};
declare function getTime(): number;
/** What the processor's maker burned into it, as text. */
declare function getSerial(): string;
/** Ends the interpreter on Linux. */
declare function quit(): void;
declare function eval(text: string): unknown;
declare function print(text: string): void;
declare function setTimeout(run: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;
declare function setInterval(run: () => void, ms: number): number;
declare function clearInterval(timer: number): void;
declare function pinMode(pin: Pin, mode: "input" | "input_pullup" | "output"): void;
declare function digitalWrite(pin: Pin, level: number): void;
declare function digitalRead(pin: Pin): number;
declare function analogRead(pin: Pin): number;
declare function setWatch(
  /** `time` is that of the edge, in seconds as `getTime` counts them. */
  run: (edge: { state: boolean; time: number }) => void,
  pin: Pin,
  options: { repeat: boolean; edge: "both" | "rising" | "falling"; debounce?: number },
): number;
declare function clearWatch(watch: number): void;
/** Both throw where nobody acknowledges. */
declare const I2C1: {
  setup(options: { sda: Pin; scl: Pin; bitrate: number }): void;
  writeTo(address: number, ...octets: (number | number[])[]): void;
  readFrom(address: number, count: number): Uint8Array;
};

// Pins of RAK5010; those above D32 do not exist on the Linux interpreter, so one file names them.
declare const D2: Pin, D4: Pin, D6: Pin, D7: Pin, D8: Pin, D13: Pin, D14: Pin, D16: Pin;
declare const D19: Pin, D20: Pin, D26: Pin, D28: Pin, D33: Pin, D34: Pin;
declare const D39: Pin, D40: Pin;
