import type { Clock } from "@trenddojo/brokers/domain";

/** A press that takes longer to become a click keeps nothing waiting, nor does one that never does. */
const MOST_MS = 100;

/**
 * Frames for what may wait, such as prices: while somebody presses something, they come after the frame that shows the
 * answer. A slow machine makes one of the two late, and a person notices a late answer.
 *
 * @returns asks for a frame; called back once, within 100 ms and a frame however often something is pressed.
 */
export function answersFirst(
  page: Pick<Window, "addEventListener" | "requestAnimationFrame">,
  clock: Clock,
): (callback: () => void) => void {
  let answeringUntil = -Infinity;
  let answerShownAt = -Infinity;

  const pressed = () => {
    answeringUntil = clock.monotonic() + MOST_MS;
  };
  const answered = () => {
    pressed();
    page.requestAnimationFrame((frameAt) => {
      answeringUntil = -Infinity;
      answerShownAt = frameAt;
    });
  };
  page.addEventListener("pointerdown", pressed, { capture: true, passive: true });
  // The click comes in the same task as the release.
  for (const release of ["pointerup", "pointercancel", "keydown"] as const)
    page.addEventListener(release, answered, { capture: true, passive: true });

  return (callback) => {
    const askedAt = clock.monotonic();
    const frame = (frameAt: number) => {
      const now = clock.monotonic();
      const isAnswering = now < answeringUntil || frameAt === answerShownAt;
      if (isAnswering && now - askedAt < MOST_MS) page.requestAnimationFrame(frame);
      else callback();
    };
    page.requestAnimationFrame(frame);
  };
}
