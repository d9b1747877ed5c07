// Names of messages, fields and values in Chinese and English, and what is said of input and faults.
// The only text that `onekey decode` shows of a message; a test proves that nothing declared is
// without its words.

import type { Words } from "../desk/words/words.ts";

function w(zh: string, en: string): Words {
  return { zh, en };
}

/** By the name in the declaration. */
export const messageWords: Record<string, Words> = {
  sos: w("呼救", "call for help"),
  fall: w("跌倒", "fall"),
  leftZone: w("离开围栏", "left a zone"),
  noMovement: w("长时间未动", "no movement"),
  lowBattery: w("电量低", "low battery"),
  more: w("再次长按", "further hold"),
  report: w("报警后续", "report of an alarm"),
  mistake: w("误报", "mistake"),
  checkIn: w("报平安", "check-in"),
  beat: w("心跳", "beat"),
  health: w("每日健康", "health of the day"),
  track: w("轨迹", "track"),
  result: w("执行结果", "result"),
  selfTested: w("自检报告", "what a self-test found"),
  log: w("日志", "log"),
  settings: w("参数", "settings"),
  activation: w("启用", "activation"),
  waiting: w("询问待办", "what waits?"),
  word: w("平台下行", "word of the platform"),
  time: w("对时", "time"),
  taken: w("已接警", "taken by a person"),
  closed: w("已办结", "closed"),
  released: w("已退回", "released"),
  reopened: w("重新受理", "reopened"),
  anew: w("换密钥重报", "anew"),
  locate: w("立即定位", "locate"),
  ring: w("响铃", "ring"),
  notice: w("通知佩戴人", "notice to the wearer"),
  readSettings: w("读参数", "read settings"),
  changeSettings: w("改参数", "change settings"),
  selfTest: w("自检", "self-test"),
  pressTest: w("按键测试", "press test"),
  update: w("升级", "update"),
  restart: w("重启", "restart"),
  sendLog: w("上传日志", "send the log"),
  renew: w("更换安全上下文", "renew the context"),
};

/** What has no declaration of its own. */
export const otherWords = {
  unknownAlarm: w("未知类型的报警", "call for help of a newer version"),
  unknownLetter: w("未知资源", "resource that is not known"),
  image: w("升级映像分块", "block of an image"),
  part: w("分块", "block of a longer body"),
  whole: w("全部分块", "all blocks together"),
  answer: w("应答：平台已存储", "answer: stored by the platform"),
  obeyed: w("应答：已收到", "answer of the pager"),
  empty: w("空报文，不证明任何事", "empty: proves nothing"),
  unsealed: w("未加密，不证明任何事", "not sealed: proves nothing"),
  tail: w("更新版本的其它值", "further values, of a newer version"),
  unknownValue: w("未知值", "not known"),
} as const;

/** By the name in the declaration. */
export const fieldWords: Record<string, Words> = {
  number: w("编号", "number"),
  time: w("时间", "time"),
  battery: w("电量", "battery"),
  latitude: w("纬度", "latitude"),
  longitude: w("经度", "longitude"),
  uncertaintyM: w("误差半径", "uncertainty"),
  ageS: w("位置时龄", "age"),
  cell: w("基站小区", "cell"),
  zone: w("围栏", "zone"),
  stillS: w("静止时长", "still for"),
  level: w("级别", "level"),
  signalDbm: w("信号", "signal"),
  state: w("状态", "state"),
  settings: w("参数版本", "settings"),
  firmware: w("固件", "firmware"),
  faults: w("当日故障", "faults"),
  failed: w("未通过", "failed"),
  passed: w("通过", "passed"),
  daysLeft: w("剩余天数", "days left"),
  starts: w("启动次数", "starts"),
  exchanges: w("通信次数", "exchanges"),
  unanswered: w("无应答次数", "unanswered"),
  recoveries: w("模块恢复", "recoveries"),
  fixes: w("定位成功", "fixes"),
  missedFixes: w("定位失败", "missed fixes"),
  refused: w("拒收", "refused"),
  storageFaults: w("存储故障", "storage faults"),
  wear: w("闪存磨损", "wear"),
  batteryMv: w("电压", "battery"),
  runningS: w("已运行", "running for"),
  stepS: w("时间步长", "step"),
  points: w("轨迹点", "points"),
  outcome: w("结果", "outcome"),
  detail: w("详情", "detail"),
  fixS: w("首次定位用时", "first fix in"),
  roundTripMs: w("往返时延", "round trip"),
  text: w("文本", "text"),
  hash: w("校验值", "hash"),
  list: w("清单", "list"),
  rows: w("日志行", "rows"),
  board: w("板型", "board"),
  chip: w("芯片号", "chip"),
  iccid: w("SIM 卡号", "ICCID"),
  imei: w("模块号", "IMEI"),
  what: w("指令字", "word"),
  value: w("值", "value"),
  id: w("指令编号", "command"),
  forS: w("持续", "for"),
  notice: w("通知", "notice"),
  parts: w("部件", "parts"),
  octets: w("字节数", "octets"),
  slot: w("槽位", "slot"),
  kid: w("密钥标识", "kid"),
  raisedUnder: w("报警时的密钥标识", "raised under kid"),
  platformId: w("平台标识", "platform id"),
  senderKey: w("发送密钥", "sender key"),
  recipientKey: w("接收密钥", "recipient key"),
  commonIv: w("公共初始向量", "common IV"),
};

/** Flags that ride on a sign: what is said where it is set, and where it is not. */
export const flagWords: Record<string, { set: Words; clear: Words }> = {
  timeFromNetwork: {
    set: w("网络时间", "network time"),
    clear: w("非网络时间", "not network time"),
  },
  charging: { set: w("充电中", "charging"), clear: w("未充电", "not charging") },
  fromCells: { set: w("基站定位", "from cells"), clear: w("卫星定位", "from satellites") },
};

/** Names behind codes, by their place in the tables of protocol/codes.ts. */
export const outcomeWords: Words[] = [
  w("完成", "done"),
  w("不认识", "not known to the pager"),
  w("拒绝", "refused"),
  w("失败", "failed"),
  w("忙：有报警", "busy: an alarm is open"),
];

export const noticeWords: Words[] = [
  w("见文本", "see the text"),
  w("请充电", "please charge"),
  w("我们将来电", "we will call"),
  w("我们正赶来", "we are coming"),
  w("今日探访", "visit today"),
];

export const boardWords: Words[] = [
  w("虚拟", "virtual"),
  w("rak5010", "rak5010"),
  w("espruino-linux", "espruino-linux"),
  w("air780eg", "air780eg"),
  w("air780egh", "air780egh"),
];

export const levelWords: Words[] = [
  w("低", "low"),
  w("很低", "very low"),
  w("断电前", "last gasp"),
];

/** Bits of parts from the lowest one. */
export const partWords: Words[] = [
  w("呼叫键", "key"),
  w("灯", "light"),
  w("马达", "motor"),
  w("存储", "storage"),
  w("卫星定位", "GNSS"),
  w("SIM 卡", "SIM"),
  w("入网", "registration"),
  w("往返", "round trip"),
  w("声音", "sound"),
  w("运动", "motion"),
  w("信号", "signal"),
];

/** Bits of a beat's state and of a day's faults from the lowest one. */
export const stateWords: Words[] = [
  w("存储故障", "storage fault"),
  w("使用备用上下文", "spare context in use"),
  w("心跳无应答", "beat unanswered"),
];

export const unitWords = {
  bit: w("位", "bit"),
  none: w("无", "none"),
  row: w("表行", "row"),
  rows: w("行", "rows"),
  hidden: (octets: number) => w(`${octets} 字节，不显示`, `${octets} octets, not shown`),
  more: (letters: number) => w(`还有 ${letters} 个字符，见 --json`, `${letters} more, see --json`),
  lines: w("行", "lines"),
  orMore: w("或以上", "or more"),
} as const;
