import { Cascader, Select, TreeSelect } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDepartments, usePeople, useRegions } from "@/api/admin";
import { useRecordPages } from "@/api/records";
import type { Json, Region } from "@/api/types";
import { textOption } from "@/model/catalogue";
import { isMe, isMyDepartment, ME, MY_DEPARTMENT } from "@/model/filter";
import { listOf } from "@/model/values";
import { useSettled } from "@/ui/hooks";
import type { FilterProps } from "../module";
import { PEOPLE, useNamed } from "../reference/named";
import { departmentTree, pathTo } from "../reference/trees";

const MINE = "@me";
const OURS = "@my_department";

const encode = (value: Json): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each) =>
    isMe(each) ? [MINE] : isMyDepartment(each) ? [OURS] : listOf(each),
  );
const decode = (key: string): Json => (key === MINE ? ME : key === OURS ? MY_DEPARTMENT : key);

function write(isMany: boolean, next: string | string[] | null | undefined): Json {
  if (next === null || next === undefined) return null;
  if (Array.isArray(next)) return next.map(decode);
  return isMany ? [decode(next)] : decode(next);
}

export function PersonFilter({ operand, value, onChange, label }: FilterProps) {
  const { t } = useTranslation("records");
  const [text, setText] = useState("");
  const people = usePeople(useSettled(text));
  const isMany = operand === "many";
  const found = (people.data ?? []).map((each) => ({
    value: each.id,
    label: each.department ? `${each.name} · ${each.department}` : each.name,
  }));
  const chosen = encode(value);
  const named = useNamed(
    PEOPLE,
    found,
    chosen.filter((each) => each !== MINE),
  );
  const options = [{ value: MINE, label: t("filter.me") }, ...named];
  return (
    <Select
      {...(isMany ? { mode: "multiple" as const } : {})}
      aria-label={label}
      style={{ width: "100%" }}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={t("typeToSearch")}
      value={isMany ? chosen : (chosen[0] ?? null)}
      options={options}
      onChange={(next: string | string[]) => onChange(write(isMany, next))}
    />
  );
}

export function DepartmentFilter({ operand, value, onChange, label }: FilterProps) {
  const { t } = useTranslation("records");
  const departments = useDepartments();
  const isMany = operand === "many";
  const chosen = encode(value);
  return (
    <TreeSelect
      aria-label={label}
      style={{ width: "100%" }}
      multiple={isMany}
      treeDefaultExpandAll
      placeholder={t("filter.department")}
      treeData={[
        { value: OURS, title: t("filter.myDepartment"), children: [] },
        ...departmentTree(departments.data ?? []),
      ]}
      value={isMany ? chosen : chosen[0]}
      onChange={(next: string | string[]) => onChange(write(isMany, next))}
    />
  );
}

export function RegionFilter({ operand, value, onChange, label }: FilterProps) {
  const { t } = useTranslation("common");
  const regions = useRegions();
  const first = listOf(value)[0];
  return (
    <Cascader<Region>
      aria-label={label}
      style={{ width: "100%" }}
      changeOnSelect
      showSearch
      placeholder={t("actions.choose")}
      fieldNames={{ label: "label", value: "code", children: "children" }}
      options={regions.data ?? []}
      value={first ? pathTo(regions.data ?? [], first) : []}
      onChange={(path) => {
        const code = (path?.at(-1) as string | undefined) ?? null;
        onChange(operand === "many" && code ? [code] : code);
      }}
    />
  );
}

export function RelationFilter({ field, operand, value, onChange, label }: FilterProps) {
  const { t } = useTranslation("records");
  const [text, setText] = useState("");
  const search = useSettled(text);
  const target = textOption(field, "target") ?? "";
  const pages = useRecordPages(target, search ? { search } : {}, 20);
  const isMany = operand === "many";
  const chosen = listOf(value);
  const found = (pages.data?.pages[0]?.rows ?? []).map((row) => ({ value: row.id, label: row.title }));
  const options = useNamed(target, found, value);
  return (
    <Select
      {...(isMany ? { mode: "multiple" as const } : {})}
      aria-label={label}
      style={{ width: "100%" }}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={t("typeToSearch")}
      value={isMany ? chosen : (chosen[0] ?? null)}
      options={options}
      onChange={(next: string | string[]) => onChange(next)}
    />
  );
}
