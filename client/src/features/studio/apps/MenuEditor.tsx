import { DragDropProvider } from "@dnd-kit/react";
import { useSortable } from "@dnd-kit/react/sortable";
import { ArrowDown, ArrowUp, GripVertical, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { App, MenuItem, Path } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button, IconButton } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { distinctKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../shell/values";
import styles from "./Apps.module.css";

interface RowProps {
  item: MenuItem;
  index: number;
  last: boolean;
  path: Path;
  onMove: (to: number) => void;
}

function Row({ item, index, last, path, onMove }: RowProps) {
  const { t } = useTranslation("studioApps");
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const { ref, handleRef } = useSortable({ id: item.key, index });
  const name = labelText(item.label, language, item.key);
  const shown = item.page
    ? definitions.pages?.find((each) => each.key === item.page)
    : definitions.views?.find((each) => each.key === item.view);
  return (
    <li ref={ref} className={styles.item}>
      <button ref={handleRef} type="button" className={styles.grip} aria-label={t("drag", { name })}>
        <GripVertical size={16} aria-hidden="true" />
      </button>
      <div className={styles.itemText}>
        <LabelField
          label={t("menuLabel")}
          value={item.label}
          onChange={(label) =>
            label && edit([{ op: "put", path: [...path, "label"], value: label }], t("edits.menuLabel"))
          }
        />
        <small>{shown ? labelText(shown.label, language, shown.key) : t("missing")}</small>
      </div>
      <IconButton label={t("up", { name })} disabled={index === 0} onClick={() => onMove(index - 1)}>
        <ArrowUp size={16} />
      </IconButton>
      <IconButton label={t("down", { name })} disabled={last} onClick={() => onMove(index + 1)}>
        <ArrowDown size={16} />
      </IconButton>
      <IconButton
        label={t("drop", { name })}
        onClick={() => edit([{ op: "drop", path }], t("edits.menuDrop", { name }))}
      >
        <Trash2 size={16} />
      </IconButton>
    </li>
  );
}

/** An app's menu: its order by dragging, by the keyboard or by arrows; what each entry is called and shows. */
export function MenuEditor({ app }: { app: App }) {
  const { t } = useTranslation("studioApps");
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const [adding, setAdding] = useState("");
  const menu = app.menu ?? [];
  const base = ["apps", app.key, "menu"];
  const move = (from: number, to: number) => {
    const item = menu[from];
    if (!item || to < 0 || to >= menu.length || from === to) return;
    const rest = menu.toSpliced(from, 1);
    const before = rest[to]?.key ?? null;
    edit(
      [{ op: "place", path: [...base, item.key], before }],
      t("edits.menuMove", { name: labelText(item.label, language) }),
    );
  };
  const add = () => {
    const [kind, key = ""] = adding.split(":");
    const shown = (kind === "page" ? definitions.pages : definitions.views)?.find((each) => each.key === key);
    if (!shown) return;
    const item = distinctKey(
      key,
      menu.map((each) => each.key),
    );
    const value = { key: item, label: shown.label, ...(kind === "page" ? { page: key } : { view: key }) };
    edit([{ op: "put", path: [...base, item], value }], t("edits.menuAdd", { name: labelText(shown.label, language) }));
    setAdding("");
  };
  return (
    <section className={styles.menu}>
      <h3>{t("menu")}</h3>
      <DragDropProvider
        onDragEnd={({ operation, canceled }) => {
          const { source } = operation;
          if (canceled || !source || !("index" in source)) return;
          move(
            menu.findIndex((each) => each.key === source.id),
            Number(source.index),
          );
        }}
      >
        <ol>
          {menu.map((item, index) => (
            <Row
              key={item.key}
              item={item}
              index={index}
              last={index === menu.length - 1}
              path={[...base, item.key]}
              onMove={(to) => move(index, to)}
            />
          ))}
        </ol>
      </DragDropProvider>
      <div className={styles.add}>
        <NativeSelect aria-label={t("addWhat")} value={adding} onChange={(event) => setAdding(event.target.value)}>
          <option value="">{t("addWhat")}</option>
          <optgroup label={t("views")}>
            {definitions.views?.map((each) => (
              <option key={each.key} value={`view:${each.key}`}>
                {labelText(each.label, language, each.key)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t("pages")}>
            {definitions.pages?.map((each) => (
              <option key={each.key} value={`page:${each.key}`}>
                {labelText(each.label, language, each.key)}
              </option>
            ))}
          </optgroup>
        </NativeSelect>
        <Button icon={<Plus size={15} />} disabled={!adding} onClick={add}>
          {t("add")}
        </Button>
      </div>
    </section>
  );
}
