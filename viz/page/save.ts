/** Saves a text or a picture as a file on the user's disk. */

export function saveText(name: string, text: string, type = "text/plain"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser must have read it first.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
