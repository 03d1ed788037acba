import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearch } from "@/api/records";
import { useMe } from "@/api/session";
import type { RecordRef } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { recentRecords } from "@/model/recent";
import { useSettled } from "@/ui/hooks";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import styles from "./Search.module.css";

interface Hit extends RecordRef {
  subtitle?: string;
}

interface HitListProps {
  id: string;
  hits: Hit[];
  active: number;
  onActive: (index: number) => void;
  onOpen: (hit: Hit) => void;
}

function HitList({ id, hits, active, onActive, onOpen }: HitListProps) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  return (
    <div id={id} role="listbox" aria-label={t("search.title")}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the search box moves and opens by keyboard
        <div
          key={`${hit.entity}-${hit.id}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.hit}
          onPointerMove={() => onActive(index)}
          onClick={() => onOpen(hit)}
        >
          <strong>{hit.title}</strong>
          <small>{catalogue.entityLabel(hit.entity)}</small>
          {hit.subtitle && <small>{hit.subtitle}</small>}
        </div>
      ))}
    </div>
  );
}

export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const me = useMe();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const q = useSettled(text.trim(), 160);
  const found = useSearch(q);
  const hits: Hit[] = q ? (found.data ?? []) : recentRecords(me.id);

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const open = (hit: Hit) => {
    onClose();
    void navigate({ to: "/e/$entity/$id", params: { entity: hit.entity, id: hit.id } });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length > 0) {
      event.preventDefault();
      const next = (active + step + hits.length) % hits.length;
      setActive(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    const chosen = hits[active];
    if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(chosen);
    }
  };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={t("search.title")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={styles.box}>
        <Search size={18} aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={id}
          aria-activedescendant={hits.length > 0 ? `${id}-${active}` : undefined}
          aria-label={t("search.title")}
          placeholder={t("nav.search")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <div className={styles.list}>
        {!q && hits.length > 0 && <div className={styles.head}>{t("search.recent")}</div>}
        {!q && hits.length === 0 && <EmptyState title={t("search.hint")} />}
        {q && found.isPending && <SkeletonLines lines={5} />}
        {q && found.isError && <EmptyState title={errorText(found.error)} />}
        {q && found.data && hits.length === 0 && (
          <EmptyState title={t("search.empty", { q })} text={t("search.emptyHint")} />
        )}
        <HitList id={id} hits={hits} active={active} onActive={setActive} onOpen={open} />
      </div>
      <div className={styles.foot}>{t("search.keys")}</div>
    </dialog>
  );
}
