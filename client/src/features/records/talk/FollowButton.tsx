import { Bell, BellRing } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFollow, useFollowers } from "@/api/comments";
import type { RecordRow } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { Popup } from "@/ui/Popup";
import { Avatar } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Talk.module.css";

/** Who hears of what happens to a record, and whether one does oneself. */
export function FollowButton({ record }: { record: RecordRow }) {
  const { t } = useTranslation("comments");
  const errorText = useErrorText();
  const followers = useFollowers(record.entity, record.id);
  const follow = useFollow(record.entity, record.id);
  const isFollowing = followers.data?.following ?? false;
  const Icon = isFollowing ? BellRing : Bell;
  return (
    <Popup
      end
      width={260}
      label={t("followers")}
      trigger={(trigger) => (
        <IconButton {...trigger} kind="plain" active={isFollowing} label={isFollowing ? t("following") : t("follow")}>
          <Icon size={16} />
        </IconButton>
      )}
    >
      {() => (
        <div className={styles.followers}>
          <Button
            wide
            kind={isFollowing ? "plain" : "primary"}
            busy={follow.isPending}
            onClick={() => follow.mutate(!isFollowing, { onError: (error) => toast.error(errorText(error)) })}
          >
            {isFollowing ? t("unfollow") : t("follow")}
          </Button>
          <p>{t("followHint")}</p>
          <h3>{t("followers")}</h3>
          {followers.data?.people.length === 0 && <p>{t("noFollowers")}</p>}
          <ul>
            {followers.data?.people.map((person) => (
              <li key={person.id}>
                <Avatar name={person.name} size={22} />
                {person.name}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Popup>
  );
}
