import type { IncomingMessage, ServerResponse } from "node:http";
import { DEFINITIONS, STAGES } from "./definitions";
import { COUNT, changed, PEOPLE, type Row, rowAt, rowById } from "./records";

type Body = Record<string, unknown> & { filter?: { and?: unknown[]; field?: string; op?: string; value?: unknown } };
let signedIn = true;
let imported = 0;

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || "{}") as Body;
  } catch {
    return {};
  }
}

const session = (language = "zh") => ({
  member: {
    id: "m0",
    name: "王敏",
    login: "wangmin",
    email: "wangmin@example.com",
    phone: "13812345678",
    department: { id: "d1", name: "华东一区" },
    roles: [{ key: "supervisor", label: "销售主管" }],
    abilities: ["build", "members", "audit", "health", "api_keys"],
    language,
    must_change_password: false,
    totp: false,
  },
  workspace: { name: "宁海工业设备", time_zone: "Asia/Shanghai" },
  definitions_version: 1,
});
let language = "zh";

/** Stage, owner and little else: enough to see filters work. */
function stageOf(filter: unknown): string[] | null {
  const node = filter as { and?: unknown[]; field?: string; op?: string; value?: unknown } | undefined;
  if (!node) return null;
  if (node.and) return node.and.map(stageOf).find((each) => each !== null) ?? null;
  if (node.field !== "stage") return null;
  return node.op === "in" ? (node.value as string[]) : node.op === "eq" ? [String(node.value)] : null;
}

function rows(entity: string, body: Body, offset: number, limit: number): { rows: Row[]; count: number } {
  const stages = stageOf(body.filter);
  if (String(body.search ?? "") === "无") return { rows: [], count: 0 };
  if (!stages) {
    const count = COUNT[entity] ?? 0;
    return {
      rows: Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, i) => rowAt(entity, offset + i)),
      count,
    };
  }
  const found = Array.from({ length: 400 }, (_, i) => rowAt(entity, i)).filter((row) =>
    stages.includes(String(row.stage)),
  );
  return { rows: found.slice(offset, offset + limit), count: found.length };
}

const tasks = Array.from({ length: 9 }, (_, i) => ({
  id: `t${i}`,
  kind: "task",
  title: ["评估“宁波恒达 · 数控车床更新”的技术方案", "跟进报价反馈", "补传《客户需求清单》", "确认合同付款条款"][i % 4],
  background: "客户 2023 年采购过两台加工中心，现有产线节拍 55 秒，目标 40 秒以内。",
  goal: "24 小时内给出可行性结论",
  next_step: "约客户工艺工程师电话沟通夹具方案",
  due_at: new Date(Date.now() + (i - 3) * 9 * 3_600_000).toISOString(),
  overdue: i < 3,
  record: { entity: "lead", id: `lead-${i}`, title: rowAt("lead", i).title },
  assignee: { id: "m0", name: "王敏" },
  created_at: new Date(Date.now() - 86_400_000).toISOString(),
  state: "open",
}));

const job = () => ({
  id: "i1",
  entity: "customer",
  file_name: "客户名单（2026 展会）.xlsx",
  state: ["uploaded", "checked", "done"][Math.min(imported, 2)],
  created_at: new Date().toISOString(),
  done: 1286,
  total: 1286,
  good: 1241,
  bad: 45,
  created: imported > 1 ? 1180 : 0,
  updated: imported > 1 ? 61 : 0,
  problems: [
    { row: 17, column: "手机", value: "1381234", message: "不是有效的手机号或座机号" },
    { row: 52, column: "客户等级", value: "重要", message: "不在可选范围内，最接近的是“A 重点”" },
    { row: 88, column: "客户名称", value: "", message: "不能为空" },
  ],
  columns: [
    {
      name: "公司名称",
      samples: ["宁波恒达精密机械有限公司", "苏州瑞丰电子有限公司"],
      field: "name",
      confidence: 0.97,
    },
    { name: "级别", samples: ["A 重点", "B 跟进"], field: "level", confidence: 0.74 },
    { name: "联系电话", samples: ["0574-87654321", "13812345678"], field: "phone", confidence: 0.9 },
    { name: "备注", samples: ["展会 3 号馆"], field: null, confidence: 0 },
  ],
  fields: [
    { key: "name", label: "客户名称", required: true },
    { key: "level", label: "客户等级", required: false },
    { key: "phone", label: "电话", required: false },
    { key: "email", label: "邮箱", required: false },
  ],
  rows: 1286,
});

const moves = (row: Row) => {
  const at = STAGES.findIndex((stage) => stage.key === row.stage);
  const here = STAGES[at];
  const next = STAGES[at + 1];
  const before = STAGES[at - 1];
  const reasons = [
    { key: "rival", label: "客户主动提及竞品" },
    { key: "terms", label: "提出付款账期要求" },
    { key: "visit", label: "客户邀请上门" },
    { key: "price", label: "询问价格明细" },
  ];
  const way = (stage: (typeof STAGES)[number], backward: boolean) => ({
    key: `${row.stage}_${stage.key}`,
    label: stage.label,
    target: stage.key,
    backward,
    allowed: backward,
    reasons,
    remark_required: true,
    required_fields: backward ? [] : stage.required,
    missing: [],
    evidence: backward ? [] : (here?.evidence ?? []).map((slot) => ({ ...slot, slot: slot.key, have: 0 })),
  });
  return {
    stage: row.stage,
    since: row.stage_since,
    frozen_until: row.frozen_until,
    transitions: [...(next ? [way(next, false)] : []), ...(before ? [way(before, true)] : [])],
  };
};

function record(method: string, entity: string, rest: string[], body: Body): unknown {
  const [id = "", part] = rest;
  if (id === "query") {
    const from = Number(body.cursor ?? 0);
    const page = rows(entity, body, from, Number(body.limit ?? 50));
    return { ...page, next: from + page.rows.length < page.count ? String(from + page.rows.length) : null };
  }
  if (id === "window") return rows(entity, body, Number(body.offset), Number(body.limit));
  if (id === "aggregate") {
    const group = (body.group as { field: string }[])[0];
    if (!group) return { groups: [{ keys: [], labels: [], values: ["482913650.50"] }] };
    const keys =
      group.field === "stage"
        ? STAGES.map((s) => [s.key, s.label])
        : [
            ["a", "A 重点"],
            ["b", "B 跟进"],
            [null, null],
          ];
    return {
      groups: keys.map(([key, label], i) => ({
        keys: [key],
        labels: [label],
        values: [
          rows(entity, { filter: { field: "stage", op: "eq", value: String(key) } }, 0, 1).count || 120 * (i + 1),
          (8_734_000 / (i + 1)).toFixed(2),
        ],
      })),
    };
  }
  if (id === "duplicates")
    return { matches: String((body.values as { name?: string }).name ?? "").length > 3 ? [rowAt(entity, 3)] : [] };
  if (id === "evaluate")
    return {
      visible: {},
      required: {},
      options: {},
      tips: (body.values as { instalment?: boolean }).instalment
        ? { instalment: ["分期付款需要财务复核，请提前告知客户。"] }
        : {},
    };
  if (id === "bulk" || id === "bulk-delete") return { changed: (body.ids as string[]).length, failed: [] };
  if (!id) return { ...rowAt(entity, 1), values: { ...rowAt(entity, 1).values, ...(body.values as object) } };
  const row = rowById(entity, id);
  if (part === "moves") return moves(row);
  if (part === "move") {
    const target = String(body.transition).replace(`${row.stage}_`, "");
    changed.set(id, {
      ...changed.get(id),
      stage: target,
      stage_since: new Date().toISOString(),
      version: Number(row.version) + 1,
      values: body.values as Record<string, unknown>,
    });
    return rowById(entity, id);
  }
  if (part === "evidence" && method === "GET")
    return {
      evidence: [
        {
          id: "e1",
          slot: "needs_list",
          slot_label: "《客户需求清单》扫描件",
          kind: "file",
          file: {
            id: "f1",
            name: "客户需求清单-盖章.pdf",
            size: 845_120,
            content_type: "application/pdf",
            sha256: "9f2c4a7be1d05c38aa7716f0b2",
          },
          text: null,
          record: null,
          at: new Date(Date.now() - 7e7).toISOString(),
          by: { id: "m0", name: "王敏" },
        },
      ],
    };
  if (part === "related") return { related: [{ entity: "followup", field: "lead", label: "跟进记录", count: 7 }] };
  if (part === "history")
    return {
      events: [
        {
          id: 3,
          at: new Date(Date.now() - 3.2e6).toISOString(),
          kind: "record.moved",
          actor: { id: "m0", name: "王敏" },
          cause: "user",
          changes: [
            { field: "stage", label: "阶段", before: "a", after: "b", before_text: "线索获取", after_text: "需求确认" },
          ],
          action: "rival",
          action_label: "客户主动提及竞品",
          remark: "客户提到正在比较另一家的方案，要求本周给出节拍测算。",
        },
        {
          id: 2,
          at: new Date(Date.now() - 9e7).toISOString(),
          kind: "record.updated",
          actor: { id: "m1", name: "李晓燕" },
          cause: "user",
          changes: [
            {
              field: "amount",
              label: "预计金额",
              before: "1",
              after: "2",
              before_text: "¥320,000.00",
              after_text: "¥368,000.00",
            },
            { field: "level", label: "客户等级", before: "b", after: "a", before_text: "B 跟进", after_text: "A 重点" },
          ],
          action: null,
          action_label: null,
          remark: null,
        },
        {
          id: 1,
          at: new Date(Date.now() - 3e8).toISOString(),
          kind: "record.created",
          actor: { id: "m1", name: "李晓燕" },
          cause: "import",
          changes: [
            {
              field: "name",
              label: "线索名称",
              before: null,
              after: "x",
              before_text: "",
              after_text: String(row.title),
            },
          ],
          action: null,
          action_label: null,
          remark: null,
        },
      ],
      next: null,
    };
  if (part === "shares") return { shares: [] };
  if (part === "access")
    return {
      can: { read: true, update: true, delete: false, move: true },
      reasons: [
        "角色“销售主管”可以查看本部门及下级的线索。",
        "记录属于“华东一区”，在该成员的管理范围内。",
        "删除权限只授予“管理员”。",
      ],
    };
  if (method === "PATCH") {
    changed.set(id, {
      ...changed.get(id),
      version: Number(row.version) + 1,
      values: { ...changed.get(id)?.values, ...(body.values as object) },
    });
    return rowById(entity, id);
  }
  return row;
}

const plain: Record<string, (body: Body) => unknown> = {
  "GET /definitions": () => DEFINITIONS,
  "GET /numbers": () => ({
    numbers: [
      {
        key: "stalled",
        label: "停滞超 72 小时",
        value: 37,
        unit: "条",
        entity: "lead",
        filter: { field: "stage_since", op: "lt", value: { last: 72, unit: "hour" } },
        view: "lead_all",
      },
      { key: "open", label: "在跟进金额", value: "18364500", unit: "元", entity: "lead", filter: null },
      { key: "timely", label: "24 小时录入率", value: "0.914", unit: "%", entity: "lead", filter: null },
      { key: "health", label: "线索阶段健康度", value: "0.782", unit: "%", entity: "lead", filter: null },
      {
        key: "high",
        label: "高价值线索",
        value: 24,
        unit: "条",
        entity: "lead",
        filter: { field: "level", op: "eq", value: "a" },
      },
    ],
  }),
  "GET /tasks": () => ({ tasks, next: null }),
  "GET /tasks/counts": () => ({ open: 9, overdue: 3, today: 4 }),
  "GET /notifications": () => ({
    unread: 2,
    notifications: tasks.slice(0, 5).map((task, i) => ({
      id: `n${i}`,
      at: new Date(Date.now() - i * 5e6).toISOString(),
      title: "线索停滞升级",
      text: `${task.record.title} 在“方案匹配”停留超过 72 小时`,
      record: task.record,
      read_at: i > 1 ? new Date().toISOString() : null,
    })),
  }),
  "GET /people": () => ({ people: PEOPLE }),
  "GET /departments": () => ({
    departments: [
      { id: "d0", name: "销售中心", parent_id: null, manager: { id: "m5", name: "杨海涛" }, members: 35 },
      { id: "d1", name: "华东一区", parent_id: "d0", manager: { id: "m0", name: "王敏" }, members: 9 },
      { id: "d2", name: "华东二区", parent_id: "d0", manager: null, members: 8 },
      { id: "d3", name: "华南大区", parent_id: "d0", manager: { id: "m2", name: "张丽华" }, members: 11 },
      { id: "d4", name: "技术部", parent_id: null, manager: null, members: 4 },
    ],
  }),
  "GET /members": () => ({
    members: PEOPLE.map((p, i) => ({
      ...p,
      login: `user${i}`,
      email: null,
      phone: `1380000${1000 + i}`,
      department: { id: "d1", name: p.department },
      roles: [i === 0 ? "supervisor" : i === 5 ? "admin" : "rep"],
      disabled: i === 9,
      last_seen_at: i % 5 ? new Date(Date.now() - i * 4e6).toISOString() : null,
    })),
  }),
  "GET /roles": () => ({
    roles: [
      {
        key: "rep",
        label: "销售代表",
        abilities: [],
        grants: [
          {
            entity: "lead",
            create: true,
            read: "own",
            update: "own",
            move: "own",
            export: false,
            fields: { amount: "read" },
            stages: { signed: { amount: "read", level: "read" } },
          },
          { entity: "customer", create: true, read: "department", update: "own" },
        ],
      },
      {
        key: "supervisor",
        label: "销售主管",
        abilities: [],
        grants: [
          {
            entity: "lead",
            create: true,
            read: "department_tree",
            update: "department_tree",
            delete: "own",
            move: "department_tree",
            import: true,
            export: true,
          },
          { entity: "customer", create: true, read: "all", update: "department", export: true },
        ],
      },
      {
        key: "admin",
        label: "管理员",
        abilities: ["build", "members", "audit", "health", "api_keys"],
        grants: [
          {
            entity: "*",
            create: true,
            read: "all",
            update: "all",
            delete: "all",
            move: "all",
            import: true,
            export: true,
          },
        ],
      },
    ],
  }),
  "GET /api-keys": () => ({
    keys: [
      {
        id: "k1",
        name: "ERP 同步",
        prefix: "a81c",
        role: "admin",
        created_at: new Date().toISOString(),
        used_at: new Date().toISOString(),
        expires_at: null,
      },
    ],
  }),
  "GET /me/sessions": () => ({
    sessions: [
      {
        id: "s1",
        created_at: new Date().toISOString(),
        seen_at: new Date().toISOString(),
        address: "10.1.2.3",
        agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140",
        current: true,
      },
      {
        id: "s2",
        created_at: new Date().toISOString(),
        seen_at: new Date(Date.now() - 8e7).toISOString(),
        address: "10.1.2.8",
        agent: "Mozilla/5.0 (iPhone) Safari/605",
        current: false,
      },
    ],
  }),
  "GET /audit": () => ({
    entries: tasks.map((_, i) => ({
      id: `a${i}`,
      at: new Date(Date.now() - i * 4e6).toISOString(),
      actor: { id: "m0", name: "王敏" },
      action: "sign_in.succeeded",
      action_label: "登录成功",
      subject_kind: "member",
      subject_id: "m0",
      subject_text: "王敏",
      detail: { 客户端: "Chrome" },
      address: "10.1.2.3",
    })),
    next: null,
  }),
  "GET /health/details": () => ({
    checks: [
      { key: "db", label: "数据库", status: "ok", value: "3 ms", text: "PostgreSQL 18.1" },
      { key: "events", label: "事件延迟", status: "ok", value: "0.2 s", text: null },
      { key: "disk", label: "磁盘", status: "warn", value: "82%", text: "剩余 18 GB，建议清理旧备份" },
      { key: "backup", label: "最近备份", status: "ok", value: "6 小时前", text: null },
    ],
  }),
  "GET /regions": () => [
    {
      code: "330000",
      label: "浙江省",
      children: [{ code: "330200", label: "宁波市", children: [{ code: "330212", label: "鄞州区" }] }],
    },
  ],
  "GET /imports": () => ({ imports: [job()] }),
  "GET /search": () => ({
    hits: [0, 1, 2].map((i) => ({
      entity: "lead",
      id: `lead-${i}`,
      title: rowAt("lead", i).title,
      subtitle: "需求确认 · 王敏",
    })),
  }),
};

function route(method: string, path: string, body: Body): unknown {
  const found = plain[`${method} ${path}`];
  if (found) return found(body);
  const [head, first = "", ...rest] = path.slice(1).split("/");
  if (head === "records") return record(method, first, rest, body);
  if (head === "imports") {
    if (path.endsWith("/check") || path.endsWith("/run")) imported += 1;
    return job();
  }
  if (head === "me" && body.language) language = String(body.language);
  return {};
}

export async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? "GET";
  const path = (request.url ?? "").slice(4).split("?")[0] ?? "";
  if (path === "/live") {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).write(": hello\n\n");
    return;
  }
  const body = request.headers["content-type"]?.includes("json") ? await read(request) : {};
  response.setHeader("Content-Type", "application/json");
  response.setHeader("X-Xiaolu-Now", new Date().toISOString());
  if (path === "/session") {
    if (method !== "GET") signedIn = method === "POST";
    response.statusCode = signedIn ? 200 : 401;
    response.end(JSON.stringify(signedIn ? session(language) : { code: "session.missing", title: "请先登录" }));
    return;
  }
  await new Promise((done) => setTimeout(done, 30));
  response.end(
    JSON.stringify(
      path === "/files"
        ? { id: `f${Date.now()}`, name: "文件.pdf", size: 12345, content_type: "application/pdf" }
        : route(method, path, body),
    ),
  );
}
