import { LayoutTemplate, Check as Tick } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTemplates } from "@/api/entrances";
import type { Template } from "@/api/types/entrances";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { SearchInput } from "@/ui/controls";
import { iconOf } from "@/ui/icons";
import { EmptyState, Page, PageHeader, SkeletonLines, Tag } from "@/ui/surfaces";
import { PreviewDialog } from "./PreviewDialog";
import { StageLane } from "./Schematic";
import styles from "./Templates.module.css";

function Card({ template, onPreview }: { template: Template; onPreview: () => void }) {
  const { t } = useTranslation("entrances");
  const Icon = iconOf(template.icon);
  const fields = template.entities.reduce((sum, each) => sum + each.fields.length, 0);
  return (
    <article className={styles.card} aria-label={template.label}>
      <div className={styles.head}>
        <span className={styles.badge} aria-hidden="true">
          <Icon size={18} />
        </span>
        <h2>{template.label}</h2>
        {template.installed && (
          <Tag colour="green">
            <Tick size={12} aria-hidden="true" /> {t("templates.installed")}
          </Tag>
        )}
      </div>
      <div className={styles.preview} style={{ alignContent: "start" }}>
        <p>{template.description}</p>
        <div className={styles.tags}>
          {template.entities.map((each) => (
            <Tag key={each.key}>{each.label}</Tag>
          ))}
          <Tag colour="blue">{t("templates.fields", { count: fields })}</Tag>
        </div>
        {template.stages.length > 0 && <StageLane stages={template.stages} />}
      </div>
      <div className={styles.foot}>
        <Button onClick={onPreview} aria-label={`${t("templates.preview")} ${template.label}`}>
          {t("templates.preview")}
        </Button>
      </div>
    </article>
  );
}

/** Apps that ship with the platform, each with a schematic of what it brings. */
export function TemplatesPage() {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const templates = useTemplates();
  const [wanted, setWanted] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const found = (templates.data ?? []).filter((each) =>
    `${each.label}${each.description}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const template = templates.data?.find((each) => each.key === chosen);
  return (
    <Page>
      <PageHeader title={t("templates.title")} note={t("templates.note")} />
      <div className={styles.tools}>
        <SearchInput
          aria-label={t("templates.search")}
          placeholder={t("templates.search")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      {templates.isPending && <SkeletonLines lines={8} />}
      {templates.isError && <EmptyState title={errorText(templates.error)} />}
      {templates.data && found.length === 0 && (
        <EmptyState icon={<LayoutTemplate size={36} />} title={t("templates.nothing")} />
      )}
      <div className={styles.grid}>
        {found.map((each) => (
          <Card key={each.key} template={each} onPreview={() => setChosen(each.key)} />
        ))}
      </div>
      {template && <PreviewDialog template={template} onClose={() => setChosen(null)} />}
    </Page>
  );
}
