import { ChevronRight, RotateCcw } from "lucide-react";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Role } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button, IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { PlainTable } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../shell/values";
import { Choice, moveFocus } from "./Choice";
import { FieldMatrix } from "./FieldMatrix";
import {
  dropGrant,
  heldBy,
  isSwitch,
  type Level,
  levelOf,
  limitsOf,
  OPERATIONS,
  type Operation,
  REST,
  rowsOf,
  SCOPES,
  setLevel,
  usesFormula,
} from "./grants";
import styles from "./Roles.module.css";

interface LineProps {
  role: Role;
  entity: Entity | null;
  index: number;
  other: Role | null;
}

function Line({ role, entity, index, other }: LineProps) {
  const { t } = useTranslation("roles");
  const language = useLanguage();
  const { definitions, edit, problemsAt } = useDraft();
  const key = entity?.key ?? REST;
  const name = entity ? labelText(entity.label, language, entity.key) : t("rest");
  const { grant, isInherited } = heldBy(role, key);
  const [open, setOpen] = useState(false);
  const process = definitions.processes?.find((each) => each.entity === key);
  const operations = OPERATIONS.filter((each) => each !== "move" || process !== undefined || entity === null);
  const apart = limitsOf(isInherited ? undefined : grant);
  const needsFormula = usesFormula(grant);
  const wrong = problemsAt(["roles", role.key, "grants", key]);
  const roleName = labelText(role.label, language, role.key);
  const change = (operation: Operation, level: Level) => {
    edit(
      setLevel(role, key, operation, level),
      t("edits.level", {
        role: roleName,
        entity: name,
        operation: t(`operations.${operation}`),
        level: t(`levels.${level}`),
      }),
    );
    if (level === "formula") setOpen(true);
  };
  return (
    <>
      <tr data-inherited={isInherited}>
        <th scope="row">
          <span className={styles.name}>
            {entity && (
              <IconButton
                small
                label={t("expand", { entity: name })}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              >
                <ChevronRight size={15} className={classes(styles.chevron, open && styles.open)} />
              </IconButton>
            )}
            <span>
              {name}
              {isInherited && <small>{t("inherited")}</small>}
              {apart > 0 && <small>{t("fieldsApart", { count: apart })}</small>}
              {needsFormula && !grant?.formula && <small className={styles.wrong}>{t("formulaMissing")}</small>}
              {wrong[0] && <small className={styles.wrong}>{wrong[0].message}</small>}
            </span>
          </span>
        </th>
        {OPERATIONS.map((operation, column) => {
          const level = levelOf(role, key, operation);
          const theirs = other ? levelOf(other, key, operation) : level;
          if (!operations.includes(operation)) return <td key={operation} aria-label={t("noProcess")} />;
          return (
            <td key={operation}>
              <Choice<Level>
                label={`${name} · ${t(`operations.${operation}`)}`}
                value={level}
                options={isSwitch(operation) ? ["no", "yes"] : SCOPES.filter((each) => entity || each !== "formula")}
                words={(each) => t(`levels.${each}`)}
                cell={`${index}:${column}`}
                isQuiet={isInherited}
                other={theirs === level ? undefined : theirs}
                onChange={(next) => change(operation, next)}
              />
            </td>
          );
        })}
      </tr>
      {open && entity && (
        <tr>
          <td colSpan={OPERATIONS.length + 1} className={styles.inside}>
            <FieldMatrix role={role} entity={entity} />
            {!isInherited && (
              <Button
                small
                kind="quiet"
                icon={<RotateCcw size={14} />}
                onClick={() => edit(dropGrant(role, key), t("edits.inherit", { role: roleName, entity: name }))}
              >
                {t("inherit")}
              </Button>
            )}
          </td>
        </tr>
      )}
    </>
  );
}

/** What a role may do with the records of each form; with another role beside it, where they differ. */
export function Matrix({ role, other }: { role: Role; other: Role | null }) {
  const { t } = useTranslation("roles");
  const language = useLanguage();
  const { definitions } = useDraft();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows of the cells inside bubble up to here
    <div className={styles.matrix} onKeyDown={(event) => moveFocus(event)}>
      <PlainTable label={t("matrixOf", { role: labelText(role.label, language, role.key) })}>
        <thead>
          <tr>
            <th scope="col">{t("form")}</th>
            {OPERATIONS.map((operation) => (
              <th key={operation} scope="col">
                {t(`operations.${operation}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rowsOf(definitions), null].map((entity, index) => (
            <Fragment key={entity?.key ?? REST}>
              <Line role={role} entity={entity} index={index} other={other} />
            </Fragment>
          ))}
        </tbody>
      </PlainTable>
    </div>
  );
}
