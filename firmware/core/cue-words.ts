// The words of the cues, for boards with a speaker and for pages that show a pager.
// Never in the image of a board without one: only such boards and pages import this file.

import { type Cue, type CueName, cueOf } from "./cues.ts";

/** The setting "language": 0 Chinese, 1 English. */
function choose(language: number, zh: string, en: string): string {
  return language === 0 ? zh : en;
}

/** What the cue says, in the language of the setting. */
export function wordsOf(name: CueName, language: number): string {
  switch (name) {
    case "tick":
      return choose(language, "按住", "keep holding");
    case "raised":
      return choose(language, "正在呼救", "calling for help");
    case "sending":
      return choose(language, "正在发送", "sending");
    case "stillTrying":
      return choose(language, "还在发送", "still trying");
    case "noNetwork":
      return choose(language, "没有信号", "no network");
    case "delivered":
      return choose(language, "已送达", "sent");
    case "taken":
      return choose(language, "有人接警了", "somebody has it");
    case "closed":
      return choose(language, "已办结", "closed");
    case "checkinDelivered":
      return choose(language, "平安已报", "I am well: sent");
    case "notActivated":
      return choose(language, "尚未开通", "not activated");
    case "linkLost":
      return choose(language, "联络中断", "link lost");
    case "waitingAgain":
      return choose(language, "重新等待接警", "waiting for somebody");
    case "batteryLow":
      return choose(language, "电量低请充电", "battery low, please charge");
    case "batteryLower":
      return choose(language, "电量很低请马上充电", "battery very low, charge now");
    case "batteryLast":
      return choose(language, "快没电了呼救可能失败", "battery nearly empty, an alarm may fail");
    case "ring":
      return choose(language, "我在这里", "here I am");
    case "notice":
      return choose(language, "有通知", "a message for you");
    case "pressTest":
      return choose(language, "测试请长按", "test, please hold the key");
    case "pressTestGood":
      return choose(language, "按键测试成功", "key test good");
    case "selfTest":
      return choose(language, "正在自检", "self-test");
  }
}

/** What a notice says, by its code [protocol/codes.ts]; "" where it says only its own text. */
export function noticeWords(code: number, language: number): string {
  switch (code) {
    case 1:
      return choose(language, "请给呼叫器充电", "please charge the pager");
    case 2:
      return choose(language, "我们会打电话给您", "we will call you");
    case 3:
      return choose(language, "我们马上到您那里", "we are coming to you");
    case 4:
      return choose(language, "今天有人来看您", "somebody visits you today");
  }
  return "";
}

/** A cue with its words in both languages. */
export interface SpokenCue extends Cue {
  zh: string;
  en: string;
}

export function spokenCue(name: CueName): SpokenCue {
  const cue = cueOf(name);
  return {
    name: cue.name,
    zh: wordsOf(name, 0),
    en: wordsOf(name, 1),
    light: cue.light,
    steady: cue.steady,
    vibration: cue.vibration,
    sound: cue.sound,
  };
}
