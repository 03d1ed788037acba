import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstallTemplate, useTemplate } from "@/api/entrances";
import type { Template, TemplateSummary } from "@/api/types/entrances";
import { useErrorText } from "@/fields/useTexts";
import { Button, buttonClass } from "@/ui/Button";
import { Check } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice, SkeletonLines, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { RemoveDialog } from "../apps/RemoveDialog";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import { FormSketch, StageLane } from "./Schematic";
import styles from "./Templates.module.css";

type Rights = Record<string, string[]>;

function RightsChoice({
  template,
  rights,
  onChange,
}: {
  template: Template;
  rights: Rights;
  onChange: (rights: Rights) => void;
}) {
  const { t, i18n } = useTranslation("entrances");
  const { published } = useDraft();
  const brought = new Set(template.roles.map((each) => each.key));
  const roles = (published.roles ?? []).filter((each) => !brought.has(each.key));
  if (roles.length === 0) return null;
  const toggle = (own: string, role: string, on: boolean) => {
    const others = (rights[own] ?? []).filter((each) => each !== role);
    onChange({ ...rights, [own]: on ? [...others, role] : others });
  };
  return (
    <section className={styles.rights}>
      <h3>{t("templates.rights")}</h3>
      <p>{t("templates.rightsHint")}</p>
      {template.roles.map((own) => (
        <fieldset key={own.key} className={styles.tags} style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>{t("templates.same", { role: own.label })}</legend>
          {roles.map((role) => (
            <Check
              key={role.key}
              checked={rights[own.key]?.includes(role.key) ?? false}
              onChange={(on) => toggle(own.key, role.key, on)}
            >
              {labelText(role.label, i18n.language)}
            </Check>
          ))}
        </fieldset>
      ))}
    </section>
  );
}

function Contents({ template }: { template: Template }) {
  const { t } = useTranslation("entrances");
  return (
    <>
      {template.stages.length > 0 && (
        <section>
          <h3>{t("templates.stages")}</h3>
          <StageLane stages={template.stages} />
        </section>
      )}
      <section>
        <h3>{t("templates.forms")}</h3>
        <div className={styles.forms}>
          {template.entities.map((each) => (
            <FormSketch key={each.key} entity={each} />
          ))}
        </div>
      </section>
      <section>
        <h3>{t("templates.views")}</h3>
        <div className={styles.tags}>
          {template.views.map((each) => (
            <Tag key={each.label} colour={each.kind === "board" ? "purple" : "blue"}>
              {each.label}
            </Tag>
          ))}
          {template.numbers.map((each) => (
            <Tag key={each} colour="green">
              {each}
            </Tag>
          ))}
        </div>
      </section>
    </>
  );
}

/** All that a template brings, the button that installs it, and once it is installed the ways into it and out again. */
export function PreviewDialog({ summary, onClose }: { summary: TemplateSummary; onClose: () => void }) {
  const { t } = useTranslation(["entrances", "studioApps", "common"]);
  const errorText = useErrorText();
  const loaded = useTemplate(summary.key);
  const install = useInstallTemplate();
  const [rights, setRights] = useState<Rights>({});
  const [isRemoving, setRemoving] = useState(false);
  const template = loaded.data;
  const opens = summary.installed ? template?.opens : null;
  const error = install.error ?? loaded.error;
  const run = () =>
    install.mutate(
      { key: summary.key, rights },
      { onSuccess: () => toast.done(t("templates.done", { name: summary.label })) },
    );
  return (
    <Dialog
      title={summary.label}
      closeLabel={t("common:actions.close")}
      width={860}
      onClose={onClose}
      foot={
        <>
          {summary.installed && (
            <Button kind="quiet" onClick={() => setRemoving(true)}>
              {t("studioApps:remove")}
            </Button>
          )}
          <Button onClick={onClose}>{t("common:actions.close")}</Button>
          {!summary.installed && (
            <Button kind="primary" busy={install.isPending} disabled={!template} onClick={run}>
              {t(install.isPending ? "templates.installing" : "templates.install")}
            </Button>
          )}
          {opens && (
            <Link to="/v/$view" params={{ view: opens }} className={buttonClass("primary")}>
              {t("templates.open")}
            </Link>
          )}
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the dialog is scrolled by keys */}
      <section className={styles.preview} aria-label={summary.label} tabIndex={0}>
        {error && <Notice kind="danger">{errorText(error)}</Notice>}
        <p>{summary.description}</p>
        {loaded.isPending && <SkeletonLines lines={6} />}
        {template && <Contents template={template} />}
        {template && !summary.installed && <RightsChoice template={template} rights={rights} onChange={setRights} />}
        {isRemoving && <RemoveDialog app={summary} onClose={() => setRemoving(false)} />}
      </section>
    </Dialog>
  );
}
