import type { DeskError } from "../../DeskError.ts";
import { ERROR_TRAITS } from "../../errorMap.ts";
import type { LiveObstacleView } from "../../wire/live.ts";

/** As a screen shows it beside what it keeps from being pressed. */
export function obstacleView(obstacle: DeskError | null): LiveObstacleView | null {
  if (obstacle === null) return null;
  const { code, message } = obstacle;
  return { code, message, fix: ERROR_TRAITS[code].fix };
}
