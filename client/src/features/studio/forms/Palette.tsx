import { useDraggable } from "@dnd-kit/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldTypeInfo } from "@/api/forms";
import { fieldViews } from "@/fields/registry";
import { SearchInput } from "@/ui/controls";
import styles from "./Forms.module.css";
import { useDesigner } from "./useDesigner";

function Offer({ type, onAdd }: { type: FieldTypeInfo; onAdd: () => void }) {
  const { t } = useTranslation("forms");
  const { ref, isDragging } = useDraggable({ id: `type:${type.key}`, data: { type: type.key } });
  const Icon = fieldViews[type.key].icon;
  return (
    <button
      ref={ref}
      type="button"
      className={styles.offer}
      data-dragging={isDragging}
      data-type={type.key}
      onClick={onAdd}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="visually-hidden">{t("palette.add")} </span>
      <span>
        <b>{type.label}</b>
        <span>{type.about}</span>
      </span>
    </button>
  );
}

/** Every field type, to be dragged onto the form, or added by a click or Enter. */
export function Palette({ onAdded }: { onAdded?: () => void }) {
  const { t } = useTranslation("forms");
  const { types, add } = useDesigner();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const groups = useMemo(
    () =>
      types.groups
        .map((group) => ({
          ...group,
          types: types.types.filter(
            (each) =>
              each.group === group.value &&
              `${each.label} ${each.about} ${each.key} ${group.label}`.toLowerCase().includes(wanted),
          ),
        }))
        .filter((group) => group.types.length > 0),
    [types, wanted],
  );
  const put = (type: string) => {
    add(type, null);
    onAdded?.();
  };
  const first = groups[0]?.types[0];
  return (
    <section className={styles.palette} aria-label={t("palette.title")}>
      <SearchInput
        aria-label={t("palette.search")}
        placeholder={t("palette.search")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing || !wanted || !first) return;
          event.preventDefault();
          put(first.key);
        }}
      />
      <div className={styles.offers}>
        {groups.map((group) => (
          <div key={group.value}>
            <h3>{group.label}</h3>
            {group.types.map((type) => (
              <Offer key={type.key} type={type} onAdd={() => put(type.key)} />
            ))}
          </div>
        ))}
        {groups.length === 0 && <p className={styles.nothing}>{t("palette.none", { query })}</p>}
      </div>
    </section>
  );
}
