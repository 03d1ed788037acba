import { EyeOff } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMentionable } from "@/api/comments";
import type { Mention, RecordRow } from "@/api/types";
import { queryAt } from "@/model/mentions";
import { useSettled } from "@/ui/hooks";
import { Avatar } from "@/ui/surfaces";
import styles from "./Talk.module.css";

interface SuggestionProps {
  id: string;
  people: Mention[];
  active: number;
  onChoose: (person: Mention) => void;
}

/** People to choose from while somebody is being named. */
export function Suggestions({ id, people, active, onChoose }: SuggestionProps) {
  const { t } = useTranslation("comments");
  return (
    <div className={styles.suggestions} id={id} role="listbox" aria-label={t("people")}>
      {people.length === 0 && <p>{t("nobody")}</p>}
      {people.map((person, index) => (
        <button
          key={person.id}
          id={`${id}-${index}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(person);
          }}
        >
          <Avatar name={person.name} size={22} />
          {person.name}
          {!person.can_read && (
            <small>
              <EyeOff size={13} aria-hidden="true" />
              {t("cannotSee")}
            </small>
          )}
        </button>
      ))}
    </div>
  );
}

/** Who can be named at the caret, and choosing one of them by arrows and Enter. */
export function useNaming(
  record: RecordRow,
  text: string,
  caret: number,
  onChoose: (person: Mention, query: string) => void,
) {
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState<string | null>(null);
  const query = queryAt(text, caret);
  const settled = useSettled(query, 150);
  const found = useMentionable(record.entity, record.id, query === null ? null : settled);
  const key = `${query}@${caret}`;
  const people = query === null || closed === key || !found.data ? null : found.data;
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!people || query === null) return false;
    if (event.key === "Escape") setClosed(key);
    else if (event.key === "ArrowDown") setActive((active + 1) % Math.max(1, people.length));
    else if (event.key === "ArrowUp") setActive((active + people.length - 1) % Math.max(1, people.length));
    else if ((event.key === "Enter" || event.key === "Tab") && people[Math.min(active, people.length - 1)]) {
      const person = people[Math.min(active, people.length - 1)];
      if (person) onChoose(person, query);
      setActive(0);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { people, active: Math.min(active, (people?.length ?? 1) - 1), query, onKeyDown };
}
