import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shortcut } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { NativeSelect, TextInput } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { labelText, newLabel, withText } from "../parts/labels";
import type { BlockSettingProps } from "./BlockSettings";
import { reordered, SortableList } from "./SortableList";
import styles from "./Views.module.css";

/** Where a shortcut leads, as one value of a select. */
function targetOf(link: Shortcut): string {
  if (link.view) return `view:${link.view}`;
  if (link.page) return `page:${link.page}`;
  return link.create ? `create:${link.create}` : "url:";
}

/** Shortcuts: what they are called and where they lead. */
export function LinkSettings({ block, put }: BlockSettingProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const { definitions } = useDraft();
  const links = block.links ?? [];
  const save = (next: Shortcut[]) => put("links", next.length > 0 ? next : undefined);
  const change = (index: number, link: Shortcut) => save(links.map((each, at) => (at === index ? link : each)));
  const lead = (index: number, label: Shortcut["label"], target: string) => {
    const [kind = "url", key = ""] = target.split(":");
    change(index, { label, [kind]: kind === "url" ? "/" : key });
  };
  const items = links.map((link, index) => ({
    id: `${index}-${targetOf(link)}`,
    name: labelText(link.label, language) || String(index + 1),
    content: (
      <div className={styles.link}>
        <TextInput
          aria-label={t("linkName", { number: index + 1 })}
          defaultValue={labelText(link.label, language)}
          onBlur={(event) => {
            const label = withText(link.label, language, event.target.value);
            if (labelText(link.label, language) !== event.target.value) change(index, { ...link, label });
          }}
        />
        <NativeSelect
          aria-label={t("linkTarget", { number: index + 1 })}
          value={targetOf(link)}
          onChange={(event) => lead(index, link.label, event.target.value)}
        >
          <optgroup label={t("linkCreate")}>
            {(definitions.entities ?? [])
              .filter((entity) => !entity.parent)
              .map((entity) => (
                <option key={entity.key} value={`create:${entity.key}`}>
                  {labelText(entity.label, language)}
                </option>
              ))}
          </optgroup>
          <optgroup label={t("linkView")}>
            {(definitions.views ?? []).map((view) => (
              <option key={view.key} value={`view:${view.key}`}>
                {labelText(view.label, language)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t("pages")}>
            {(definitions.pages ?? []).map((page) => (
              <option key={page.key} value={`page:${page.key}`}>
                {labelText(page.label, language)}
              </option>
            ))}
          </optgroup>
          <option value="url:">{t("linkUrl")}</option>
        </NativeSelect>
        {link.url !== undefined && (
          <TextInput
            aria-label={t("linkAddress", { number: index + 1 })}
            defaultValue={link.url}
            onBlur={(event) => event.target.value !== link.url && change(index, { ...link, url: event.target.value })}
          />
        )}
      </div>
    ),
  }));
  return (
    <>
      <SortableList
        label={t("links")}
        items={items}
        onMove={(from, to) => save(reordered(links, from, to))}
        onRemove={(index) => save(links.filter((_, at) => at !== index))}
      />
      <Button
        small
        kind="quiet"
        icon={<Plus size={14} />}
        onClick={() => save([...links, { label: newLabel(t("newShortcut"), language), url: "/" }])}
      >
        {t("addLink")}
      </Button>
    </>
  );
}
