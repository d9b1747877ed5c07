// The texts of the virtual pager, which only a demo shows. No other file of the panel holds any.
import type { RadioState } from "../../../firmware/core/input.ts";
import { type Words, w } from "./words.ts";

export const panel = {
  title: w("虚拟一键通", "Virtual pager"),
  holdFor: (seconds: string) => w(`按住 ${seconds} 秒求助`, `Hold the key for ${seconds} seconds`),
  holding: w("继续按住…", "Keep holding…"),
  held: w("已按满，可以松手", "Held. You may let go"),
  clickHint: w("短按一下 = 报平安", "A click = 'I am well'"),
  keyboard: w("也可用空格键", "or the space bar"),
  key: w("呼叫键", "The key"),
  vibration: w("振动", "Vibration"),
  beep: w("提示音", "Beeps"),
  beepOn: w("播放提示音", "Play its beeps"),
  quiet: w("没有提示", "No cue"),
  log: w("最近的提示", "Last cues"),
  failed: w("按键没有送到演示程序。", "The press did not reach the demo."),
  hide: w("收起", "Hide"),
  feels: w("老人感到", "The wearer gets"),
};

/** State of a virtual pager's radio. */
export const radios: Record<RadioState, Words> = {
  off: w("无线已关", "radio off"),
  starting: w("无线启动中", "radio starting"),
  searching: w("正在找网", "searching"),
  denied: w("未获准入网", "network denied"),
  ready: w("已联网", "on the network"),
};

export const lights = {
  off: w("灯灭", "off"),
  red: w("红灯", "red"),
  amber: w("黄灯", "amber"),
  green: w("绿灯", "green"),
};
