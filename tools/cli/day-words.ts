// What `onekey day` prints for people, in English or in Chinese: every text of it stands here.
// Decides nothing about what happened; a saying comes in, a sentence goes out.

import { wordsOf as cueWords, type Words } from "../../firmware/core/cue-words.ts";
import { type CueName, cueOf, type LightColor } from "../../firmware/core/cues.ts";
import type { Outcome } from "../../sdk/care/outcome.ts";
import type { CarrierName, Position, Report, Word } from "../../sdk/events.ts";
import { ZONE_M } from "../simulator/day/places.ts";
import type { ActName, ChapterName } from "../simulator/day/script.ts";
import type { Saying, Who } from "../simulator/day/story.ts";

export type Language = "en" | "zh";

const AT_HOME_M = 20;

const w = (en: string, zh: string): Words => ({ en, zh });
const times = (count: number) => (count === 1 ? "once" : `${count} times`);

export const INTRO: readonly Words[] = [
  w(
    "A day of Wang Xiulan, 84, and of the pager that she wears. Li sits at the desk.",
    "王秀兰（84 岁）和她佩戴的一键呼叫器的一天。呼叫台值班的是李。",
  ),
  w(
    "Firmware, modem driver, gateway and store are the real ones; hands, sky, air and time are played.",
    "固件、模组驱动、接入网关和存储都是真的；人手、天空、空中信号和时间是模拟的。",
  ),
  w(
    "In brackets stand the colour of the light, and the pulses of light, vibration and sound.",
    "括号里是灯光颜色，以及灯光、振动和声音的节奏。",
  ),
  w(
    "The battery is a worn one that lasts a day: what a good one does says `onekey energy`.",
    "电池是旧的，只能用一天；好电池能用多久见 `onekey energy`。",
  ),
];

export const WHO: Readonly<Record<Who, Words>> = {
  wearer: w("wearer", "佩戴人"),
  pager: w("pager", "呼叫器"),
  air: w("air", "空中"),
  platform: w("platform", "平台"),
  desk: w("desk", "呼叫台"),
};

export const CHAPTERS: Readonly<Record<ChapterName, Words>> = {
  eve: w("The evening before", "前一天晚上"),
  morning: w("Morning", "早晨"),
  walk: w("To the market and back", "去集市，再回家"),
  noon: w("A nap", "午睡"),
  lift: w("Help from a lift", "电梯里呼救"),
  evening: w("Evening", "傍晚"),
  night: w("Night", "夜里"),
};

const ACTS: Readonly<Record<ActName, Words>> = {
  fitted: w(
    "A technician brings the new pager and puts it on its charger.",
    "技术人员送来新的呼叫器，放上充电座。",
  ),
  settings: w(
    `asks the pager for its settings: a zone of ${ZONE_M} m around the home, the daughter's number, a track point each 10 min, a beat each 2 h, "no movement" after 2 h.`,
    `下发参数：以家为中心 ${ZONE_M} 米的围栏、女儿的号码、每 10 分钟一个轨迹点、每 2 小时一次心跳、2 小时无活动即报警。`,
  ),
  unplugged: w(
    "takes the pager off the charger and hangs it round her neck.",
    "把呼叫器从充电座上取下，挂在脖子上。",
  ),
  click: w('clicks the key once: "I am well".', "短按一下：报平安。"),
  setsOut: w("sets out on foot for the market, 1.6 km away.", "步行去 1.6 公里外的集市。"),
  valley: w("The road dips: no coverage from here on.", "路走到低处：从这里起没有信号。"),
  market: w(
    "is in the market hall, under a roof: no sky either.",
    "到了集市大棚里：也看不到天空。",
  ),
  marketLeft: w("has her vegetables and walks home.", "买好菜，走回家。"),
  coverageBack: w("The road rises: there is coverage again.", "路走上来：又有信号了。"),
  home: w("is home again.", "到家了。"),
  nap: w("lies down for a nap: nothing moves.", "躺下午睡：没有任何活动。"),
  awake: w(
    "gets up after an hour. The limit is two: nobody was troubled.",
    "一小时后起身。限值是两小时：没有打扰任何人。",
  ),
  lift: w(
    "steps into the lift of her house: a steel box, no coverage.",
    "走进楼里的电梯：铁箱子，没有信号。",
  ),
  hold: w(
    "The lift stops. She holds the key for more than 3 seconds.",
    "电梯停了。她按住呼叫键超过 3 秒。",
  ),
  gap: w(
    "The lift moves half a floor: a little coverage, enough for short messages, not for datagrams.",
    "电梯动了半层：有一点信号，短信能过，数据报过不去。",
  ),
  doors: w("The doors are forced open: full coverage.", "电梯门被打开：信号恢复。"),
  helped: w(
    "rings her: she is shaken, a neighbour is with her.",
    "打电话给她：受了惊吓，邻居在身边。",
  ),
  supper: w("cooks her supper.", "做晚饭。"),
  charger: w("puts the pager on its charger.", "把呼叫器放上充电座。"),
  bed: w("goes to bed.", "上床睡觉。"),
  morning: w("wakes up. The next day begins.", "醒来。新的一天开始了。"),
};

const LETTERS: Readonly<Record<string, Words>> = {
  s: w("SOS", "求助"),
  Z: w("left zone", "离开围栏"),
  c: w("check-in", "报平安"),
};

const letterWords = (letter: string): Words => LETTERS[letter] ?? w(letter, letter);

const COLORS: Readonly<Record<LightColor, Words>> = {
  red: w("red", "红灯"),
  amber: w("amber", "黄灯"),
  green: w("green", "绿灯"),
};

/** By the milliseconds of a pulse. */
const PULSES: Readonly<Record<number, Words>> = {
  100: w("short", "短"),
  400: w("middle", "中"),
  1200: w("long", "长"),
};

const CARRIERS: Readonly<Record<CarrierName, Words>> = {
  udp: w("a datagram", "数据报"),
  sms: w("a sealed short message", "加密短信"),
  serial: w("a serial line", "串口"),
};

const OUTCOMES: Readonly<Record<Outcome, Words>> = {
  real: w("real; help was given", "真实求助，已得到帮助"),
  ambulance: w("real; ambulance sent", "真实求助，已叫救护车"),
  visited: w("no reply; somebody went there", "无人应答，已上门查看"),
  accidental: w("accidental; she is well", "误按，老人平安"),
  test: w("a test", "测试"),
  social: w("talked with her; all is well", "与老人通话，一切安好"),
  fault: w("a fault", "设备故障"),
};

const TOLD: Readonly<Record<Word, Words>> = {
  taken: cueWords("taken"),
  closed: cueWords("closed"),
  released: cueWords("waitingAgain"),
  reopened: cueWords("waitingAgain"),
};

/** Colour and pulses, as hand and eye get them. */
function feltAs(name: CueName): Words {
  const { light, vibration } = cueOf(name);
  const pulses = vibration.filter((_, at) => at % 2 === 0).map((ms) => PULSES[ms]);
  const color = COLORS[light.color];
  return w(
    `${color.en}; ${pulses.map(({ en }) => en).join(" ")}`,
    `${color.zh}；${pulses.map(({ zh }) => zh).join("")}`,
  );
}

function cueText(name: CueName): Words {
  if (name === "tick") return w("ticks as long as the key is down.", "按住期间一直滴答。");
  const { en, zh } = cueWords(name);
  const felt = feltAs(name);
  return w(`tells her "${en}" (${felt.en}).`, `提示“${zh}”（${felt.zh}）。`);
}

function ageText(ageS: number | undefined): Words {
  if (ageS === undefined) return w("of unknown age", "时间不明");
  if (ageS < 60) return w(`${ageS} s old`, `${ageS} 秒前`);
  return w(`${Math.round(ageS / 60)} min old`, `${Math.round(ageS / 60)} 分钟前`);
}

function positionText(position: Position | undefined): Words {
  if (position === undefined) return w("no position yet", "还没有位置");
  const { uncertaintyM, ageS } = position;
  const age = ageText(ageS);
  return w(`position to ${uncertaintyM} m, ${age.en}`, `位置误差 ${uncertaintyM} 米，${age.zh}`);
}

const batteryText = ({ batteryPercent }: Pick<Report, "batteryPercent">): Words =>
  batteryPercent === undefined
    ? w("battery unknown", "电量不明")
    : w(`battery ${batteryPercent} %`, `电量 ${batteryPercent}%`);

function rowText(letter: string, report: Report): Words {
  const kind = letterWords(letter);
  const place = positionText(report.position);
  const battery = batteryText(report);
  return w(
    `A row appears, with sound: ${kind.en}, Wang Xiulan, ${place.en}, ${battery.en}.`,
    `响铃，出现一行：${kind.zh}，王秀兰，${place.zh}，${battery.zh}。`,
  );
}

function beatsText(count: number, percent: number | undefined, charging: boolean): Words {
  const battery = batteryText({ batteryPercent: percent });
  return w(
    `${count === 1 ? "answers a beat, which" : `answers ${count} beats; the last`} says ${battery.en}${charging ? ", charging" : ""}.`,
    `已应答 ${count} 次心跳；最近一次：${battery.zh}${charging ? "，充电中" : ""}。`,
  );
}

/** Where a point of the track lies. */
function homeText(homeM: number): Words {
  if (homeM < AT_HOME_M) return w("at home", "在家");
  const inside = homeM <= ZONE_M;
  return w(
    `${homeM} m from home, ${inside ? "inside" : "outside"} the zone`,
    `离家 ${homeM} 米，在围栏${inside ? "内" : "外"}`,
  );
}

function pointsText(count: number, homeM: number): Words {
  const place = homeText(homeM);
  return w(
    `stores ${count === 1 ? "a track point:" : `${count} track points; the last is`} ${place.en}.`,
    `存储 ${count} 个轨迹点${count === 1 ? "：" : "；最近一点"}${place.zh}。`,
  );
}

type Sentences = {
  readonly [What in Saying["what"]]: (saying: Extract<Saying, { what: What }>) => Words;
};

const SENTENCES: Sentences = {
  act: ({ act }) => ACTS[act],
  cue: ({ cue }) => cueText(cue),
  cueAgain({ cue, times: count }) {
    const { en, zh } = cueWords(cue);
    return w(`tells "${en}" again, ${times(count)}.`, `又提示“${zh}”${count} 次。`);
  },
  raised({ number, letter }) {
    const { en, zh } = letterWords(letter);
    return w(
      `raises alarm ${number}, ${en}: on flash, and there it stays until it is answered.`,
      `发起报警 ${number}：${zh}。已写入闪存，得到应答前一直保留。`,
    );
  },
  sent({ letter }) {
    const { en, zh } = letterWords(letter);
    return w(`sends it, sealed, at once: ${en}.`, `立即加密发送：${zh}。`);
  },
  sentAgain: ({ times: count }) =>
    w(`sends it again by datagram, ${times(count)}.`, `又用数据报重发 ${count} 次。`),
  network: ({ found }) =>
    found
      ? w(
          "The pager is registered: the way to the platform is open.",
          "呼叫器已入网：通往平台的路通了。",
        )
      : w("The pager has no network, and searches.", "呼叫器没有网络，正在搜索。"),
  search: ({ times: count }) => w(`It searches anew, ${times(count)}.`, `重新搜索 ${count} 次。`),
  text: ({ to }) =>
    to === "platform"
      ? w("A sealed short message leaves for the platform.", "一条加密短信发往平台。")
      : w(
          "A short message leaves for her daughter: help is needed, and where she was last.",
          "一条短信发给女儿：需要帮助，以及最后的位置。",
        ),
  beatMissed: () => w("Its beat is due and finds no way out.", "该发心跳了，却发不出去。"),
  bound: () =>
    w(
      "hears the pager for the first time, and binds it to its chip.",
      "呼叫器首次上线：已与芯片绑定。",
    ),
  settingsDone: () => w("hears that the pager has taken the settings.", "呼叫器已接受参数：完成。"),
  well: () => w("sees that Wang Xiulan is well.", "看到王秀兰报平安。"),
  checkIn({ report }) {
    const { en, zh } = batteryText(report);
    return w(`stores the check-in (${en}), then answers.`, `先存储报平安（${zh}），再应答。`);
  },
  alarmStored({ number, carrier }) {
    const { en, zh } = CARRIERS[carrier];
    return w(
      `stores alarm ${number}, which came by ${en}, and only then answers.`,
      `报警 ${number} 由${zh}送到：先存储，再应答。`,
    );
  },
  row: ({ letter, report }) => rowText(letter, report),
  reports({ times: count, report }) {
    const { en, zh } = positionText(report.position);
    return w(
      `stores ${count} further report${count === 1 ? "" : "s"} of the alarm; the last: ${en}.`,
      `又存储该报警的 ${count} 次报告；最近一次：${zh}。`,
    );
  },
  polls: ({ times: count }) =>
    w(`asks the platform what waits for her, ${times(count)}.`, `询问平台有无消息 ${count} 次。`),
  taken: ({ number, operator }) =>
    w(`${operator} takes alarm ${number}.`, `李接警：报警 ${number}。`),
  closed({ number, operator, outcome }) {
    const { en, zh } = OUTCOMES[outcome];
    return w(`${operator} closes alarm ${number}: ${en}.`, `李办结报警 ${number}：${zh}。`);
  },
  told({ word }) {
    const { en, zh } = TOLD[word];
    return w(`knows that she was told: "${en}".`, `已知老人得到提示：“${zh}”。`);
  },
  beats: ({ times: count, batteryPercent, charging }) => beatsText(count, batteryPercent, charging),
  points: ({ times: count, homeM }) => pointsText(count, homeM),
  latePoint({ pointMs, homeM }) {
    const at = new Date(pointMs).toISOString().slice(11, 16);
    const { en, zh } = homeText(homeM);
    return w(
      `stores a track point of ${at} that waited for coverage: ${en}.`,
      `存储 ${at} 的轨迹点，它一直在等信号：${zh}。`,
    );
  },
  zoneAgain: ({ homeM }) =>
    w(
      `stores a track point: she is inside the zone again, ${homeM} m from home.`,
      `存储一个轨迹点：她又回到围栏内，离家 ${homeM} 米。`,
    ),
};

/** The sentence of a saying. */
export function sentenceOf(saying: Saying): Words {
  // Each saying goes to the sentence of its own name: the table's type holds the two together.
  const sentence = SENTENCES[saying.what] as (said: Saying) => Words;
  return sentence(saying);
}
