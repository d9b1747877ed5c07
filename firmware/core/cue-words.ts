// The words of the cues, for boards with a speaker and for pages that show a pager.
// Never in the image of a board without one: only such boards and pages import this file.

import { type Cue, type CueName, cueOf } from "./cues.ts";

export interface Words {
  zh: string;
  en: string;
}

/** What the cue says; which of the two is for the setting "language": 0 Chinese, 1 English. */
export function wordsOf(name: CueName): Words {
  switch (name) {
    case "tick":
      return { zh: "按住", en: "keep holding" };
    case "raised":
      return { zh: "正在呼救", en: "calling for help" };
    case "sending":
      return { zh: "正在发送", en: "sending" };
    case "stillTrying":
      return { zh: "还在发送", en: "still trying" };
    case "noNetwork":
      return { zh: "没有信号", en: "no network" };
    case "delivered":
      return { zh: "已送达", en: "sent" };
    case "taken":
      return { zh: "有人接警了", en: "somebody has it" };
    case "closed":
      return { zh: "已办结", en: "closed" };
    case "checkinDelivered":
      return { zh: "平安已报", en: "I am well: sent" };
    case "notActivated":
      return { zh: "尚未开通", en: "not activated" };
    case "linkLost":
      return { zh: "联络中断", en: "link lost" };
    case "waitingAgain":
      return { zh: "重新等待接警", en: "waiting for somebody" };
    case "batteryLow":
      return { zh: "电量低请充电", en: "battery low, please charge" };
    case "batteryLower":
      return { zh: "电量很低请马上充电", en: "battery very low, charge now" };
    case "batteryLast":
      return { zh: "快没电了呼救可能失败", en: "battery nearly empty, an alarm may fail" };
    case "ring":
      return { zh: "我在这里", en: "here I am" };
    case "notice":
      return { zh: "有通知", en: "a message for you" };
    case "pressTest":
      return { zh: "测试请长按", en: "test, please hold the key" };
    case "pressTestGood":
      return { zh: "按键测试成功", en: "key test good" };
    case "selfTest":
      return { zh: "正在自检", en: "self-test" };
    case "fallen":
      return { zh: "您跌倒了吗没事请按一下", en: "did you fall: click if you are well" };
  }
}

/** What a notice says, by its code [protocol/codes.ts]; nothing where it brings its own text. */
export function noticeWords(code: number): Words | undefined {
  switch (code) {
    case 1:
      return { zh: "请给呼叫器充电", en: "please charge the pager" };
    case 2:
      return { zh: "我们会打电话给您", en: "we will call you" };
    case 3:
      return { zh: "我们马上到您那里", en: "we are coming to you" };
    case 4:
      return { zh: "今天有人来看您", en: "somebody visits you today" };
  }
  return undefined;
}

/** A cue with its words in both languages. */
export type SpokenCue = Cue & Words;

export function spokenCue(name: CueName): SpokenCue {
  const cue = cueOf(name);
  const words = wordsOf(name);
  return {
    name: cue.name,
    zh: words.zh,
    en: words.en,
    light: cue.light,
    steady: cue.steady,
    vibration: cue.vibration,
    sound: cue.sound,
  };
}
