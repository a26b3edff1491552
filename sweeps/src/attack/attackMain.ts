// The attacker, in a process of its own: makes the attack that it is told of, and answers what came of it.
import { z } from "zod";
import { answerParent } from "../lib/answerParent.ts";
import { attackOptions } from "./Attack.ts";
import { attackFor } from "./attacks.ts";

const question = z.strictObject({ name: z.string(), options: attackOptions });

answerParent((asked) => {
  const { name, options } = question.parse(asked);
  return attackFor(name, options);
});
