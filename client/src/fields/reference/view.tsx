import { Link } from "@tanstack/react-router";
import { Building2, EyeOff, Link2, MapPinned, Network, User } from "lucide-react";
import { useTranslation } from "react-i18next";
import { textOption } from "@/model/catalogue";
import { listOf, namesIn } from "@/model/values";
import { classes } from "@/ui/classes";
import { Avatar, Tag } from "@/ui/surfaces";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";
import { useCatalogue } from "../useCatalogue";
import { useNames } from "./named";

function PersonCell({ value, display }: ShowProps) {
  const [first] = namesIn(display, listOf(value).length);
  if (!first || listOf(value).length === 0) return <Empty />;
  return (
    <span className={styles.inline} title={display}>
      <Avatar name={first} size={20} />
      <span className={styles.clip}>{display}</span>
    </span>
  );
}

function NameCell({ value, display }: ShowProps) {
  if (value === null || !display) return <Empty />;
  return (
    <span className={styles.clip} title={display}>
      {display}
    </span>
  );
}

/** In place of a linked record's name: that there is one is no secret to whoever reads this record. */
function Unseen() {
  const { t } = useTranslation();
  return (
    <span className={styles.unseen} title={t("unseenHint")}>
      <EyeOff size={13} aria-hidden="true" />
      {t("unseen")}
    </span>
  );
}

function RelationCell({ field, value, display }: ShowProps) {
  const catalogue = useCatalogue();
  const target = textOption(field, "target");
  if (typeof value !== "string" || !value) return <Empty />;
  if (display === "") return <Unseen />;
  if (!target || !catalogue.hasPage(target)) return <span className={styles.clip}>{display ?? value}</span>;
  return (
    <Link
      className={styles.clip}
      to="/e/$entity/$id"
      params={{ entity: target, id: value }}
      title={display ?? ""}
      onClick={(event) => event.stopPropagation()}
    >
      {display ?? value}
    </Link>
  );
}

/** The linked records on their own page: each leads to its record; those that the reader may not see are only counted. */
function RelationsFull({ field, value, display }: ShowProps) {
  const catalogue = useCatalogue();
  const target = textOption(field, "target") ?? "";
  const ids = listOf(value);
  const isPage = target !== "" && catalogue.hasPage(target);
  const linked = useNames(target, isPage ? ids : []);
  if (ids.length === 0) return <Empty />;
  const titles = new Set(linked.map((each) => each.label));
  const unlinked = namesIn(display, ids.length).filter((name) => !titles.has(name));
  const isAllLinked = linked.length === ids.length;
  return (
    <span className={styles.links}>
      {linked.map((each) => (
        <Link key={each.value} to="/e/$entity/$id" params={{ entity: target, id: each.value }}>
          {each.label}
        </Link>
      ))}
      {!isAllLinked && unlinked.map((name) => <span key={name}>{name}</span>)}
      {linked.length + unlinked.length < ids.length && <Unseen />}
    </span>
  );
}

function RelationsCell({ value, display }: ShowProps) {
  const count = listOf(value).length;
  if (count === 0) return <Empty />;
  const names = namesIn(display, count);
  return (
    <span className={classes(styles.tags, styles.tagsLine)} title={display}>
      {names.map((name) => (
        <Tag key={name}>{name}</Tag>
      ))}
      {names.length < count && <Unseen />}
    </span>
  );
}

export const user: FieldView = { icon: User, align: "start", width: 120, Cell: PersonCell };
export const department: FieldView = { icon: Network, align: "start", width: 130, Cell: NameCell };
export const region: FieldView = { icon: MapPinned, align: "start", width: 160, Cell: NameCell };
export const relation: FieldView = { icon: Building2, align: "start", width: 190, Cell: RelationCell };
export const manyToMany: FieldView = {
  icon: Link2,
  align: "start",
  width: 200,
  Cell: RelationsCell,
  Full: RelationsFull,
};
