import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DraftChange } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { COLOURS, Tag } from "@/ui/surfaces";
import { valueText } from "../shell/values";
import styles from "./Changes.module.css";
import { placeOf } from "./places";

const KIND_COLOURS = { added: "green", removed: "red", changed: "blue", moved: "purple" };
const OPEN_UP_TO = 6;

interface Group {
  key: string;
  title: string;
  kind: string;
  path: string[];
  changes: DraftChange[];
}

/** Changes by the definition that they lie in. */
function grouped(diff: DraftChange[]): Group[] {
  const groups = new Map<string, Group>();
  for (const change of diff) {
    const path = change.path.slice(0, 2);
    const key = path.join("/");
    const group = groups.get(key);
    if (group) group.changes.push(change);
    else {
      const title = change.label[1] ?? change.label[0] ?? key;
      groups.set(key, { key, title, kind: change.label[0] ?? "", path, changes: [change] });
    }
  }
  return [...groups.values()];
}

/** A side of a change as people can read it: colours by their names. */
function useSideText(change: DraftChange) {
  const { t } = useTranslation(["choices", "studio"]);
  const language = useLanguage();
  return (value: unknown) => {
    const colour = change.path.at(-1) === "colour" ? COLOURS.find((each) => each === value) : undefined;
    return colour ? t(`choices:colours.${colour}`) : valueText(value, language) || t("studio:changes.empty");
  };
}

function Difference({ change }: { change: DraftChange }) {
  const { t } = useTranslation("studio");
  const sideText = useSideText(change);
  const inside = change.label.slice(2).join(" › ");
  const isWhole = typeof change.after === "object" && change.kind === "added";
  return (
    <li className={styles.change}>
      <div className={styles.place}>
        <Tag colour={KIND_COLOURS[change.kind]}>{t(`changes.kinds.${change.kind}`)}</Tag>
        <strong>{inside || change.label.at(-1)}</strong>
        {change.by && <small>{t("changes.by", { name: change.by })}</small>}
      </div>
      {!(isWhole || (change.kind === "removed" && typeof change.before === "object")) && (
        <div className={styles.sides}>
          {change.kind !== "added" && (
            <pre className={styles.old} title={t("changes.before")}>
              {sideText(change.before)}
            </pre>
          )}
          {change.kind !== "removed" && (
            <pre className={styles.now} title={t("changes.after")}>
              {sideText(change.after)}
            </pre>
          )}
        </div>
      )}
    </li>
  );
}

/** Every place that differs, by definition; long lists begin folded. */
export function DiffList({ diff, hasLinks }: { diff: DraftChange[]; hasLinks?: boolean }) {
  const { t } = useTranslation("studio");
  const groups = grouped(diff);
  return (
    <div className={styles.groups}>
      {groups.map((group) => (
        <div key={group.key} className={styles.framed}>
          <details open={groups.length <= OPEN_UP_TO} className={styles.group}>
            <summary>
              <span>{group.kind}</span>
              <strong>{group.title}</strong>
              <small>{t("changes.count", { count: group.changes.length })}</small>
            </summary>
            <ul className={styles.list}>
              {group.changes.map((change) => (
                <Difference key={`${change.path.join("/")}/${change.kind}`} change={change} />
              ))}
            </ul>
          </details>
          {hasLinks && (
            <Link {...placeOf(group.path)} className={styles.go}>
              {t("changes.goThere")}
            </Link>
          )}
        </div>
      ))}
    </div>
  );
}
