import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { NativeSelect, Segments } from "@/ui/controls";
import { useIsPhone } from "@/ui/media";
import { EmptyState, Panel } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../shell/values";
import { OPERATIONS, type Operation } from "./grants";
import { Matrix } from "./Matrix";
import { NewRoleDialog } from "./NewRoleDialog";
import { Overview } from "./Overview";
import { RoleHead } from "./RoleHead";
import styles from "./Roles.module.css";
import { SeenPanel } from "./SeenPanel";

type Tab = "role" | "overview" | "seen";
const TABS: Tab[] = ["role", "overview", "seen"];

interface RoleTabProps {
  role: Role | undefined;
  onChoose: (key: string) => void;
  onNew: (from: string) => void;
}

function RoleTab({ role, onChoose, onNew }: RoleTabProps) {
  const { t } = useTranslation("roles");
  const language = useLanguage();
  const isPhone = useIsPhone();
  const { definitions } = useDraft();
  const roles = definitions.roles ?? [];
  const [compared, setCompared] = useState("");
  const other = roles.find((each) => each.key === compared && each.key !== role?.key) ?? null;
  if (!role) return <EmptyState title={t("none")} text={t("noneText")} />;
  const options = roles.map((each) => (
    <option key={each.key} value={each.key}>
      {labelText(each.label, language, each.key)}
    </option>
  ));
  return (
    <div className={styles.layout}>
      {isPhone ? (
        <NativeSelect aria-label={t("role")} value={role.key} onChange={(event) => onChoose(event.target.value)}>
          {options}
        </NativeSelect>
      ) : (
        <nav className={styles.list} aria-label={t("roles")}>
          {roles.map((each) => (
            <button
              key={each.key}
              type="button"
              aria-pressed={each.key === role.key}
              onClick={() => onChoose(each.key)}
            >
              {labelText(each.label, language, each.key)}
            </button>
          ))}
        </nav>
      )}
      <div className={styles.column}>
        <Panel>
          <RoleHead
            key={role.key}
            role={role}
            onCopy={() => onNew(role.key)}
            onGone={() => onChoose(roles.find((each) => each.key !== role.key)?.key ?? "")}
          />
        </Panel>
        <Panel
          flush
          title={t("matrix")}
          actions={
            <NativeSelect
              className={styles.compare}
              aria-label={t("compare")}
              value={compared}
              onChange={(event) => setCompared(event.target.value)}
            >
              <option value="">{t("compareNone")}</option>
              {options}
            </NativeSelect>
          }
        >
          <Matrix key={role.key} role={role} other={other} />
        </Panel>
        <p className={styles.hint}>{t("keys")}</p>
      </div>
    </div>
  );
}

/** Who may do what: one role in detail, all roles at a glance, and what one person really sees. */
export function RolesPage() {
  const { t } = useTranslation("roles");
  const { definitions } = useDraft();
  const roles = definitions.roles ?? [];
  const [tab, setTab] = useState<Tab>("role");
  const [key, setKey] = useState("");
  const [operation, setOperation] = useState<Operation>("read");
  const [making, setMaking] = useState<string | null>(null);
  const role = roles.find((each) => each.key === key) ?? roles[0];
  const open = (chosen: string) => {
    setKey(chosen);
    setTab("role");
  };
  return (
    <div className={styles.page}>
      <div className={styles.tools}>
        <Segments
          label={t("tabs.label")}
          value={tab}
          options={TABS.map((value) => ({ value, label: t(`tabs.${value}`) }))}
          onChange={setTab}
        />
        <Button kind="primary" icon={<Plus size={15} />} onClick={() => setMaking("")}>
          {t("add")}
        </Button>
      </div>
      {tab === "role" && <RoleTab role={role} onChoose={setKey} onNew={setMaking} />}
      {tab === "overview" && (
        <Panel
          flush
          title={t("tabs.overview")}
          actions={
            <NativeSelect
              className={styles.compare}
              aria-label={t("operation")}
              value={operation}
              onChange={(event) => setOperation(event.target.value as Operation)}
            >
              {OPERATIONS.map((each) => (
                <option key={each} value={each}>
                  {t(`operations.${each}`)}
                </option>
              ))}
            </NativeSelect>
          }
        >
          <Overview operation={operation} onOpen={(each) => open(each.key)} />
        </Panel>
      )}
      {tab === "seen" && <SeenPanel />}
      {making !== null && (
        <NewRoleDialog
          from={making}
          onClose={() => setMaking(null)}
          onMade={(made) => {
            setMaking(null);
            open(made);
          }}
        />
      )}
    </div>
  );
}
