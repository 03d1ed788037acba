import { Check, EyeOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSeenBy } from "@/api/access";
import { useRecordPages } from "@/api/records";
import type { FieldDefinition, Json, RecordRow } from "@/api/types";
import { PeopleEdit } from "@/fields/reference/edit";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { named } from "@/model/words";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect, SearchInput } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { EmptyState, Panel, PlainTable, SkeletonLines } from "@/ui/surfaces";
import { AccessDialog } from "@/views/access/AccessDialog";
import { ViewAsButton } from "@/views/access/ViewAsButton";
import styles from "./Roles.module.css";

const WHO = { key: "member", type: "user", options: {} } as unknown as FieldDefinition;
const LISTED = 30;

interface AskedProps {
  entity: string;
  member: string;
  search: string;
}

function Answers({ entity, member, search }: AskedProps) {
  const { t } = useTranslation("roles");
  const errorText = useErrorText();
  const language = useLanguage();
  const pages = useRecordPages(entity, { search }, LISTED);
  const rows = pages.data?.pages[0]?.rows ?? [];
  const seen = useSeenBy(
    entity,
    member,
    rows.map((row) => row.id),
  );
  const [asking, setAsking] = useState<RecordRow | null>(null);
  if (pages.isError || seen.isError) return <EmptyState title={errorText(pages.error ?? seen.error)} />;
  if (pages.data && rows.length === 0) return <EmptyState title={t("seen.empty")} />;
  if (!seen.data) return <SkeletonLines lines={6} />;
  const can = new Set(seen.data);
  return (
    <>
      <p role="status">{t("seen.count", { total: rows.length, count: can.size })}</p>
      <PlainTable label={t("tabs.seen")}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.title}</th>
              <td>{row.display.owner}</td>
              <td>{row.display.department}</td>
              <td>
                <span className={styles.verdict} data-can={can.has(row.id)}>
                  {can.has(row.id) ? <Check size={15} aria-hidden="true" /> : <EyeOff size={15} aria-hidden="true" />}
                  {can.has(row.id) ? t("seen.can") : t("seen.cannot")}
                </span>
              </td>
              <td style={{ textAlign: "right" }}>
                <Button
                  small
                  kind="quiet"
                  aria-label={named(t("seen.why"), row.title, language)}
                  onClick={() => setAsking(row)}
                >
                  {t("seen.why")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {asking && <AccessDialog record={asking} member={member} onClose={() => setAsking(null)} />}
    </>
  );
}

/** Which records somebody sees, and why. */
export function SeenPanel() {
  const { t } = useTranslation("roles");
  const catalogue = useCatalogue();
  const entities = catalogue.definitions.entities.filter((each) => !each.parent && each.can.read);
  const [member, setMember] = useState<Json>(null);
  const [entity, setEntity] = useState(entities[0]?.key ?? "");
  const [text, setText] = useState("");
  const search = useSettled(text.trim());
  const person = typeof member === "string" ? member : null;
  return (
    <Panel title={t("tabs.seen")} actions={person && <ViewAsButton member={person} />}>
      <div className={styles.seen}>
        <p className={styles.quiet}>{t("seen.text")}</p>
        <div className={styles.seenAsk}>
          <FieldFrame label={t("seen.person")}>
            {(ids) => <PeopleEdit field={WHO} ids={ids} value={member} onChange={setMember} />}
          </FieldFrame>
          <FieldFrame label={t("seen.entity")}>
            {(ids) => (
              <NativeSelect {...ids} value={entity} onChange={(event) => setEntity(event.target.value)}>
                {entities.map((each) => (
                  <option key={each.key} value={each.key}>
                    {each.label}
                  </option>
                ))}
              </NativeSelect>
            )}
          </FieldFrame>
          <FieldFrame label={t("seen.search")}>
            {(ids) => <SearchInput {...ids} value={text} onChange={(event) => setText(event.target.value)} />}
          </FieldFrame>
        </div>
        {person && entity ? (
          <Answers key={`${person} ${entity}`} entity={entity} member={person} search={search} />
        ) : (
          <EmptyState title={t("seen.choose")} />
        )}
      </div>
    </Panel>
  );
}
