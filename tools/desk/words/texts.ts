// Every text of the desk in Chinese and English; those of the virtual pager lie next door.
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import type { Outcome } from "../../../sdk/care/outcome.ts";
import type { Standing, Word } from "../../../sdk/events.ts";
import type { Trouble } from "../rules/pager-work.ts";
import { lights, panel, radios } from "./panel-texts.ts";
import { type Words, w } from "./words.ts";

const none = w("无", "none");

const desk = {
  name: w("一键通呼叫台", "Onekey desk"),
  alarms: w("报警", "Alarms"),
  pagers: w("一键通状态", "Pagers"),
  settings: w("设置", "Settings"),
  language: w("语言", "Language"),
  opening: w("正在打开呼叫台…", "Opening the desk…"),
  skip: w("跳到报警队列", "Skip to the alarm queue"),
  titleUntaken: w("有报警未接", "alarm waiting"),
};

/** Each in its own script, so that anybody finds the way back. */
const languages = { both: "中/EN", zh: "中文", en: "EN" };

const link = {
  live: w("实时", "Live"),
  opening: w("连接中", "Connecting"),
  down: w("连接中断", "Connection down"),
  downSince: (since: string) =>
    w(
      `与平台的连接已中断（${since} 起）。新的报警可能看不到，正在自动重连。`,
      `No connection to the platform since ${since}. New alarms may not show here. Trying again by itself.`,
    ),
  downDo: w(
    "如持续超过一分钟，请用电话联系值班技术人员。",
    "If this lasts over a minute, phone the technician on duty.",
  ),
  shut: w("未登录", "Not signed in"),
  shutMore: w(
    "没有登录或登录已过期。请在运行平台的电脑上执行 onekey serve --link，用新链接打开呼叫台。",
    "Not signed in, or the sign-in has ended. Run `onekey serve --link` where the platform runs, and open the desk by the new link.",
  ),
};

const sound = {
  blocked: w(
    "声音被浏览器拦住：现在来报警不会响！",
    "Sound is blocked by the browser: an alarm would be silent!",
  ),
  enable: w("打开声音", "Turn sound on"),
  on: w("声音已开", "Sound on"),
  off: w("无声音", "No sound"),
  test: w("试听", "Test sound"),
  none: w(
    "此浏览器不能发声，请一直看着屏幕，或换一台电脑。",
    "This browser can't make sound. Keep watching the screen, or use another computer.",
  ),
};

const queue = {
  title: w("报警队列", "Alarm queue"),
  untaken: w("未接", "untaken"),
  taken: w("处理中", "taken"),
  closed: (count: number) => w(`最近办结 ${count} 个`, `${count} closed lately`),
  empty: w("现在没有报警", "No open alarm"),
  emptyMore: w(
    "新的报警会自动出现在这里，并持续响铃，直到有人接警。",
    "A new alarm shows here by itself and sounds until somebody takes it.",
  ),
  unassigned: w("未登记", "Unassigned"),
  waiting: w("等待", "waiting"),
  priority: (rank: number) => w(`优先级 ${rank}`, `Priority ${rank}`),
  repeats: (count: number) => w(`再次按键 ${count} 次`, `held again ×${count}`),
  mistake: w("老人说是误报", "says: a mistake"),
  unproven: w("待核实", "not proven yet"),
  yours: w("由您处理", "yours"),
};

const stages = {
  delivered: w("未接警", "Untaken"),
  taken: w("已接警", "Taken"),
  closed: w("已办结", "Closed"),
};

/** What the wearer was told, by the word of the wire. */
const told: Record<Word, Words> = {
  taken: stages.taken,
  closed: stages.closed,
  released: w("已退回，等待接警", "Given back, waiting"),
  reopened: w("重新受理，等待接警", "Open again, waiting"),
};

const kinds: Record<AlarmRow["kind"], Words> = {
  sos: w("求助", "SOS"),
  fall: w("跌倒", "Fall"),
  leftZone: w("离开围栏", "Left zone"),
  noMovement: w("长时间无活动", "No movement"),
  lowBattery: w("电量低", "Battery low"),
  unknown: w("未知报警", "Unknown alarm"),
};

/** Every standing but "active" is said beside an alarm, which counts all the same [wire §2.6]. */
const standings: Partial<Record<Standing, Words>> = {
  unassigned: w("未登记服务对象", "No person on record"),
  neverActivated: w("从未启用", "Never activated"),
  blocked: w("已停用", "Blocked"),
};

const alarm = {
  number: (number: number) => w(`报警号 ${number}`, `Alarm ${number}`),
  takenBy: (owner: string) => w(`${owner} 已接警`, `Taken by ${owner}`),
  yours: (owner: string) => w(`您（${owner}）已接警`, `Taken by you (${owner})`),
  closedBy: (who: string) => w(`${who} 已办结`, `Closed by ${who}`),
  untaken: w("还没有人接警", "Nobody has taken it yet"),
  givenBack: (who: string) => w(`${who} 已退回，等待接警`, `Given back by ${who}: nobody has it`),
  openAgain: (who: string) =>
    w(`${who} 重新受理，等待接警`, `Opened again by ${who}: nobody has it`),
  takeTime: w("接警时长", "take time"),
  lateBy: (span: Words) =>
    w(
      `按一键通的时钟，老人按键 ${span.zh}后报警才送达。`,
      `By the pager's clock the alarm took ${span.en} to get here.`,
    ),
  standing: (words: Words) =>
    w(
      `这台一键通${words.zh}。报警照常处理，并通知技术人员。`,
      `Pager: ${words.en}. Treat the alarm as any other, and tell the technician.`,
    ),
  history: w("经过", "History"),
  wearer: w("老人现在知道的", "What the wearer knows now"),
  wearerDelivered: w(
    "“已送达”：呼叫送到了，还没有人接。",
    "'Sent': the call arrived, nobody has it yet.",
  ),
  wearerWaitsSent: w(
    "正在通知“重新等待接警”，一键通还没有回执。",
    "Being told 'waiting again'; no result from the pager yet.",
  ),
  wearerWaits: w(
    "“重新等待接警”：一键通已回执，老人知道现在没有人接。",
    "'Waiting again': the pager reported that the cue was given.",
  ),
  wearerTakenSent: w(
    "正在通知“有人接警了”，一键通还没有回执。",
    "Being told 'somebody has it'; no result from the pager yet.",
  ),
  wearerTaken: w(
    "“有人接警了”：一键通已回执，老人已得到提示。",
    "'Somebody has it': the pager reported that the cue was given.",
  ),
  wearerClosedSent: w(
    "正在通知“已办结”，一键通还没有回执。",
    "Being told 'closed'; no result from the pager yet.",
  ),
  wearerClosed: w(
    "“已办结”：一键通已回执。",
    "'Closed': the pager reported that the cue was given.",
  ),
  mistake: w(
    "老人三次短按表示“按错了”。请仍然回电确认后再办结。",
    "The wearer clicked three times: 'a mistake'. Still ring back before closing.",
  ),
  unproven: w(
    "平台刚从备份恢复，这可能是一条旧报警。请照常接警，等待一键通核实。",
    "The platform came back from a copy, and this may be an old alarm. Treat it as any other until the pager has proven it.",
  ),
  battery: w("电量", "Battery"),
  charging: w("充电中", "charging"),
  raisedAt: w("发起时间", "Raised at"),
  holds: w("长按", "Holds"),
  times: (count: number) =>
    w(`${count} 次`, count === 0 ? "none" : count === 1 ? "once" : `${count} times`),
};

const person = {
  years: (years: number) => w(`${years} 岁`, `${years} years old`),
  pager: w("一键通", "Pager"),
  none: w("这台一键通没有登记服务对象。", "No person is on record for this pager."),
  noneDo: w(
    "照常接警，按位置处理，并通知技术人员补登记。",
    "Take it all the same, go by the position, and have the technician add the record.",
  ),
  noMore: w("没有登记住址和电话。", "No address or phone is on record."),
};

const position = {
  none: w("还没有位置", "No position yet"),
  noneDo: w(
    "位置一到会自动显示。先按住址处理。",
    "It shows by itself when it comes. Go by the address.",
  ),
  satellites: w("卫星定位", "Satellites"),
  cells: w("基站定位", "Cell towers"),
  cell: w("基站小区（可向运营商查询位置）", "Network cell: its operator can say where that is"),
  cellArea: (area: string) => w(`位置区 ${area}`, `area ${area}`),
  source: w("来源", "Source"),
  age: w("位置时间", "Age"),
  ageUnknown: w("时间不明", "age unknown"),
  uncertainty: w("误差半径", "Uncertainty"),
  unknown: w("不明", "unknown"),
  coordinates: w("经纬度", "Latitude, longitude"),
  north: (degrees: string) => w(`北纬 ${degrees}°`, `${degrees}° N`),
  south: (degrees: string) => w(`南纬 ${degrees}°`, `${degrees}° S`),
  east: (degrees: string) => w(`东经 ${degrees}°`, `${degrees}° E`),
  west: (degrees: string) => w(`西经 ${degrees}°`, `${degrees}° W`),
  meters: (value: string) => w(`${value} 米`, `${value} m`),
  kilometers: (value: string) => w(`${value} 公里`, `${value} km`),
  within: (radius: Words) => w(`±${radius.zh}`, `±${radius.en}`),
  map: w("位置地图", "Map of the position"),
  grid: (size: Words) => w(`网格 ${size.zh}`, `Grid ${size.en}`),
  northUp: w("北", "N"),
  centre: w("回到最新位置", "Back to newest"),
  zoomIn: w("放大", "Zoom in"),
  zoomOut: w("缩小", "Zoom out"),
};

const acts = {
  take: w("接警", "Take"),
  note: w("备注", "Note"),
  close: w("办结", "Close"),
  release: w("退回", "Give back"),
  reopen: w("重新受理", "Reopen"),
  releaseTitle: w("退回报警", "Give the alarm back"),
  releaseWarn: w(
    "退回后，报警重新响铃等待别人接警，一键通会告诉老人还要等。",
    "It will sound and wait for somebody else, and the pager tells the wearer to wait.",
  ),
  reopenTitle: w("重新受理报警", "Open the alarm again"),
  reopenWarn: w(
    "报警重新响铃等待接警，一键通会告诉老人正在等待。办结后一小时内可以重新受理。",
    "It will sound and wait to be taken, and the pager tells the wearer so. Possible within an hour of its close.",
  ),
  notNow: w("先不", "Not now"),
  nameReopen: w("保存姓名", "Save the name"),
  noteHint: w("记录经过…", "What happened…"),
  addNote: w("记下备注", "Save note"),
  back: w("返回", "Back"),
  chooseOutcome: w("处置结果（必选）", "Outcome (required)"),
  outcomeMissing: w("请先选择处置结果。", "Choose an outcome first."),
  closeTitle: w("办结报警", "Close the alarm"),
  closeNote: w("说明（可不填）", "Remark (optional)"),
  closeWarn: w(
    "办结后，一键通会提示老人“已办结”。请先确认老人平安或已有人到场。",
    "The pager will then tell the wearer 'closed'. First make sure that the person is well or has help.",
  ),
  working: w("正在提交…", "Sending…"),
  nameTitle: w("您的姓名", "Your name"),
  nameWhy: w(
    "接警记录和其他坐席会看到这个名字。只问一次，可在设置中修改。",
    "The record and the other operators see it. Asked once; change it under Settings.",
  ),
  nameHint: w("例如：王芳", "e.g. Wang Fang"),
  nameTake: w("保存并接警", "Save and take"),
  nameNote: w("保存并备注", "Save both"),
  save: w("保存", "Save"),
};

const outcomes: Record<Outcome, Words> = {
  real: w("真实求助，已得到帮助", "Real; help was given"),
  ambulance: w("真实求助，已叫救护车", "Real; ambulance sent"),
  visited: w("无人应答，已上门查看", "No reply; somebody went there"),
  accidental: w("误按，老人平安", "Accidental; the person is well"),
  test: w("测试", "Test"),
  social: w("陪伴聊天、情绪安抚", "Lonely, or wished to talk"),
  fault: w("一键通或平台故障", "Fault of pager or platform"),
};

const history = {
  raised: w("老人长按呼叫键（一键通时钟）", "The wearer held the key (pager's clock)"),
  raisedItself: w("一键通自动报警（一键通时钟）", "The pager raised it by itself (pager's clock)"),
  delivered: w("送达平台并存盘", "Delivered and stored"),
  repeat: w("老人再次按住呼叫键", "The wearer held the key again"),
  position: w("收到位置", "Position received"),
  mistake: w("老人表示误报", "The wearer says: a mistake"),
  taken: (who: string) => w(`${who} 接警`, `Taken by ${who}`),
  released: (who: string) => w(`${who} 退回`, `Given back by ${who}`),
  reopened: (who: string) => w(`${who} 重新受理`, `Opened again by ${who}`),
  note: (who: string) => w(`${who} 备注`, `Note by ${who}`),
  closed: (who: string, outcome: Words = none) =>
    w(`${who} 办结：${outcome.zh}`, `Closed by ${who}: ${outcome.en}`),
  told: (what: Words) => w(`一键通已回执：${what.zh}`, `Pager gave the cue: ${what.en}`),
};

const pagers = {
  title: w("一键通状态", "Live state of the pagers"),
  why: w("技术情况在这里，不混入报警队列。", "Technical matters stay here, apart from the alarms."),
  empty: w("还没有登记一键通。", "No pager is registered yet."),
  id: w("编号", "Id"),
  named: w("名称", "Name"),
  state: w("状态", "State"),
  heard: w("最近联系", "Last heard"),
  battery: w("电量", "Battery"),
  signal: w("信号 dBm", "Signal dBm"),
  checkedIn: w("报平安", "Check-in"),
  never: w("从未", "never"),
  well: w("正常", "Well"),
  trouble: (count: number) => w(`${count} 台需要处理`, `${count} to look after`),
  all: (count: number) => w(`共 ${count} 台`, `${count} in all`),
  unknown: w("未知", "unknown"),
  firmware: w("固件", "Firmware"),
  days: (days: number) => w(`至少 ${days} 天`, `${days} days at least`),
};

const troubles: Record<Trouble, Words> = {
  blocked: w("已停用", "Blocked"),
  neverActivated: w("从未启用", "Never activated"),
  neverHeard: w("从未联系", "Never heard"),
  silent: w("失联", "Silent"),
  batteryEmpty: w("电量将尽", "Almost flat"),
  batteryLow: w("电量低", "Battery low"),
  unassigned: w("未登记", "Unassigned"),
  signalWeak: w("信号弱", "Weak signal"),
  partFailed: w("自检未通过", "Self-test failed"),
};

const settings = {
  title: w("设置", "Settings"),
  operator: w("您的姓名", "Your name"),
  tiles: w("地图瓦片地址（可不填）", "Map tile address (optional)"),
  tilesHint: w(
    "例如 https://host/{z}/{x}/{y}.png。不填则用空白网格，不需要外网。平台也须允许该主机。",
    "e.g. https://host/{z}/{x}/{y}.png. Left empty: plain grid, no internet. The platform must allow that host too.",
  ),
  datum: w("瓦片坐标系", "Datum of the tiles"),
  wgs84: w("WGS-84（天地图、OSM）", "WGS-84 (Tianditu, OSM)"),
  gcj02: w("GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"),
  credit: w("地图来源说明", "Map credit line"),
  badTiles: w(
    "地址须以 https:// 或 http:// 开头，并含有 {z} {x} {y}。",
    "The address must start with https:// or http:// and hold {z} {x} {y}.",
  ),
};

const faults = {
  network: w(
    "没有送到平台：网络不通。内容还在，请再试一次。",
    "Not sent: the platform can't be reached. Nothing is gone, try again.",
  ),
  shut: link.shutMore,
  alreadyTaken: (owner: string) =>
    w(`${owner} 已经接警，由对方处理。`, `${owner} has taken it already and looks after it.`),
  alreadyClosed: (owner: string) => w(`${owner} 已经办结。`, `${owner} has closed it already.`),
  notTaken: w("要先接警。", "Take it first."),
  notOwner: (owner: string) =>
    w(`由 ${owner} 处理，只有本人能退回。`, `${owner} has it, and only ${owner} gives it back.`),
  notClosed: w("这个报警没有办结。", "This alarm is not closed."),
  closedTooLong: w(
    "办结已超过一小时，不能重新受理。请给老人打电话。",
    "It was closed over an hour ago. Ring the person up instead.",
  ),
  superseded: w(
    "这台一键通已有更新的报警或更换了密钥，请处理最新的报警。",
    "This pager has a newer alarm or new keys. Go on with its newest alarm.",
  ),
  unknownAlarm: w("平台上没有这个报警。", "The platform doesn't know this alarm."),
  other: (message: string) => w(`平台没有接受：${message}`, `The platform refused: ${message}`),
  page: w(
    "这部分页面出错了，左边的队列仍然有效。请刷新页面（F5），并告诉技术人员。",
    "This part of the page has failed; the queue still works. Reload (F5) and tell the technician.",
  ),
  unreadable: w(
    "平台的回答看不懂，请刷新页面。",
    "The platform's answer can't be read. Reload the page.",
  ),
};

const units = {
  now: w("刚刚", "just now"),
  seconds: (count: number) => w(`${count} 秒`, `${count} s`),
  minutes: (count: number) => w(`${count} 分钟`, `${count} min`),
  hours: (count: number) => w(`${count} 小时`, `${count} h`),
  days: (count: number) => w(`${count} 天`, `${count} days`),
  ago: (span: Words) => w(`${span.zh}前`, `${span.en} ago`),
};

export const texts = {
  desk,
  languages,
  link,
  sound,
  queue,
  stages,
  told,
  kinds,
  standings,
  alarm,
  person,
  position,
  acts,
  outcomes,
  history,
  pagers,
  troubles,
  settings,
  faults,
  panel,
  radios,
  lights,
  units,
};
