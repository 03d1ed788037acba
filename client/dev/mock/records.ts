/** Rows made from their number alone, so that a million of them cost nothing. */
import { STAGES } from "./definitions";

const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const GIVEN = ["敏", "建国", "丽华", "志强", "晓燕", "海涛", "雪梅", "俊杰", "文博", "思远", "嘉怡", "国庆"];
const PLACES = ["宁波", "苏州", "佛山", "东莞", "青岛", "无锡", "温州", "常州", "中山", "烟台", "嘉兴", "绍兴"];
const TRADES = [
  "精密机械",
  "自动化设备",
  "汽车零部件",
  "注塑科技",
  "电子",
  "包装材料",
  "食品机械",
  "新能源",
  "模具",
  "智能装备",
];
const NEEDS = [
  "数控车床更新",
  "产线自动化改造",
  "三坐标测量仪采购",
  "注塑机节能改造",
  "机器人焊接工作站",
  "空压机整站",
  "激光切割机",
  "AGV 搬运系统",
];
const AMOUNTS = [86_000, 128_500, 245_000, 368_000, 520_000, 76_800, 1_280_000, 435_600, 2_350_000, 198_000];

export const PEOPLE = Array.from({ length: 18 }, (_, i) => ({
  id: `m${i}`,
  name: `${SURNAMES[i % SURNAMES.length]}${GIVEN[(i * 5) % GIVEN.length]}`,
  department: ["华东一区", "华东二区", "华南大区", "技术部"][i % 4] ?? "",
}));
export const COUNT: Record<string, number> = { lead: 1_000_000, customer: 800, followup: 5000 };
const pick = <T>(list: readonly T[], i: number): T => list[((i % list.length) + list.length) % list.length] as T;
const company = (i: number) =>
  `${pick(PLACES, i * 7)}${pick(["恒达", "瑞丰", "华兴", "正泰", "金诺", "博远", "鼎盛", "天成"], i * 3)}${pick(TRADES, i * 11)}有限公司`;

export interface Row {
  [key: string]: unknown;
  id: string;
  values: Record<string, unknown>;
}

export const changed = new Map<string, Partial<Row> & { values?: Record<string, unknown> }>();

export function rowAt(entity: string, i: number): Row {
  const id = `${entity}-${i}`;
  const person = pick(PEOPLE, i * 13);
  const stage = pick(STAGES, Math.floor((i * i) / 3) + i);
  const ago = ((i * 37) % 190) * 3_600_000 + 60_000;
  const values: Record<string, unknown> =
    entity === "lead"
      ? {
          number: `XS202611-${String(i + 1).padStart(5, "0")}`,
          name: `${company(i).replace("有限公司", "")} · ${pick(NEEDS, i)}`,
          customer: `customer-${i % 800}`,
          amount: (pick(AMOUNTS, i * 7) + (i % 97) * 100).toFixed(2),
          level: pick(["a", "b", "c", "b", "d"], i),
          source: pick(["fair", "web", "referral", "call"], i * 3),
          contact: `${pick(SURNAMES, i * 3)}经理`,
          phone: `138${String(10_000_000 + ((i * 7919) % 89_999_999))}`,
          region: "330200",
          expected: `2026-12-${String(1 + (i % 28)).padStart(2, "0")}`,
          probability: String(((i * 7) % 10) / 10),
          pains: i % 3 ? ["交期长", "能耗高", "良率低"] : ["人工成本"],
          solution: i % 2 ? "双工位上下料，节拍 38 秒，兼容三种工装。" : null,
          instalment: i % 4 === 0,
          advisor: "m3",
          rating: 1 + (i % 5),
          files: [],
          health: String(((i * 13) % 100) / 100),
        }
      : entity === "customer"
        ? {
            name: company(i),
            level: pick(["a", "b", "c"], i),
            region: "330200",
            phone: `0574-8${String(1_000_000 + i * 97)}`,
            email: `sales${i}@example.com`,
            site: "https://example.com",
          }
        : {
            subject: pick(["电话沟通交期", "上门拜访", "发送方案", "报价跟进"], i),
            lead: `lead-${i % 300}`,
            at: new Date(Date.now() - ago).toISOString(),
            content: "客户关注交期与售后响应时间，约定下周三技术交流。",
          };
  const change = changed.get(id);
  Object.assign(values, change?.values);
  const isLead = entity === "lead";
  return {
    id,
    version: 1,
    entity,
    title: String(values.name ?? values.subject),
    values,
    display: {
      customer: company(i % 800),
      owner: person.name,
      department: person.department,
      region: "浙江省 / 宁波市",
      advisor: "李晓燕",
      lead: `${company(i % 300)}线索`,
      created_by: person.name,
      updated_by: person.name,
    },
    created_at: new Date(Date.now() - ago * 3).toISOString(),
    created_by: person.id,
    updated_at: new Date(Date.now() - ago / 2).toISOString(),
    updated_by: person.id,
    owner: person.id,
    department: person.department,
    stage: isLead ? stage.key : null,
    stage_since: isLead ? new Date(Date.now() - ago).toISOString() : null,
    frozen_until:
      isLead && stage.key === "matched" && i % 3 === 0 ? new Date(Date.now() + 5.6 * 3_600_000).toISOString() : null,
    can: { update: true, delete: true, move: true },
    ...change,
    ...(change?.values ? { values } : {}),
  };
}

export function rowById(entity: string, id: string): Row {
  return rowAt(entity, Number(id.split("-").at(-1)));
}
