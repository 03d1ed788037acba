import { useNavigate } from "@tanstack/react-router";
import { Clock, FileText, type LucideIcon, Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearch } from "@/api/records";
import { useMe } from "@/api/session";
import type { RecordRef } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { recentRecords } from "@/model/recent";
import { Button } from "@/ui/Button";
import { useSettled } from "@/ui/hooks";
import { useIsPhone } from "@/ui/media";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import { useModal } from "@/ui/useModal";
import { type Command, findCommands } from "./commands";
import styles from "./Search.module.css";

/** One line of the list: a record or a command. */
interface Line {
  key: string;
  title: string;
  note: string;
  more?: string | undefined;
  icon: LucideIcon;
  group: string;
  open: () => void;
}

interface ListProps {
  id: string;
  lines: Line[];
  active: number;
  onActive: (index: number) => void;
}

function LineList({ id, lines, active, onActive }: ListProps) {
  const { t } = useTranslation();
  return (
    <div id={id} role="listbox" aria-label={t("search.title")}>
      {lines.map((line, index) => (
        <div key={line.key} role="presentation">
          {line.group !== lines[index - 1]?.group && <div className={styles.head}>{line.group}</div>}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the search box moves and opens by keyboard */}
          <div
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.hit}
            onPointerMove={() => onActive(index)}
            onClick={line.open}
          >
            <line.icon size={16} aria-hidden="true" />
            <strong>{line.title}</strong>
            {!line.more && <small>{line.note}</small>}
            {line.more && <small className={styles.second}>{line.more}</small>}
          </div>
        </div>
      ))}
    </div>
  );
}

function useLines(text: string, commands: Command[], onClose: () => void) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const isCommands = text.startsWith(">");
  const q = useSettled(isCommands ? "" : text.trim(), 160);
  const found = useSearch(q);
  const recordLine = (hit: RecordRef & { subtitle?: string }, isRecent: boolean): Line => ({
    key: `${hit.entity}-${hit.id}`,
    title: hit.title,
    note: catalogue.entityLabel(hit.entity),
    more: hit.subtitle,
    icon: isRecent ? Clock : FileText,
    group: t(isRecent ? "search.recent" : "search.records"),
    open: () => {
      onClose();
      void navigate({ to: "/e/$entity/$id", params: { entity: hit.entity, id: hit.id } });
    },
  });
  const commandLines = findCommands(commands, text.trim() === "" ? "" : text).map(
    (command): Line => ({
      key: command.key,
      title: command.label,
      note: "",
      icon: command.icon,
      group: command.group,
      open: () => {
        onClose();
        command.run();
      },
    }),
  );
  const grouped = [...new Set(commandLines.map((line) => line.group))].flatMap((group) =>
    commandLines.filter((line) => line.group === group),
  );
  const isEmpty = text.trim() === "";
  const records = isEmpty
    ? recentRecords(me.id).map((each) => recordLine(each, true))
    : isCommands || !q
      ? []
      : (found.data ?? []).map((each) => recordLine(each, false));
  const isWaiting = !isEmpty && !isCommands && (q === "" || found.isPending);
  return { lines: [...grouped, ...records], isWaiting, error: q && found.isError ? found.error : null, isEmpty };
}

/** Records by name, number or phone, and everything that can be done, from one box. */
export default function SearchDialog({ commands, onClose }: { commands: Command[]; onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const isPhone = useIsPhone();
  const modal = useModal(onClose);
  const id = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const { lines, isWaiting, error, isEmpty } = useLines(text, commands, onClose);

  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && lines.length > 0) {
      event.preventDefault();
      const next = (active + step + lines.length) % lines.length;
      setActive(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    const chosen = lines[active];
    if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      chosen.open();
    }
  };
  return (
    <dialog
      {...modal}
      className={styles.dialog}
      aria-label={t("search.title")}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={styles.box}>
        <Search size={18} aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded={lines.length > 0}
          aria-controls={id}
          aria-activedescendant={lines.length > 0 ? `${id}-${active}` : undefined}
          aria-label={t("search.title")}
          placeholder={t("search.placeholder")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKey}
        />
        {isPhone && (
          <Button kind="quiet" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
        )}
      </div>
      <div className={styles.list}>
        {isEmpty && lines.length === 0 && <EmptyState title={t("search.hint")} />}
        <LineList id={id} lines={lines} active={active} onActive={setActive} />
        {isWaiting && <SkeletonLines lines={3} />}
        {error && <EmptyState title={errorText(error)} />}
        {!isEmpty && !isWaiting && !error && lines.length === 0 && (
          <EmptyState title={t("search.empty", { q: text })} text={t("search.emptyHint")} />
        )}
      </div>
      <div className={styles.foot}>{t("search.keys")}</div>
    </dialog>
  );
}
