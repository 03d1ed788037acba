import { EditorContent, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { Bold, Italic, List, ListOrdered } from "lucide-react";
import { useTranslation } from "react-i18next";
import { numberOption } from "@/model/catalogue";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import styles from "../fields.module.css";
import type { EditProps } from "../module";

/** Formatted text with a limit on what is read, not on its tags. */
export default function RichTextEditor({ field, value, onChange, ids }: EditProps) {
  const { t } = useTranslation("records");
  const limit = numberOption(field, "max_length");
  const editor = useEditor({
    extensions: [StarterKit],
    content: typeof value === "string" ? value : "",
    editorProps: {
      attributes: {
        id: ids.id,
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": field.label,
        ...(ids["aria-describedby"] ? { "aria-describedby": ids["aria-describedby"] } : {}),
      },
    },
    onUpdate: ({ editor: changed }) => onChange(changed.isEmpty ? null : changed.getHTML()),
  });
  if (!editor) return null;
  const length = [...editor.getText()].length;
  const tools = [
    { key: "bold", icon: <Bold size={15} />, run: () => editor.chain().focus().toggleBold().run() },
    { key: "italic", icon: <Italic size={15} />, run: () => editor.chain().focus().toggleItalic().run() },
    { key: "bulletList", icon: <List size={15} />, run: () => editor.chain().focus().toggleBulletList().run() },
    {
      key: "orderedList",
      icon: <ListOrdered size={15} />,
      run: () => editor.chain().focus().toggleOrderedList().run(),
    },
  ] as const;
  return (
    <div className={styles.richBox}>
      <div className={styles.richBar}>
        {tools.map((tool) => (
          <IconButton
            key={tool.key}
            small
            label={t(`rich.${tool.key}`)}
            aria-pressed={editor.isActive(tool.key)}
            onClick={tool.run}
          >
            {tool.icon}
          </IconButton>
        ))}
      </div>
      <EditorContent editor={editor} />
      {limit && (
        <div className={classes(styles.richCount, length > limit && styles.over)}>
          {length} / {limit}
        </div>
      )}
    </div>
  );
}
