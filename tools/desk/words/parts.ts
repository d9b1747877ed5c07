// The parts of a pager that a self-test tries, in the words of the desk; by the names of sdk/parts.ts.
// A part of a newer pager has no words here and is shown by its name.
import { same, type Words, w } from "./words.ts";

const PARTS: Record<string, Words> = {
  key: w("呼叫键", "key"),
  light: w("灯", "light"),
  motor: w("马达", "motor"),
  storage: w("存储", "storage"),
  gnss: w("卫星定位", "GNSS"),
  sim: w("SIM 卡", "SIM"),
  registration: w("入网", "registration"),
  roundTrip: w("往返", "round trip"),
  sound: w("声音", "sound"),
  motion: w("运动", "motion"),
  signal: w("信号", "signal"),
};

export function partWords(part: string): Words {
  return PARTS[part] ?? same(part);
}
