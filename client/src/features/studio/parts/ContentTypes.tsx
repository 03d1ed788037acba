import { useTranslation } from "react-i18next";
import { ManyChoice, type ManyProps } from "./ManyChoice";

/** Types of content that people know by name. */
export const CONTENT_TYPES = {
  pdf: "application/pdf",
  picture: "image/*",
  jpeg: "image/jpeg",
  png: "image/png",
  word: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  office: "application/vnd.openxmlformats-officedocument.*",
  audio: "audio/*",
  mp3: "audio/mpeg",
  video: "video/*",
  mp4: "video/mp4",
  text: "text/plain",
} as const;
type ContentName = keyof typeof CONTENT_TYPES;
const NAMES = Object.keys(CONTENT_TYPES) as ContentName[];

interface ContentTypesProps extends Omit<ManyProps, "options"> {
  /** Only these: `image` and the like; all where not given. */
  family?: string | undefined;
}

/** Types of content, chosen by the names that people know; others that a definition names stay. */
export function ContentTypes({ family, value, ...rest }: ContentTypesProps) {
  const { t } = useTranslation("processes");
  const options = NAMES.filter((name) => !family || CONTENT_TYPES[name].startsWith(`${family}/`)).map((name) => ({
    value: CONTENT_TYPES[name] as string,
    label: t(`content.${name}`),
  }));
  for (const type of value ?? [])
    if (!options.some((each) => each.value === type)) options.push({ value: type, label: type });
  return <ManyChoice {...rest} value={value} options={options} placeholder={rest.placeholder ?? t("rules.anyType")} />;
}
