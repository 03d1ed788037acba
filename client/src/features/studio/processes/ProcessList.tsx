import { Link } from "@tanstack/react-router";
import { Plus, Workflow } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { colourVariables, EmptyState, Page, Tag } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../shell/values";
import { NewProcessDialog } from "./NewProcessDialog";
import styles from "./Processes.module.css";

/** Every process, and the forms that could have one. */
export function ProcessList() {
  const { t } = useTranslation("processes");
  const { definitions, problemsAt } = useDraft();
  const language = useLanguage();
  const [making, setMaking] = useState<string | true | null>(null);
  const processes = definitions.processes ?? [];
  const staged = new Set(processes.map((each) => each.entity));
  const free = (definitions.entities ?? []).filter((each) => !each.parent && !staged.has(each.key));
  const entityName = (key: string) =>
    labelText(definitions.entities?.find((each) => each.key === key)?.label, language, key);
  return (
    <Page>
      <div className={styles.listHead}>
        <p>{t("list.about")}</p>
        <Button kind="primary" icon={<Plus size={15} />} onClick={() => setMaking(true)}>
          {t("new.title")}
        </Button>
      </div>
      {processes.length === 0 && (
        <EmptyState icon={<Workflow size={40} />} title={t("list.empty")} text={t("list.emptyText")} />
      )}
      <ul className={styles.processes} aria-label={t("list.label")}>
        {processes.map((process) => {
          const problems = problemsAt(["processes", process.key]).length;
          return (
            <li key={process.key}>
              <Link
                to="/studio/processes/$process"
                params={{ process: process.key }}
                className={styles.processCard ?? ""}
              >
                <strong>{labelText(process.label, language, process.key)}</strong>
                <small>
                  {t("list.of", { entity: entityName(process.entity) })} ·{" "}
                  {t("list.counts", { stages: process.stages.length, moves: process.transitions.length })}
                </small>
                {problems > 0 && <Tag colour="red">{t("list.problems", { count: problems })}</Tag>}
                <span className={styles.preview}>
                  {process.stages.map((stage) => (
                    <span key={stage.key} style={colourVariables(stage.colour ?? "blue")}>
                      {labelText(stage.label, language, stage.key)}
                    </span>
                  ))}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      {free.length > 0 && (
        <section className={styles.free}>
          <h2>{t("list.free")}</h2>
          <div>
            {free.map((each) => (
              <Button key={each.key} small icon={<Plus size={13} />} onClick={() => setMaking(each.key)}>
                {labelText(each.label, language, each.key)}
              </Button>
            ))}
          </div>
        </section>
      )}
      {making && <NewProcessDialog entity={making === true ? undefined : making} onClose={() => setMaking(null)} />}
    </Page>
  );
}
