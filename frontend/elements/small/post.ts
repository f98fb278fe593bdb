/** Posts a form as it stands, with the pressed button's value; true when the server took it. */
export async function postForm(form: HTMLFormElement, submitter?: HTMLElement | null): Promise<boolean> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === "string") body.append(name, value);
  try {
    const answer = await fetch((submitter as HTMLButtonElement | null)?.formAction || form.action, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body: body.toString(),
      credentials: "same-origin",
      // A plain form's answer leads back to a page; that it was sent there is all there is to know.
      redirect: "manual",
    });
    return answer.ok || answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}
