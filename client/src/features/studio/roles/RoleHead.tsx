import { Link } from "@tanstack/react-router";
import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useHolders } from "@/api/admin";
import type { Role } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { Check } from "@/ui/controls";
import { Tag } from "@/ui/surfaces";
import { Confirm } from "@/views/dialogs/Confirm";
import { useDraft } from "../draft/useDraft";
import { DescriptionField } from "../parts/DescriptionField";
import { LabelField } from "../parts/LabelField";
import { OwnersSection } from "../parts/OwnersSection";
import { labelText } from "../shell/values";
import styles from "./Roles.module.css";

const ABILITIES = ["build", "members", "audit", "health", "api_keys", "view_as"] as const;
const SHOWN = 12;

function Holders({ role }: { role: Role }) {
  const { t } = useTranslation("roles");
  const holders = useHolders(role.key);
  const people = holders.data ?? [];
  return (
    <div className={styles.holders}>
      <h3>{t("holders", { count: people.length })}</h3>
      <div>
        {holders.data?.length === 0 && <span className={styles.quiet}>{t("noHolders")}</span>}
        {people.slice(0, SHOWN).map((person) => (
          <Tag key={person.id}>{person.name}</Tag>
        ))}
        {people.length > SHOWN && (
          <span className={styles.quiet}>{t("moreHolders", { count: people.length - SHOWN })}</span>
        )}
        <Link to="/admin/members">{t("toMembers")}</Link>
      </div>
    </div>
  );
}

interface HeadProps {
  role: Role;
  onCopy: () => void;
  onGone: () => void;
}

/** A role's name, its platform-wide rights and who holds it. */
export function RoleHead({ role, onCopy, onGone }: HeadProps) {
  const { t } = useTranslation(["roles", "common"]);
  const language = useLanguage();
  const { edit } = useDraft();
  const holders = useHolders(role.key);
  const [deleting, setDeleting] = useState(false);
  const name = labelText(role.label, language, role.key);
  const held = role.abilities ?? [];
  const toggle = (ability: string, isOn: boolean) =>
    edit(
      [
        {
          op: "put",
          path: ["roles", role.key, "abilities"],
          value: isOn ? [...held, ability] : held.filter((each) => each !== ability),
        },
      ],
      t("roles:edits.ability", { role: name }),
    );
  const remove = () => {
    edit([{ op: "drop", path: ["roles", role.key] }], t("roles:edits.removed", { role: name }));
    setDeleting(false);
    onGone();
  };
  return (
    <div className={styles.head}>
      <div className={styles.headRow}>
        <LabelField
          label={t("roles:name")}
          value={role.label}
          required
          onChange={(label) =>
            label &&
            edit(
              [{ op: "put", path: ["roles", role.key, "label"], value: label }],
              t("roles:edits.name", { role: name }),
            )
          }
        />
        <div className={styles.headActions}>
          <Button icon={<Copy size={15} />} onClick={onCopy}>
            {t("roles:copy")}
          </Button>
          <Button icon={<Trash2 size={15} />} onClick={() => setDeleting(true)}>
            {t("common:actions.delete")}
          </Button>
        </div>
      </div>
      <fieldset className={styles.abilities}>
        <legend>{t("roles:abilities")}</legend>
        {ABILITIES.map((ability) => (
          <Check key={ability} checked={held.includes(ability)} onChange={(isOn) => toggle(ability, isOn)}>
            {t(`roles:abilityNames.${ability}`)}
          </Check>
        ))}
      </fieldset>
      <Holders role={role} />
      <DescriptionField path={["roles", role.key]} item={role} />
      <OwnersSection collection="roles" item={role} />
      {deleting && (
        <Confirm
          title={t("roles:deleteSure", { role: name })}
          text={t("roles:deleteText", { count: holders.data?.length ?? 0 })}
          confirm={t("common:actions.delete")}
          onConfirm={remove}
          onClose={() => setDeleting(false)}
        />
      )}
    </div>
  );
}
