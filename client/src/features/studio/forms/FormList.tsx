import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Op } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { SearchInput } from "@/ui/controls";
import { iconOf } from "@/ui/icons";
import { EmptyState, Notice, Page, Tag } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import styles from "./Forms.module.css";
import { NewFormDialog } from "./NewFormDialog";

function Card({ entity, isNew }: { entity: Entity; isNew: boolean }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const Icon = iconOf(entity.icon);
  return (
    <Link to="/studio/forms/$entity" params={{ entity: entity.key }} className={styles.formCard}>
      <Icon size={22} aria-hidden="true" />
      <span className={styles.formName}>
        <strong>{labelText(entity.label, language)}</strong>
        <span>
          {t("list.fields", { count: entity.fields.length })}
          {entity.description && ` · ${labelText(entity.description, language)}`}
        </span>
      </span>
      {isNew && <Tag colour="gold">{t("list.isNew")}</Tag>}
    </Link>
  );
}

/** Every form that can be filled in by itself; tables inside forms are reached through their form. */
export function FormList({ missing }: { missing?: string }) {
  const { t } = useTranslation("forms");
  const { definitions, published, edit } = useDraft();
  const navigate = useNavigate();
  const language = useLanguage();
  const [query, setQuery] = useState("");
  const [isMaking, setMaking] = useState(false);
  const forms = (definitions.entities ?? []).filter((each) => !each.parent);
  const wanted = query.trim().toLowerCase();
  const shown = forms.filter((each) => `${labelText(each.label, language)} ${each.key}`.toLowerCase().includes(wanted));
  const known = new Set((published.entities ?? []).map((each) => each.key));
  const make = (key: string, ops: Op[], label: string) => {
    edit(ops, t("done.form", { label }));
    void navigate({ to: "/studio/forms/$entity", params: { entity: key } });
  };
  const button = (
    <Button kind="primary" icon={<Plus size={16} />} onClick={() => setMaking(true)}>
      {t("list.create")}
    </Button>
  );
  return (
    <Page>
      <div className={styles.listHead}>
        <p>{t("list.note")}</p>
        {button}
      </div>
      {missing && <Notice kind="warning">{t("list.missing", { key: missing })}</Notice>}
      {forms.length === 0 ? (
        <EmptyState title={t("list.empty")} text={t("list.emptyText")} actions={button} />
      ) : (
        <>
          {forms.length > 8 && (
            <SearchInput
              className={styles.listSearch}
              aria-label={t("list.search")}
              placeholder={t("list.search")}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
          <div className={styles.formCards}>
            {shown.map((entity) => (
              <Card key={entity.key} entity={entity} isNew={!known.has(entity.key)} />
            ))}
          </div>
          {shown.length === 0 && <EmptyState title={t("list.none", { query })} />}
        </>
      )}
      {isMaking && <NewFormDialog onClose={() => setMaking(false)} onMake={make} />}
    </Page>
  );
}
