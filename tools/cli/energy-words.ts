// What `onekey energy` prints for people: days, what costs most, and where each current is from.
// Computes no days; Chinese and English stand beside each other.

import { CURRENTS } from "../simulator/energy/currents.ts";
import { CAPACITY_MAH, partOf } from "../simulator/energy/model.ts";
import { type Row, type Verdict, verdictOf } from "../simulator/energy/profiles.ts";
import { columnLines } from "./columns.ts";

const SHARES = 3;

const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: "成立 holds",
  "one end": "仅一端成立 at one end only",
  fails: "不成立 FAILS",
  "not promised": "未承诺此用法 not promised for so much",
};

const percent = (part: number) => `${Math.round(part * 100)} %`;

function rowOf(row: Row): string[] {
  const { profile, week, estimate, heldMs } = row;
  const most = estimate.shares.slice(0, SHARES);
  return [
    `${profile.zh} ${profile.name}`,
    week.name,
    `${estimate.daysMin.toFixed(1)}-${estimate.daysMax.toFixed(1)}`,
    `≥ ${profile.days}`,
    VERDICTS[verdictOf(row)],
    heldMs === undefined ? "" : `${(heldMs / 1000).toFixed(1)} s`,
    most.map((share) => `${share.zh} ${share.en} ${percent(partOf(share, estimate))}`).join("; "),
  ];
}

const HEAD = [
  "模式 profile",
  "周 week",
  "天数 days",
  "承诺 promised",
  "结论 verdict",
  "按住到发出 held",
  "耗电最多 costs most",
];

function currentOf(low: number, high: number, of: string): string {
  const unit = of === "connections" || of === "steps" ? "mAs" : "mA";
  const text = low === high ? `${low}` : `${Number(low.toFixed(3))}-${Number(high.toFixed(3))}`;
  return `${text} ${unit}`;
}

export function energyLines(rows: readonly Row[]): string[] {
  const weeks = new Map(rows.map(({ week }) => [week.name, week]));
  return [
    `电池 battery ${CAPACITY_MAH} mAh; 自放电与稳压损耗未计 self-discharge and regulator not counted`,
    "",
    ...columnLines([HEAD, ...rows.map(rowOf)], [2, 3, 5]),
    "",
    ...columnLines(
      [...weeks.values()].map(({ name, zh, en }) => [name, zh, en]),
      [],
    ),
    "",
    ...columnLines(
      [
        ["状态", "state", "电流 current", "来源 source"],
        ...CURRENTS.map(({ of, zh, en, low, high, source }) => [
          zh,
          en,
          currentOf(low, high, of),
          source,
        ]),
      ],
      [2],
    ),
  ];
}
