import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useImport } from "@/api/imports";
import type { ImportJob } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { Steps } from "@/ui/Steps";
import { EmptyState, Page, PageHeader, SkeletonLines } from "@/ui/surfaces";
import { CheckStep } from "./CheckStep";
import { MappingStep } from "./MappingStep";
import { ResultStep } from "./ResultStep";

const STEPS = ["upload", "map", "check", "run", "result"] as const;
type Step = (typeof STEPS)[number];

function stepOf(job: ImportJob, isRemapping: boolean): Step {
  if (isRemapping || job.state === "uploaded") return "map";
  if (job.state === "mapped" || job.state === "checking" || job.state === "checked") return "check";
  return job.state === "running" ? "run" : "result";
}

/** One import, from its columns to its result; where it stands is the server's word. */
export function ImportPage() {
  const { t } = useTranslation("imports");
  const errorText = useErrorText();
  const { id } = useParams({ from: "/inside/rich/imports/$id" });
  const catalogue = useCatalogue();
  const query = useImport(id);
  const [remapping, setRemapping] = useState(false);
  const job = query.data;
  if (query.isError) return <EmptyState title={errorText(query.error)} />;
  if (!job)
    return (
      <Page>
        <SkeletonLines lines={8} />
      </Page>
    );
  const step = stepOf(job, remapping);
  return (
    <Page>
      <PageHeader title={t("title")} note={`${job.file_name} → ${catalogue.entity(job.entity)?.label ?? t("gone")}`} />
      <Steps label={t("steps.label")} steps={STEPS.map((each) => t(`steps.${each}`))} at={STEPS.indexOf(step)} />
      {step === "map" && <MappingStep job={job} onDone={() => setRemapping(false)} />}
      {step === "check" && <CheckStep job={job} onBack={() => setRemapping(true)} />}
      {(step === "run" || step === "result") && <ResultStep job={job} />}
    </Page>
  );
}
