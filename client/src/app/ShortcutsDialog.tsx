import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import styles from "./Shell.module.css";

const GROUPS = {
  everywhere: { palette: "Ctrl K", commands: "Ctrl K  >", help: "?", find: "/", undo: "Ctrl Z", close: "Esc" },
  grid: {
    move: "↑ ↓ ← →",
    ends: "Ctrl ↑ ↓ ← →",
    pages: "PageUp PageDown",
    row: "Home End",
    extend: "Shift ↑ ↓ ← →",
    all: "Ctrl A",
    edit: "Enter F2",
    next: "Tab",
    open: "Ctrl Enter",
    select: "Space",
    copy: "Ctrl C X V",
    fill: "Ctrl D",
    clear: "Delete",
  },
  board: { pick: "Space", carry: "← →", drop: "Enter", cancel: "Esc" },
} as const;

/** Every shortcut, by place. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("keys");
  const { t: common } = useTranslation();
  return (
    <Dialog title={t("title")} closeLabel={common("actions.close")} onClose={onClose} width={720}>
      <div className={styles.keys}>
        {Object.entries(GROUPS).map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`${group}.title` as "grid.title")}</h3>
            <dl>
              {Object.entries(keys).map(([name, pressed]) => (
                <div key={name}>
                  <dt>{t(`${group}.${name}` as "grid.move")}</dt>
                  <dd>
                    {pressed.split(/ +/).map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
