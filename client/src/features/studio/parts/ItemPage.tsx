import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { EmptyState, Page } from "@/ui/surfaces";
import styles from "./parts.module.css";

interface ItemPageProps {
  /** What the list is a list of. */
  label: string;
  items: { key: string; name: string; note?: ReactNode }[];
  chosen: string | undefined;
  onChoose: (key: string) => void;
  add: string;
  onAdd: () => void;
  /** Other ways to begin, beside the button that adds. */
  more?: ReactNode;
  empty: { icon: ReactNode; title: string; text: string };
  /** The editor of what is chosen. */
  children: ReactNode;
}

/** A list of definitions at the left, and the one that is chosen beside it; on a phone the list is a select above. */
export function ItemPage({ label, items, chosen, onChoose, add, onAdd, more, empty, children }: ItemPageProps) {
  return (
    <Page>
      <div className={styles.itemTools}>
        <Button kind="primary" icon={<Plus size={16} />} onClick={onAdd}>
          {add}
        </Button>
        {more}
      </div>
      {items.length === 0 ? (
        <EmptyState {...empty} />
      ) : (
        <div className={styles.itemPage}>
          <NativeSelect
            className={styles.itemSelect}
            aria-label={label}
            value={chosen}
            onChange={(event) => onChoose(event.target.value)}
          >
            {items.map((each) => (
              <option key={each.key} value={each.key}>
                {each.name}
              </option>
            ))}
          </NativeSelect>
          <nav className={styles.items} aria-label={label}>
            {items.map((each) => (
              <button
                key={each.key}
                type="button"
                aria-current={each.key === chosen}
                onClick={() => onChoose(each.key)}
              >
                {each.name}
                {each.note && <small>{each.note}</small>}
              </button>
            ))}
          </nav>
          <div className={styles.itemEditor}>{children}</div>
        </div>
      )}
    </Page>
  );
}
