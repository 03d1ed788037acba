import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { spreadsheetApi } from "@/api/entrances";
import type { FileInfo } from "@/api/types";
import type { AppPlan, Proposal } from "@/api/types/entrances";
import { FileChip, FileDrop } from "@/fields/file/edit";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame } from "@/ui/controls";
import { Steps } from "@/ui/Steps";
import { Notice, Page, PageHeader, Panel } from "@/ui/surfaces";
import { ConfirmStep, ProgressStep } from "./BuildStep";
import { ShapeStep } from "./ShapeStep";
import styles from "./Spreadsheet.module.css";

const STEPS = ["upload", "shape", "build", "import"] as const;
type Step = (typeof STEPS)[number];
const SHEETS = ".xlsx,.xls,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function UploadStep({ onRead }: { onRead: (proposal: Proposal) => void }) {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const [files, setFiles] = useState<FileInfo[]>([]);
  const read = useMutation({
    mutationFn: () =>
      spreadsheetApi.read(
        files.map((each) => each.id),
        "",
      ),
    onSuccess: onRead,
  });
  return (
    <Panel>
      <div className={styles.upload}>
        {read.error && <Notice kind="danger">{errorText(read.error)}</Notice>}
        <FieldFrame label={t("sheets.files")} help={t("sheets.filesHint")}>
          {(ids) => (
            <FileDrop
              id={ids.id}
              accept={SHEETS}
              isMany
              describedBy={ids["aria-describedby"]}
              onFile={(file) => setFiles((all) => [...all, file])}
            />
          )}
        </FieldFrame>
        {files.length > 0 && (
          <div className={styles.files}>
            {files.map((file) => (
              <FileChip
                key={file.id}
                file={file}
                onRemove={() => setFiles((all) => all.filter((each) => each.id !== file.id))}
              />
            ))}
          </div>
        )}
        <div>
          <Button kind="primary" disabled={files.length === 0} busy={read.isPending} onClick={() => read.mutate()}>
            {t(read.isPending ? "sheets.reading" : "sheets.read")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

/** From spreadsheets to an app: upload, check what was guessed, confirm, watch the import. */
export function SpreadsheetPage() {
  const { t } = useTranslation("entrances");
  const [step, setStep] = useState<Step>("upload");
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [plan, setPlan] = useState<AppPlan | null>(null);
  const [build, setBuild] = useState<string | null>(null);
  return (
    <Page>
      <PageHeader title={t("sheets.title")} note={t("sheets.note")} />
      <Steps
        label={t("sheets.steps.label")}
        steps={STEPS.map((each) => t(`sheets.steps.${each}`))}
        at={STEPS.indexOf(step)}
      />
      {step === "upload" && (
        <UploadStep
          onRead={(found) => {
            setProposal(found);
            setPlan(found.plan);
            setStep("shape");
          }}
        />
      )}
      {step === "shape" && proposal && plan && (
        <ShapeStep
          proposal={proposal}
          plan={plan}
          onChange={setPlan}
          onNext={() => setStep("build")}
          onBack={() => setStep("upload")}
        />
      )}
      {step === "build" && plan && (
        <ConfirmStep
          plan={plan}
          onBack={() => setStep("shape")}
          onBuilt={(id) => {
            setBuild(id);
            setStep("import");
          }}
        />
      )}
      {step === "import" && build && <ProgressStep id={build} />}
    </Page>
  );
}
