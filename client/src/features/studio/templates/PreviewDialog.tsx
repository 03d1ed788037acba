import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstallTemplate } from "@/api/entrances";
import type { Template } from "@/api/types/entrances";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Check } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
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

/** All that a template brings, and the button that installs it. */
export function PreviewDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation(["entrances", "common"]);
  const errorText = useErrorText();
  const install = useInstallTemplate();
  const [rights, setRights] = useState<Rights>({});
  const run = () =>
    install.mutate(
      { key: template.key, rights },
      {
        onSuccess: () => {
          toast.done(t("templates.done", { name: template.label }));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={template.label}
      closeLabel={t("common:actions.close")}
      width={860}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.close")}</Button>
          {!template.installed && (
            <Button kind="primary" busy={install.isPending} onClick={run}>
              {t(install.isPending ? "templates.installing" : "templates.install")}
            </Button>
          )}
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the dialog is scrolled by keys */}
      <section className={styles.preview} aria-label={template.label} tabIndex={0}>
        {install.error && <Notice kind="danger">{errorText(install.error)}</Notice>}
        <p>{template.description}</p>
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
        {!template.installed && <RightsChoice template={template} rights={rights} onChange={setRights} />}
      </section>
    </Dialog>
  );
}
