/** Creates the owner of a new desk over its API and answers the session's cookie, as `name=value`. */
export async function setUp(url: string): Promise<string> {
  const answer = await fetch(`${url}/trpc/auth.setUp`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ username: "ada", password: "seven quiet green lanterns" }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
  if (!answer.ok || cookie === undefined)
    throw new Error(`set-up was refused: ${answer.status} ${await answer.text()}`);
  return cookie;
}
