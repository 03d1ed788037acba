import { House, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { VIEW_KINDS } from "@/api/types";
import type { Entity } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button, IconButton } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { Menu } from "@/ui/Menu";
import { KindIcon } from "@/views/kinds/KindIcon";
import { distinctKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { labelText, newLabel } from "../parts/labels";
import { newPage, newView } from "./newThings";
import { useFieldChoices } from "./useFieldChoices";
import styles from "./Views.module.css";
import type { Chosen } from "./ViewsPage";

interface ListProps {
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  /** Where there is little room: a single select. */
  isShort: boolean;
}

function EntityViews({ entity, chosen, onChoose }: Omit<ListProps, "isShort"> & { entity: Entity }) {
  const { t } = useTranslation(["designer", "views"]);
  const language = useLanguage();
  const draft = useDraft();
  const fields = useFieldChoices(entity.key);
  const name = labelText(entity.label, language) || entity.key;
  const views = (draft.definitions.views ?? []).filter((each) => each.entity === entity.key);
  const add = (kind: (typeof VIEW_KINDS)[number]) => {
    const taken = (draft.definitions.views ?? []).map((each) => each.key);
    const key = distinctKey(`${entity.key}_${kind}`.slice(0, 36), taken);
    const label = t(`views:kinds.${kind}`);
    const value = newView({
      key,
      entity,
      kind,
      fields,
      label: newLabel(t("designer:viewName", { name, kind: label }), language),
    });
    draft.edit([{ op: "put", path: ["views", key], value }], t("designer:added", { name: label }));
    onChoose({ view: key });
  };
  return (
    <section className={styles.group}>
      <header>
        <h2>{name}</h2>
        <Menu
          end
          label={t("designer:addView", { name })}
          trigger={(trigger) => (
            <IconButton {...trigger} small label={t("designer:addView", { name })}>
              <Plus size={15} />
            </IconButton>
          )}
          entries={VIEW_KINDS.map((kind) => ({
            key: kind,
            label: t(`views:kinds.${kind}`),
            icon: <KindIcon kind={kind} />,
            onSelect: () => add(kind),
          }))}
        />
      </header>
      {views.map((view) => (
        <button
          key={view.key}
          type="button"
          className={styles.entry}
          aria-current={chosen.view === view.key}
          onClick={() => onChoose({ view: view.key })}
        >
          <KindIcon kind={(view.kind ?? "grid") as (typeof VIEW_KINDS)[number]} />
          <span>{labelText(view.label, language) || view.key}</span>
          {draft.problemsAt(["views", view.key]).length > 0 && (
            <i className={styles.alarm} role="img" aria-label={t("designer:hasProblems")} />
          )}
        </button>
      ))}
    </section>
  );
}

function Pages({ chosen, onChoose }: Omit<ListProps, "isShort">) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const draft = useDraft();
  const pages = draft.definitions.pages ?? [];
  const add = () => {
    const key = distinctKey(
      "page",
      pages.map((each) => each.key),
    );
    draft.edit(
      [{ op: "put", path: ["pages", key], value: newPage(key, newLabel(t("newPage"), language)) }],
      t("added", { name: t("newPage") }),
    );
    onChoose({ page: key });
  };
  return (
    <section className={styles.group}>
      <header>
        <h2>{t("pages")}</h2>
        <IconButton small label={t("addPage")} onClick={add}>
          <Plus size={15} />
        </IconButton>
      </header>
      {pages.map((page) => (
        <button
          key={page.key}
          type="button"
          className={styles.entry}
          aria-current={chosen.page === page.key}
          onClick={() => onChoose({ page: page.key })}
        >
          {page.home ? <House size={15} aria-hidden="true" /> : <KindIcon kind="page" />}
          <span>{labelText(page.label, language) || page.key}</span>
          {draft.problemsAt(["pages", page.key]).length > 0 && (
            <i className={styles.alarm} role="img" aria-label={t("hasProblems")} />
          )}
        </button>
      ))}
      {pages.length === 0 && (
        <Button small kind="quiet" icon={<Plus size={14} />} onClick={add}>
          {t("addPage")}
        </Button>
      )}
    </section>
  );
}

/** Pages, and the views of each form; each list has its own way to a new one. */
export function DesignList({ chosen, onChoose, isShort }: ListProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const { definitions } = useDraft();
  const entities = (definitions.entities ?? []).filter((entity) => !entity.parent);
  if (isShort)
    return (
      <NativeSelect
        aria-label={t("choose")}
        value={chosen.view ? `view:${chosen.view}` : `page:${chosen.page}`}
        onChange={(event) => {
          const [kind, key = ""] = event.target.value.split(":");
          onChoose(kind === "view" ? { view: key } : kind === "page" ? { page: key } : {});
        }}
      >
        <option value="">{t("back")}</option>
        <optgroup label={t("pages")}>
          {(definitions.pages ?? []).map((page) => (
            <option key={page.key} value={`page:${page.key}`}>
              {labelText(page.label, language)}
            </option>
          ))}
        </optgroup>
        {entities.map((entity) => (
          <optgroup key={entity.key} label={labelText(entity.label, language)}>
            {(definitions.views ?? [])
              .filter((view) => view.entity === entity.key)
              .map((view) => (
                <option key={view.key} value={`view:${view.key}`}>
                  {labelText(view.label, language)}
                </option>
              ))}
          </optgroup>
        ))}
      </NativeSelect>
    );
  return (
    <nav className={styles.list} aria-label={t("choose")}>
      <Pages chosen={chosen} onChoose={onChoose} />
      {entities.map((entity) => (
        <EntityViews key={entity.key} entity={entity} chosen={chosen} onChoose={onChoose} />
      ))}
    </nav>
  );
}
