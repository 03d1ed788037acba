import { Link } from "@tanstack/react-router";
import { ArrowUpRight, FileStack, Link2, List, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ShortcutDefinition } from "@/api/types";
import { Panel } from "@/ui/surfaces";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

function Shortcut({ link }: { link: ShortcutDefinition }) {
  const inside = <span>{link.label}</span>;
  if (link.view)
    return (
      <Link className={styles.shortcut} to="/v/$view" params={{ view: link.view }}>
        <List size={16} aria-hidden="true" />
        {inside}
      </Link>
    );
  if (link.create)
    return (
      <Link className={styles.shortcut} to="/e/$entity/new" params={{ entity: link.create }}>
        <Plus size={16} aria-hidden="true" />
        {inside}
      </Link>
    );
  if (link.page)
    return (
      <Link className={styles.shortcut} to="/p/$page" params={{ page: link.page }}>
        <FileStack size={16} aria-hidden="true" />
        {inside}
      </Link>
    );
  const isOutside = link.url?.startsWith("http") ?? false;
  return (
    <a
      className={styles.shortcut}
      href={link.url ?? "/"}
      {...(isOutside ? { target: "_blank", rel: "noreferrer noopener" } : {})}
    >
      {isOutside ? <ArrowUpRight size={16} aria-hidden="true" /> : <Link2 size={16} aria-hidden="true" />}
      {inside}
    </a>
  );
}

export function ShortcutBlock({ block }: BlockProps) {
  const { t } = useTranslation("home");
  return (
    <Panel title={block.title || t("shortcuts")}>
      <div className={styles.shortcuts}>
        {block.links.map((link) => (
          <Shortcut key={`${link.label}${link.view}${link.create}${link.page}${link.url}`} link={link} />
        ))}
        {block.links.length === 0 && <p className={styles.quiet}>{t("shortcutsEmpty")}</p>}
      </div>
    </Panel>
  );
}

/** Plain paragraphs; lines that begin with a dash become a list. */
export function TextBlock({ block }: BlockProps) {
  const parts = block.text.split(/\n{2,}/).filter((part) => part.trim());
  return (
    <Panel {...(block.title ? { title: block.title } : {})}>
      <div className={styles.text}>
        {parts.map((part) => {
          const lines = part.split("\n");
          if (lines.every((line) => line.startsWith("- ")))
            return (
              <ul key={part}>
                {lines.map((line) => (
                  <li key={line}>{line.slice(2)}</li>
                ))}
              </ul>
            );
          return <p key={part}>{part}</p>;
        })}
      </div>
    </Panel>
  );
}
