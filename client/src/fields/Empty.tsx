import styles from "./fields.module.css";

/** Stands where there is no value, so that a blank is seen as one. */
export function Empty() {
  return (
    <span className={styles.empty} aria-hidden="true">
      –
    </span>
  );
}
