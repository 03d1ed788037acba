import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRoles } from "@/api/admin";
import { useMe } from "@/api/session";
import type { Ability, Grant, Role, Scope } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { listed, named } from "@/model/words";
import { buttonClass } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel, PlainTable, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Admin.module.css";

const SCOPED = ["read", "update", "delete", "move"] as const;
const SWITCHES = ["create", "import", "export"] as const;

function ScopeMark({ scope }: { scope: Scope }) {
  const { t } = useTranslation("admin");
  return (
    <span className={styles.scope} data-scope={scope}>
      {t(`roles.scopes.${scope}`)}
    </span>
  );
}

/** Fields that a grant treats apart, always or in a stage, one line each. */
function useLimits() {
  const { t } = useTranslation("admin");
  const language = useLanguage();
  const catalogue = useCatalogue();
  return (grant: Grant): string[] => {
    const name = (field: string) => catalogue.field(grant.entity, field)?.label ?? field;
    const line = (fields: Record<string, "hidden" | "read" | "write">) =>
      listed(
        Object.entries(fields).map(([field, access]) => `${name(field)} ${t(`roles.access.${access}`)}`),
        language,
      );
    const always = grant.fields && Object.keys(grant.fields).length > 0 ? [line(grant.fields)] : [];
    const staged = Object.entries(grant.stages ?? {}).map(([stage, fields]) =>
      named(t("roles.inStage", { stage: catalogue.stageLabel(grant.entity, stage) }), line(fields), language),
    );
    const formula = grant.formula ? [t("roles.condition", { formula: grant.formula })] : [];
    return [...always, ...staged, ...formula];
  };
}

function GrantRow({ grant }: { grant: Grant }) {
  const { t } = useTranslation("admin");
  const catalogue = useCatalogue();
  const limits = useLimits()(grant);
  return (
    <>
      <tr>
        <td>
          <strong style={{ fontWeight: 500 }}>
            {grant.entity === "*" ? t("roles.everything") : catalogue.entityLabel(grant.entity)}
          </strong>
        </td>
        {SCOPED.map((operation) => (
          <td key={operation}>
            <ScopeMark scope={grant[operation] ?? "none"} />
          </td>
        ))}
        {SWITCHES.map((operation) => (
          <td key={operation}>
            {grant[operation] ? (
              <span className={styles.scope} data-scope="all">
                {t("roles.yes")}
              </span>
            ) : (
              <ScopeMark scope="none" />
            )}
          </td>
        ))}
      </tr>
      {limits.length > 0 && (
        <tr>
          <td />
          <td colSpan={SCOPED.length + SWITCHES.length} className={styles.limits}>
            {limits.map((limit) => (
              <div key={limit}>{limit}</div>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}

function Matrix({ role }: { role: Role }) {
  const { t } = useTranslation("admin");
  return (
    <Panel
      flush
      title={role.label}
      actions={
        <div className={styles.tags}>
          {role.abilities.map((ability) => (
            <Tag key={ability} colour="purple">
              {t(`roles.abilityNames.${ability as Ability}`)}
            </Tag>
          ))}
        </div>
      }
    >
      {role.grants.length === 0 ? (
        <EmptyState title={t(role.builtin ? "roles.fullAccess" : "roles.noAccess")} />
      ) : (
        <div className={styles.matrix}>
          <PlainTable label={role.label}>
            <thead>
              <tr>
                <th scope="col">{t("roles.entity")}</th>
                {[...SCOPED, ...SWITCHES].map((operation) => (
                  <th key={operation} scope="col">
                    {t(`roles.operations.${operation}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {role.grants.map((grant) => (
                <GrantRow key={grant.entity} grant={grant} />
              ))}
            </tbody>
          </PlainTable>
        </div>
      )}
    </Panel>
  );
}

/** What each role may do, readable at a glance. */
export function RolesPage() {
  const { t } = useTranslation("admin");
  const errorText = useErrorText();
  const me = useMe();
  const roles = useRoles();
  const [key, setKey] = useState<string | null>(null);
  const role = roles.data?.find((each) => each.key === key) ?? roles.data?.[0];
  return (
    <Page>
      <PageHeader
        title={t("roles.title")}
        note={t("roles.note")}
        actions={
          me.abilities.includes("build") && (
            <Link className={buttonClass("primary")} to="/studio/roles">
              {t("roles.change")}
            </Link>
          )
        }
      />
      {roles.isPending && <SkeletonLines lines={8} />}
      {roles.isError && <EmptyState title={errorText(roles.error)} />}
      {roles.data && role && (
        <div className={styles.roles}>
          <Panel flush>
            <div className={styles.roleList}>
              {roles.data.map((each) => (
                <button
                  key={each.key}
                  type="button"
                  aria-pressed={each.key === role.key}
                  onClick={() => setKey(each.key)}
                >
                  {each.label}
                </button>
              ))}
            </div>
          </Panel>
          <Matrix role={role} />
        </div>
      )}
    </Page>
  );
}
