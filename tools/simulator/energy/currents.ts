// What each state of a RAK5010 draws, as facts with their source; a range where no figure is known.
// Data only: how long a state lasts is for the meter, what follows from both for the model.

/** What a meter counts; each is priced once below. */
export interface Usage {
  /** Of the world that was looked at. */
  spanS: number;
  /** The modem: off, in power saving, radio off between searches, searching, registered and asleep, awake. */
  offS: number;
  savingS: number;
  flightS: number;
  searchS: number;
  asleepS: number;
  awakeS: number;
  /** Times that its radio was connected: an attach, or a datagram after silence. */
  connections: number;
  gnssS: number;
  /** The accelerometer runs for movements alone. */
  sensorS: number;
  /** The processor's port to the modem is initialised. */
  uartS: number;
  /** Inputs, timers and answers that the processor looked at. */
  steps: number;
  motorS: number;
  lightS: number;
}

export interface Current {
  readonly of: keyof Usage;
  readonly zh: string;
  readonly en: string;
  /** For so much of what is counted: per second mA, per piece mAs. */
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

const HARDWARE = "BG96 Hardware Design V1.3, tables 34-36";
const SUPPLY_V = 3.8;
const CORE_SOURCE = "EspruinoDocs";
const SENSOR_SOURCE = "LIS3DH datasheet";

/**
 * The receiver beside a radio that is on has no figure: both are added. Of a connection Quectel gives
 * none either; the nRF9160 stands in, from Cat M1 (105 mJ) to NB1 (550 mJ), and its tail is time awake.
 */
export const CURRENTS: readonly Current[] = [
  { of: "offS", zh: "模块关机", en: "modem off", low: 0.008, high: 0.008, source: HARDWARE },
  { of: "savingS", zh: "模块 PSM", en: "modem in PSM", low: 0.01, high: 0.01, source: HARDWARE },
  {
    of: "flightS",
    zh: "模块关射频",
    en: "modem asleep, radio off",
    low: 0.8,
    high: 1.1,
    source: `${HARDWARE}, asleep by CFUN=0; no figure for CFUN=4: up to e-I-DRX assumed`,
  },
  {
    of: "searchS",
    zh: "模块开机与搜网",
    en: "modem starting or searching",
    low: 16,
    high: 108,
    source: `no figure: ${HARDWARE}, idle to talking on Cat M1`,
  },
  {
    of: "asleepS",
    zh: "模块睡眠 eDRX",
    en: "modem asleep (eDRX 20.48 s)",
    low: 1.1,
    high: 1.7,
    source: `${HARDWARE}, Cat M1 to NB1`,
  },
  {
    of: "awakeS",
    zh: "模块空闲未睡",
    en: "modem idle, awake",
    low: 15,
    high: 16,
    source: `${HARDWARE}, e-I-DRX to DRX`,
  },
  {
    of: "connections",
    zh: "无线连接",
    en: "radio connected",
    low: 105 / SUPPLY_V,
    high: 550 / SUPPLY_V,
    source: "no figure: nRF9160 as a stand-in, infocenter.nordicsemi.com, PSM wake with TAU",
  },
  {
    of: "gnssS",
    zh: "卫星定位",
    en: "satellite receiver",
    low: 35,
    high: 42,
    source: `${HARDWARE}, tracking to lost`,
  },
  {
    of: "sensorS",
    zh: "运动传感器",
    en: "accelerometer, movements alone",
    low: 0.003,
    high: 0.004,
    source: `${SENSOR_SOURCE}, 10 Hz: low power to high resolution`,
  },
  {
    of: "uartS",
    zh: "主控串口",
    en: "processor's port to the modem",
    low: 1,
    high: 1,
    source: `${CORE_SOURCE}, "about 1 mA"`,
  },
  {
    // Milliseconds a step on the interpreter were not measured: 5 to 50, at 4 to 8 mA.
    of: "steps",
    zh: "主控运算",
    en: "processor running",
    low: 0.005 * 4,
    high: 0.05 * 8,
    source: `${CORE_SOURCE}, 4-8 mA; no figure for the time: 5 to 50 ms a step assumed`,
  },
  { of: "motorS", zh: "振动", en: "motor", low: 70, high: 120, source: "coin motors, 3 V" },
  { of: "lightS", zh: "灯", en: "light", low: 1, high: 10, source: "EspruinoDocs, two boards" },
  {
    // Processor asleep 3 to 5 µA; of the RAK5010 around it nothing is known, so up to 150 µA are assumed.
    of: "spanS",
    zh: "板子底电流",
    en: "board and processor at rest",
    low: 0.02,
    high: 0.155,
    source: `${CORE_SOURCE}, 3-5 µA; no figure for the board: 17 to 150 µA assumed`,
  },
];
