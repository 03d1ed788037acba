/** A small sales workspace to develop against; shapes as the server's. */
const field = (key: string, label: string, type: string, more: object = {}) => ({
  key,
  label,
  type,
  options: {},
  required: false,
  unique: false,
  help: null,
  access: "write",
  operators: operatorsOf(type),
  is_computed: ["formula", "lookup", "rollup", "auto_number"].includes(type),
  sortable: !["keyword_list", "long_text", "rich_text", "file", "image", "sub_table"].includes(type),
  ...more,
});

function operatorsOf(type: string): string[] {
  const blank = ["empty", "not_empty"];
  if (["date", "date_time"].includes(type)) return ["within", "eq", "lt", "ge", "between", ...blank];
  if (["integer", "decimal", "money", "percent", "rating", "duration", "formula"].includes(type))
    return ["eq", "ge", "le", "between", ...blank];
  if (["single_select", "relation", "user"].includes(type)) return ["eq", "in", "not_in", ...blank];
  if (["multi_select", "keyword_list", "many_to_many", "checklist"].includes(type))
    return ["has_any", "has_all", ...blank];
  if (["switch"].includes(type)) return ["eq"];
  if (["region", "department"].includes(type)) return ["under", "eq"];
  if (["file", "image", "audio", "signature", "location"].includes(type)) return blank;
  if (type === "sub_table") return [];
  return ["contains", "eq", "starts_with", ...blank];
}

const all = { create: true, read: true, update: true, delete: true, move: true, import: true, export: true };
const slot = (key: string, label: string, kind: string, validators: object = {}) => ({
  key,
  label,
  kind,
  required: true,
  minimum: 1,
  validators,
});
export const STAGES = [
  { key: "acquired", label: "线索获取", colour: "grey", evidence: [], required: [] },
  {
    key: "confirmed",
    label: "需求确认",
    colour: "blue",
    required: ["pains"],
    evidence: [
      slot("needs_list", "《客户需求清单》扫描件", "file", {
        content_types: ["application/pdf", "image/jpeg"],
        max_bytes: 20_000_000,
      }),
    ],
  },
  {
    key: "matched",
    label: "方案匹配",
    colour: "cyan",
    required: ["solution"],
    evidence: [slot("plan", "技术方案", "file")],
  },
  {
    key: "negotiating",
    label: "商务谈判",
    colour: "gold",
    required: ["amount"],
    evidence: [slot("quote", "报价确认邮件截图", "image"), slot("minutes", "谈判纪要", "text", { min_length: 30 })],
  },
  {
    key: "signed",
    label: "合同签署",
    colour: "purple",
    required: [],
    evidence: [slot("contract", "盖章合同", "file")],
  },
  { key: "delivering", label: "交付启动", colour: "green", kind: "won", required: [], evidence: [] },
].map((stage) => ({ kind: "open", limit: { hours: 72, calendar: "calendar" }, readonly: [], ...stage }));

const option = (key: string, label: string, colour: string, retired = false) => ({ key, label, colour, retired });

export const DEFINITIONS = {
  version: 1,
  apps: [
    {
      key: "journey",
      label: "客户旅程",
      icon: "target",
      menu: [
        { view: "lead_board", label: "线索看板" },
        { view: "lead_all", label: "线索" },
        { view: "customer_all", label: "客户" },
        { view: "followup_all", label: "跟进记录" },
      ],
    },
  ],
  option_sets: [
    {
      key: "level",
      label: "客户等级",
      options: [
        option("a", "A 重点", "red"),
        option("b", "B 跟进", "gold"),
        option("c", "C 培育", "blue"),
        option("d", "D 旧分级", "grey", true),
      ],
    },
    {
      key: "source",
      label: "来源",
      options: [
        option("fair", "展会", "purple"),
        option("web", "官网", "cyan"),
        option("referral", "转介绍", "green"),
        option("call", "电话开发", "orange"),
      ],
    },
    { key: "reasons", label: "触发动作", options: [] },
  ],
  entities: [
    {
      key: "lead",
      label: "线索",
      title: "name",
      icon: "target",
      can: all,
      duplicates: [["phone"], ["name"]],
      fields: [
        field("number", "线索编号", "auto_number"),
        field("name", "线索名称", "text", { required: true, options: { max_length: 100 } }),
        field("customer", "客户", "relation", { required: true, options: { target: "customer" } }),
        field("amount", "预计金额", "money", { options: { currency: "CNY", scale: 2 } }),
        field("level", "客户等级", "single_select", { options: { set: "level" } }),
        field("source", "来源", "single_select", { options: { set: "source" } }),
        field("contact", "联系人", "text"),
        field("phone", "手机", "phone"),
        field("region", "区域", "region"),
        field("expected", "预计签约", "date"),
        field("probability", "成交概率", "percent"),
        field("pains", "核心痛点", "keyword_list", { options: { minimum: 3 }, help: "至少 3 个关键词" }),
        field("solution", "方案要点", "long_text"),
        field("instalment", "分期付款", "switch", { tip_if: { x: "y" } }),
        field("advisor", "技术顾问", "user"),
        field("rating", "意向", "rating"),
        field("files", "附件", "file"),
        field("health", "阶段健康度", "formula", { options: { result: "percent", format: {} } }),
      ],
    },
    {
      key: "customer",
      label: "客户",
      title: "name",
      icon: "building",
      can: all,
      fields: [
        field("name", "客户名称", "text", { required: true }),
        field("level", "客户等级", "single_select", { options: { set: "level" } }),
        field("region", "区域", "region"),
        field("phone", "电话", "phone"),
        field("email", "邮箱", "email"),
        field("site", "网站", "url"),
      ],
    },
    {
      key: "followup",
      label: "跟进记录",
      title: "subject",
      icon: "phone",
      can: all,
      fields: [
        field("subject", "主题", "text", { required: true }),
        field("lead", "线索", "relation", { options: { target: "lead" } }),
        field("at", "时间", "date_time"),
        field("content", "内容", "long_text"),
      ],
    },
  ],
  processes: [
    {
      key: "journey",
      entity: "lead",
      label: "客户旅程",
      initial: "acquired",
      reasons: "reasons",
      remark_required: true,
      stages: STAGES,
    },
  ],
  views: [
    view("lead_all", "全部线索", "lead", "grid", [
      "name",
      "stage",
      "customer",
      "amount",
      "level",
      "source",
      "phone",
      "owner",
      "stage_since",
      "expected",
      "probability",
      "region",
    ]),
    {
      ...view("lead_board", "旅程看板", "lead", "board", []),
      card: ["customer", "amount", "level"],
      measures: [{ do: "sum", field: "amount" }],
    },
    {
      ...view("lead_mine", "我的重点线索", "lead", "grid", ["name", "stage", "amount", "owner"]),
      filter: { field: "level", op: "eq", value: "a" },
      personal: true,
    },
    view("customer_all", "全部客户", "customer", "grid", ["name", "level", "region", "phone", "email", "owner"]),
    view("followup_all", "全部跟进", "followup", "grid", ["subject", "lead", "at", "owner"]),
  ],
};

function view(key: string, label: string, entity: string, kind: string, columns: string[]) {
  return {
    key,
    label,
    entity,
    kind,
    columns,
    filter: null as object | null,
    sort: [] as object[],
    group: null,
    measures: [] as object[],
    card: [] as string[],
    options: {},
    personal: false,
  };
}
