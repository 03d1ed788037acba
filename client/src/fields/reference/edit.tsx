import { Cascader, Select, TreeSelect } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDepartments, usePeople, useRegions } from "@/api/admin";
import { useRecordPages } from "@/api/records";
import type { Region } from "@/api/types";
import { textOption } from "@/model/catalogue";
import { contextField, narrowOf, nearTo, suiting } from "@/model/kin";
import { listOf } from "@/model/values";
import { useSettled } from "@/ui/hooks";
import styles from "../fields.module.css";
import { DepartmentFilter, PersonFilter, RegionFilter, RelationFilter } from "../filters/ReferenceFilter";
import type { EditProps, FieldEditor } from "../module";
import { useCatalogue } from "../useCatalogue";
import { type Choice, PEOPLE, useNamed } from "./named";
import { departmentTree, pathTo } from "./trees";

interface PickerProps extends EditProps {
  choices: Choice[];
  isBusy: boolean;
  isMany: boolean;
  onSearch: (text: string) => void;
  /** What is said where nothing is found. */
  nothing?: ReactNode;
}

function Picker({ ids, value, onChange, choices, isBusy, isMany, onSearch, nothing }: PickerProps) {
  const { t } = useTranslation("records");
  return (
    <Select
      id={ids.id}
      aria-describedby={ids["aria-describedby"]}
      aria-invalid={ids["aria-invalid"]}
      aria-required={ids["aria-required"]}
      style={{ width: "100%" }}
      {...(isMany ? { mode: "multiple" as const } : {})}
      allowClear
      showSearch={{ filterOption: false, onSearch }}
      placeholder={t("typeToSearch")}
      notFoundContent={isBusy ? t("searching") : (nothing ?? t("nothingFound"))}
      status={ids["aria-invalid"] ? "error" : ""}
      loading={isBusy}
      value={isMany ? listOf(value) : (listOf(value)[0] ?? null)}
      options={choices}
      onChange={(next: string | string[] | null | undefined) => onChange(next ?? null)}
    />
  );
}

export function PeopleEdit(props: EditProps) {
  const [text, setText] = useState("");
  const people = usePeople(useSettled(text));
  const found = (people.data ?? []).map((each) => ({
    value: each.id,
    label: each.department ? `${each.name} · ${each.department}` : each.name,
  }));
  const choices = useNamed(PEOPLE, found, props.value, props.display);
  const isMany = props.field.options.multiple === true;
  return <Picker {...props} choices={choices} isBusy={people.isFetching} isMany={isMany} onSearch={setText} />;
}

/** Says of a narrowed relation which records it offers, so that nobody searches in vain for others. */
function NothingSuits({ field, around }: EditProps) {
  const { t } = useTranslation("records");
  const catalogue = useCatalogue();
  const narrow = narrowOf(field);
  const own = catalogue.field(around?.entity ?? "", narrow?.field ?? "");
  const value = around?.values[narrow?.field ?? ""] ?? null;
  const leadsTo = own?.type === "relation" ? (textOption(own, "target") ?? "") : own?.type === "user" ? PEOPLE : "";
  const [named] = useNamed(leadsTo, [], leadsTo ? value : null);
  const [key] = listOf(value);
  const option = own?.type === "single_select" ? catalogue.options(own).find((each) => each.key === key) : undefined;
  const name = named?.label ?? option?.label ?? "";
  const words = {
    target: catalogue.entity(textOption(field, "target") ?? "")?.label ?? "",
    by: own?.label ?? "",
    name,
  };
  return <p className={styles.nothing}>{t(name ? "nothingSuits" : "nothingSuitsSo", words)}</p>;
}

function relationEdit(isMany: boolean) {
  return function RelationEdit(props: EditProps) {
    const [text, setText] = useState("");
    const search = useSettled(text);
    const target = textOption(props.field, "target") ?? "";
    const catalogue = useCatalogue();
    const entity = catalogue.entity(target);
    const only = suiting(props.field, entity, props.around?.values);
    const filter = only ? null : nearTo(entity, catalogue.entity(props.around?.entity ?? ""), props.around?.values);
    const query = { ...(search ? { search } : {}), ...(only ? { filter: only } : {}) };
    const near = useRecordPages(target, filter ? { ...query, filter } : query, 20, filter !== null);
    const pages = useRecordPages(target, query, 20);
    const context = contextField(entity)?.key;
    const rows = [near, pages].flatMap((each) => each.data?.pages[0]?.rows ?? []);
    const found = [...new Map(rows.map((row) => [row.id, row])).values()].map((row) => {
      const beside = context ? row.display[context] : undefined;
      return { value: row.id, label: beside ? `${row.title} · ${beside}` : row.title };
    });
    const choices = useNamed(target, found, props.value, props.display);
    return (
      <Picker
        {...props}
        choices={choices}
        isBusy={pages.isFetching || near.isFetching}
        isMany={isMany}
        onSearch={setText}
        nothing={only && <NothingSuits {...props} />}
      />
    );
  };
}

export function DepartmentEdit({ value, onChange, ids, field }: EditProps) {
  const { t } = useTranslation("common");
  const departments = useDepartments();
  const isMany = field.options.multiple === true;
  return (
    <TreeSelect
      id={ids.id}
      style={{ width: "100%" }}
      allowClear
      multiple={isMany}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: "title" }}
      placeholder={t("actions.choose")}
      loading={departments.isPending}
      treeData={departmentTree(departments.data ?? [])}
      value={isMany ? listOf(value) : listOf(value)[0]}
      onChange={(next: string | string[] | undefined) => onChange(next ?? null)}
    />
  );
}

function RegionEdit({ value, onChange, ids }: EditProps) {
  const { t } = useTranslation("common");
  const regions = useRegions();
  return (
    <Cascader<Region>
      id={ids.id}
      style={{ width: "100%" }}
      allowClear
      changeOnSelect
      showSearch
      placeholder={t("actions.choose")}
      loading={regions.isPending}
      fieldNames={{ label: "label", value: "code", children: "children" }}
      options={regions.data ?? []}
      value={typeof value === "string" ? pathTo(regions.data ?? [], value) : []}
      onChange={(path) => onChange((path?.at(-1) as string | undefined) ?? null)}
    />
  );
}

export const user: FieldEditor = { Edit: PeopleEdit, Filter: PersonFilter };
export const department: FieldEditor = { Edit: DepartmentEdit, Filter: DepartmentFilter };
export const region: FieldEditor = { Edit: RegionEdit, Filter: RegionFilter };
export const relation: FieldEditor = { Edit: relationEdit(false), Filter: RelationFilter };
export const manyToMany: FieldEditor = { Edit: relationEdit(true), Filter: RelationFilter };
